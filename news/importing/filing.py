"""Sections, topics and tags: matched with what an office has, made where it has none."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet

from news.importing.drafts import Draft, Label
from news.models import ArticleTag, Section, Topic

Row = TypeVar("Row", Section, Topic)


class Filing:
    """What a batch is filed under, by slug (sections, topics) or by name whatever its case (tags)."""

    def __init__(self, drafts: Iterable[Draft], site_id: int) -> None:
        """Read what `drafts` name in three queries, and make what is missing."""
        drafts = list(drafts)
        self.sections = _sections([draft.section for draft in drafts if draft.section], site_id)
        self.topics = _topics([label for draft in drafts for label in draft.topics])
        self.tags = _tags([name for draft in drafts for name in draft.tags])

    def section(self, label: Label | None) -> Section | None:
        """Return the section `label` names."""
        return self.sections[label.slug] if label else None


def _sections(labels: list[Label], site_id: int) -> dict[str, Section]:
    names = {label.slug: label.name for label in reversed(labels)}
    known = _by_slug(Section.objects.filter(site_id=site_id, slug__in=names))
    for slug in sorted(names.keys() - known.keys()):
        known[slug] = Section.objects.create(site_id=site_id, slug=slug, name=names[slug])
    return known


def _topics(labels: list[Label]) -> dict[str, Topic]:
    names = {label.slug: label.name for label in reversed(labels)}
    known = _by_slug(Topic.objects.filter(slug__in=names))
    for slug in sorted(names.keys() - known.keys()):
        # The name is unique too: an old topic may bear it under another slug.
        known[slug], _made = Topic.objects.get_or_create(name=names[slug], defaults={"slug": slug})
    return known


def _by_slug(rows: QuerySet[Row]) -> dict[str, Row]:
    return {row.slug: row for row in rows.order_by("pk")}


def _tags(names: list[str]) -> dict[str, ArticleTag]:
    wanted = {name.casefold(): name for name in reversed(names)}
    if not wanted:
        return {}
    known = {tag.name.casefold(): tag for tag in ArticleTag.objects.order_by("-pk")}
    missing = [wanted[key] for key in sorted(wanted.keys() - known.keys())]
    taken = {tag.slug for tag in known.values()}
    made = [ArticleTag(name=name, slug=_free_slug(ArticleTag().slugify(name), taken)) for name in missing]
    ArticleTag.objects.bulk_create(made)
    return known | {tag.name.casefold(): tag for tag in made}


def _free_slug(slug: str, taken: set[str]) -> str:
    found, number = slug[:90] or "tagar", 1
    while found in taken:
        number += 1
        found = f"{slug[:90] or 'tagar'}-{number}"
    taken.add(found)
    return found
