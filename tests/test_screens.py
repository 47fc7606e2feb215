"""Whoever opens whatever the menus lead to meets a working page, in Indonesian, of this host alone."""

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import django
import pytest
from babel.messages.pofile import read_po
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext, override
from wagtail.models import Page

from home.models import HomePage
from news.models import Topic
from tests.test_wagtail_words import theirs

MOST = 120  # pages of one person's walk
_LINK = re.compile(r'"(/admin/[^"\s<>]*)"')
_HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1>", re.S)
_TEXT = re.compile(r">([^<>]+)<")
_ATTRIBUTE = re.compile(r'\b(?:title|aria-label|placeholder|alt)="([^"]+)"')
_LOADED = re.compile(
    r'<(?:script|img|iframe|source|link)\b[^>]*?\b(?:src|href|srcset)="((?:https?:)?//[^"]+)"'
)
# Words that are the same in both languages, a language's own name, and two only Wagtail's scripts read.
_SHARED = {
    "Status",
    "Editor",
    "Admin",
    "Normal",
    "Data",
    "Tab",
    "Format",
    "Slug",
    "URL",
    "English",
    "None",
    "Page",
}


@cache
def _english() -> set[str]:
    """Return what Wagtail and Django would say in English where Indonesian says something else."""
    spoken = {message for domain in ("django", "djangojs") for _, message in theirs(domain)}
    root = Path(django.__file__).parent
    for app in ("conf", "contrib/auth"):
        with (root / app / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
            spoken |= {message.id for message in read_po(file) if isinstance(message.id, str)}
    with override("id"):
        return {words for words in spoken if words and "%" not in words and gettext(words) != words} - _SHARED


def _walk(client) -> Iterator[tuple[str, object]]:
    """Open the editor's home and whatever it leads to, each kind of screen once."""
    waiting, seen, kinds = ["/admin/"], {"/admin/"}, set()
    while waiting and len(kinds) < MOST:
        address = waiting.pop(0)
        try:
            place = resolve(urlsplit(address).path)
        except Resolver404:
            continue
        kind = (
            place.view_name,
            *(value for value in place.captured_kwargs.values() if not str(value).isdigit()),
        )
        if kind in kinds or place.view_name in ("wagtailadmin_logout", "wagtailadmin_sprite"):
            continue
        kinds.add(kind)
        answer = client.get(address, follow=True)
        yield address, answer
        if not answer.streaming and "text/html" in answer.get("Content-Type", ""):
            for link in map(html.unescape, _LINK.findall(answer.text.replace("\\u0026", "&"))):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)


def _said(page: str) -> set[str]:
    shown = _HIDDEN.sub("", page)
    found = [*_TEXT.findall(shown), *_ATTRIBUTE.findall(shown)]
    return {" ".join(html.unescape(words).split()) for words in found}


@pytest.mark.parametrize("role", ["Penulis", "Penyetuju", "administrator"])
def test_every_screen_the_menus_lead_to_works_and_speaks_indonesian(
    client, office, write, colleague, superuser, role
):
    person = superuser if role == "administrator" else colleague(role, office)
    page = write("Rapat Pleno", owner=person)
    page.save_revision(user=person)
    write("Naskah", live=False, owner=person).save_revision(user=person)
    Topic.objects.create(name="Pilkada", slug="pilkada")
    client.force_login(person)
    english, broken, foreign, hosts = _english(), [], {}, {}
    visited = 0
    for address, answer in _walk(client):
        visited += 1
        if answer.status_code >= 500:
            broken.append((address, answer.status_code))
        if not answer.streaming and "text/html" in answer.get("Content-Type", ""):
            if words := _said(answer.text) & english:
                foreign[address] = words
            if loaded := [
                name for name in _LOADED.findall(answer.text) if urlsplit(name).hostname != "localhost"
            ]:
                hosts[address] = loaded
    assert broken == []
    assert foreign == {}
    assert hosts == {}
    assert visited > 20


def test_writer_finds_no_menu_that_leads_nowhere(client, office, colleague):
    client.force_login(colleague("Penulis", office))
    props = client.get("/admin/").text.split('id="wagtail-sidebar-props"')[1].split("</script>")[0]
    for forbidden in ("users", "groups", "sites", "collections", "workflows/list", "redirects", "snippets"):
        assert f'"/admin/{forbidden}/' not in props, forbidden
    own = HomePage.objects.get(pk=office.pk)
    assert f'"/admin/pages/{own.pk}/"' in props or reverse("wagtailadmin_explore_root") in props
    assert Page.objects.filter(pk=own.pk).exists()
