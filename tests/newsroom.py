"""Where every history begins: two offices with a little of everything, published; and what a clean build says later."""

import datetime as dt
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import override_settings
from wagtail.models import Page, Site

from cms.media import processing
from cms.media.models import Document, Image
from cms.publishing import epoch
from cms.publishing.models import Failure
from news.models import NewsArticlePage, NewsIndexPage, Section, Topic
from tests import uploads
from tests.publishing import PublishedSite
from tests.standing import shorten

HOSTS = ("localhost", "kab-lebak.localhost")
OLD = tuple(
    dt.datetime(*when, tzinfo=dt.UTC)
    for when in (
        (2019, 5, 2, 3, 0, 0),
        (2019, 5, 31, 16, 59, 59),  # the last second of May in Serang
        (2019, 5, 31, 17, 0, 0),
        (2026, 3, 5, 9, 0, 0),
        (2026, 3, 5, 9, 0, 0),
    )
)
KINDS = ("news", "news", "announcement", "notice", "opinion")
WORDS = ("Rapat", "Pleno", "Suara & kotak", "Debat <publik>", "Rapat")


@dataclass
class Newsroom:
    """Where every history begins: two offices with a little of everything, published."""

    root: Path
    now: dt.datetime

    @property
    def _first(self) -> Path:
        return self.root / "first"

    def prepare(self) -> None:
        """Fill the offices and publish them."""
        for host in HOSTS:
            shorten(Site.objects.get(hostname=host))
        get_user_model().objects.create_superuser("admin", "admin@kpu.example", "sandi-yang-panjang")
        for colour in ("red", "blue"):
            add_picture(colour)
        Document.objects.create(title="Surat", file=ContentFile(uploads.pdf(1), name="surat.pdf"))
        for number, when in enumerate((OLD[0], OLD[4], self.now)):
            write_article(NewsIndexPage.objects.order_by("pk")[number % 2], number, published_at=when)
        self.publish()

    @contextmanager
    def history(self) -> Generator[None]:
        """Let the block begin with a copy of the first trees; what it does to the database never happened."""
        here = self.root / "here"
        shutil.rmtree(here, ignore_errors=True)
        # Hard links do: a tree never writes into a file that lies in it.
        shutil.copytree(self._first, here, symlinks=True, copy_function=os.link)
        _forget()
        with override_settings(PUBLIC_ROOT=here), transaction.atomic():
            try:
                yield
            finally:
                transaction.set_rollback(True)
        _forget()

    def publish(self) -> None:
        """Publish what every history begins with."""
        with override_settings(PUBLIC_ROOT=self._first):
            self.publish_here(self.now)

    def publish_here(self, as_of: dt.datetime | None = None) -> None:
        """Publish what waits at both offices, within a history."""
        PublishedSite(HOSTS[0]).publish(as_of or self.now)

    def differences(self) -> dict[str, list[str]]:
        """Return by host where the trees are not what clean builds give; {} if they are, and all could be made."""
        if Failure.objects.exists():
            return {"": [f"{each.ident}: {each.cause}" for each in Failure.objects.all()]}
        found = {site.hostname: PublishedSite(site.hostname).differences() for site in Site.objects.all()}
        return {host: paths for host, paths in found.items() if paths}


def _forget() -> None:
    epoch.forget()
    cache.clear()


def add_picture(colour: str) -> Image:
    file = ContentFile(uploads.photograph(40, 30), name=f"{colour}.jpg")
    image = Image.objects.create(title=f"Foto {colour}", description=f"Foto {colour}", file=file)
    processing.process(image.pk)
    return image


def write_article(index: NewsIndexPage, number: int, **fields: object) -> NewsArticlePage:
    site = index.get_site()
    sections = list(Section.objects.filter(site=site)) or [
        Section.objects.create(site=site, name="Berita", slug="berita")
    ]
    given = {
        "title": f"{WORDS[number % len(WORDS)]} {number}",
        "lead": f"Teras {number}.",
        "kind": KINDS[number % len(KINDS)],
        "author_unit": "Humas",
        "section": sections[number % len(sections)],
        "body": body_of(number),
    }
    page = index.add_child(instance=NewsArticlePage(**{**given, **fields}))
    page.topics = list(Topic.objects.all())[: number % 3]
    page.tags.add(*["pilkada", "coklit"][: number % 3])
    page.save()
    return page


def pick(rows: object, number: int) -> object | None:
    found = list(rows)
    return found[number % len(found)] if found else None


def body_of(number: int) -> list[tuple[str, object]]:
    """One of several bodies: words, a picture, a document, a table, links to other pages."""
    other, image, document = (pick(model.objects.order_by("pk"), number) for model in (Page, Image, Document))
    words = ("paragraph", f"<p>Paragraf {number}.</p>")
    link = [("paragraph", f'<p>Lihat <a linktype="page" id="{other.pk}">ini</a>.</p>')]
    linked = (
        [("paragraph", f'<p><a linktype="document" id="{document.pk}">Surat</a></p>')] if document else []
    )
    shown = [("image", {"image": image, "alt": "Foto", "caption": "", "credit": ""})] if image else []
    related = (
        [("related", {"title": "", "pages": [other]})] if isinstance(other.specific, NewsArticlePage) else []
    )
    table = [("table", {"caption": f"Suara {number}", "cells": [["TPS", "Suara"], ["1", f"{number}"]]})]
    return [words, *(link, linked, shown, related, table, [])[number % 6]]
