"""What the checks ask the database: the office's rules, where links lead, what files are called."""

import re
from collections.abc import Iterable

from wagtail.models import Site

from cms.media.models import Document, Image
from cms.moderation.checks import Place
from cms.publishing.office import Office, office_of_site
from news.office_rules import Officeholder, PolicyWindow, WordListEntry
from news.preflight.article import Appointment, Link, QuietPeriod, Role, Surroundings, Term, Text
from news.preflight.link_targets import dead_ends
from news.preflight.words import SHARED_TERMS

Placed = tuple[Place, int]  # where something stands, and its id
_BY_CONTENT = re.compile(r"[0-9a-f]{64}\b")


def read(office: Office | None, links: Iterable[Link]) -> Surroundings:
    """Return what surrounds an article of `office` that has these links."""
    if office is None:
        return Surroundings(terms=SHARED_TERMS)
    return Surroundings(
        office=office.name,
        contacts=frozenset(filter(None, (re.sub(r"\D", "", office.phone), office.email.lower()))),
        terms=_terms(office),
        quiet_periods=tuple(_quiet_periods(office)),
        appointments=tuple(_appointments(office)),
        dead=dead_ends(office, links),
    )


def file_names(images: Iterable[Placed], documents: Iterable[Placed]) -> list[Text]:
    """Return what these pictures and documents are called where readers and the API name them.

    A title is at first what the file was called; the file itself is mostly named by its content, which says nothing.
    """
    found = []
    for model, placed in ((Image, list(images)), (Document, list(documents))):
        ids = {pk for _place, pk in placed}
        rows = model.objects.filter(pk__in=ids).values_list("pk", "title", "file") if ids else ()
        names = {pk: (title, file.rpartition("/")[2]) for pk, title, file in rows}
        found += [
            Text(place, name, Role.FILE)
            for place, pk in placed
            for name in names.get(pk, ())
            if not _BY_CONTENT.match(name)
        ]
    return found


def _terms(office: Office) -> tuple[Term, ...]:
    """Return the list everybody shares, with what the office says otherwise."""
    found = {term.wrong: term for term in SHARED_TERMS}
    for entry in WordListEntry.objects.filter(site_id=office.site_id):
        wrong = entry.wrong.strip().lower()
        found.pop(wrong, None)
        if entry.kind != WordListEntry.Kind.ALLOWED:
            found[wrong] = Term(wrong, entry.right.strip(), entry.kind == WordListEntry.Kind.FOREIGN)
    return tuple(found.values())


def _quiet_periods(office: Office) -> list[QuietPeriod]:
    return [
        QuietPeriod(window.name, window.starts, window.ends, _lines(window.terms))
        for window in PolicyWindow.objects.select_related("site")
        if _holds_for(window, office)
    ]


def _appointments(office: Office) -> list[Appointment]:
    return [
        Appointment(each.name, each.position, each.starts, each.ends)
        for each in Officeholder.objects.select_related("site")
        if _holds_for(each, office)
    ]


def _holds_for(rule: PolicyWindow | Officeholder, office: Office) -> bool:
    return rule.site_id == office.site_id or (rule.includes_below and _is_above(rule.site, office))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for each in text.splitlines() if (line := each.strip()))


def _is_above(site: Site, office: Office) -> bool:
    """Ask whether the office of `site` stands above `office`, at any distance."""
    above = office_of_site(site)
    waiting = list(above.child_sites) if above else []
    sites = {each.pk: each for each in Site.objects.all()} if waiting else {}
    while waiting:
        pk = waiting.pop()
        if pk == office.site_id:
            return True
        child = office_of_site(sites[pk])
        waiting += child.child_sites if child else ()
    return False
