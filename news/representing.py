"""The fields of an article and of the index as API consumers read them."""

from collections.abc import Callable
from typing import Any

from rest_framework.fields import Field
from wagtail.api import APIField

from cms.media.pictures import Picture, Source
from news import body, richtext
from news.outward import absolute_html, outward


class Told(Field):
    """A field told by a function of the page and of the shelf its view has filled."""

    def __init__(self, tell: Callable[[Any, Any], Any]) -> None:
        """Take `tell(page, shelf)`."""
        super().__init__(read_only=True)
        self.tell = tell

    def get_attribute(self, instance: Any) -> Any:
        """Return the page itself."""
        return instance

    def to_representation(self, value: Any) -> Any:
        """Return what is told, as JSON holds it."""
        shelf = self.context["shelf"]
        return outward(self.tell(value, shelf), shelf.office)


def told(name: str, tell: Callable[[Any, Any], Any]) -> APIField:
    """Return the API field `name`, told by `tell(page, shelf)`."""
    return APIField(name, serializer=Told(tell))


def moment(name: str) -> APIField:
    """Return the API field of the moment `name`, told by the clock of the office."""
    return told(name, lambda page, shelf: getattr(page, name))


def picture(found: Picture | None, **words: str) -> dict[str, Any] | None:
    """Return a picture with its encoded sizes; `words` (alt, caption, credit) are the page's own."""
    if found is None:
        return None
    own = {"alt": found.alt, "credit": found.credit}
    return {
        "id": found.id,
        "title": found.title,
        **own,
        **{key: word or own.get(key, "") for key, word in words.items()},
        "width": found.width,
        "height": found.height,
        "url": widest(found),
        "renditions": [*_sizes("image/avif", found.avif), *_sizes("image/jpeg", found.jpeg)],
    }


def widest(found: Picture | None) -> str | None:
    """Return the address of the widest JPEG, or None until there is one: originals are the office's own."""
    return found.jpeg[-1].url if found and found.jpeg else None


def blocks(page: Any, shelf: Any) -> list[dict[str, Any]]:
    """Return the body as typed blocks."""
    address = f"/{page.url_path[len(shelf.office.url_path) :]}"
    return body.represent(page.body.raw_data, shelf.look, address)


def _sizes(media_type: str, sources: tuple[Source, ...]) -> list[dict[str, Any]]:
    return [
        {"url": source.url, "type": media_type, "width": source.width, "height": source.height}
        for source in sources
    ]


def _section(page: Any, shelf: Any) -> dict[str, Any] | None:
    section = shelf.sections.get(page.section_id)
    return section and {
        "id": section.pk,
        "name": section.name,
        "slug": section.slug,
        "url": f"/rubrik/{section.slug}/",
    }


def _topics(page: Any, shelf: Any) -> list[dict[str, Any]]:
    return [
        {"id": topic.pk, "name": topic.name, "slug": topic.slug, "url": f"/topik/{topic.slug}/"}
        for topic in shelf.topics.get(page.pk, [])
    ]


def _hero(page: Any, shelf: Any) -> dict[str, Any] | None:
    words = {"alt": page.hero_alt, "caption": page.hero_caption, "credit": page.hero_credit}
    return picture(shelf.look.picture(page.hero_image_id), **words)


def _attachments(page: Any, shelf: Any) -> list[dict[str, Any]]:
    links = (shelf.look.document(raw["value"]) for raw in page.attachments.raw_data)
    return [
        {
            "id": link.id,
            "title": link.title,
            "url": link.url,
            "extension": link.extension,
            "size": link.size,
            "official_number": link.official_number,
            "official_date": link.official_date,
            "page_count": link.page_count,
        }
        for link in links
        if link
    ]


def _corrections(page: Any, shelf: Any) -> list[dict[str, Any]]:
    return [_correction(made, page, shelf) for made in shelf.corrections.get(page.pk, [])]


def _correction(made: Any, page: Any, shelf: Any) -> dict[str, Any]:
    address = f"/{page.url_path[len(shelf.office.url_path) :]}"
    return {
        "kind": made.kind,
        "number": made.label,
        "made_at": made.made_at,
        "text": made.statement,
        "wrong": made.wrong,
        "right": made.right,
        "answers": made.answers.label if made.answers else None,
        "earlier_url": f"{address}versi/{made.version}/" if made.version and not made.is_erased else None,
    }


def _supersedes(page: Any, shelf: Any) -> dict[str, Any] | None:
    link = shelf.look.page(page.supersedes_id)
    return link and {"id": link.id, "title": link.title, "url": link.url}


# Left out: contains_personal_data, photo_consent, review_by and source_document are the office's notes to
# itself; hero_alt, hero_caption and hero_credit stand inside hero_image. Living reads have a door of their own.
article_fields = [
    *map(APIField, ("kind", "short_title", "lead")),
    told("dateline", lambda page, shelf: page.dateline(shelf.office.dateline)),
    *map(APIField, ("show_dateline", "dateline_place", "event_date", "printed_dateline")),
    *map(moment, ("published_at", "updated_at", "embargo_until")),
    told("section", _section),
    told("topics", _topics),
    told("tags", lambda page, shelf: shelf.tags.get(page.pk, [])),
    *map(APIField, ("author_unit", "writers", "author_role", "photographer", "editor_name")),
    told("hero_image", _hero),
    told("social_image", lambda page, shelf: picture(shelf.look.picture(page.social_image_id))),
    told("body", blocks),
    APIField("has_end_mark"),
    told("attachments", _attachments),
    told("corrections", _corrections),
    *map(APIField, ("priority", "is_pinned", "language", "live_status")),
    *map(APIField, ("official_number", "official_date", "signatory_role", "valid_from", "valid_until")),
    told("supersedes", _supersedes),
    *map(APIField, ("information_category", "is_fictional", "disclaimer", "legacy_url", "legacy_view_count")),
]


def _intro(page: Any, shelf: Any) -> str:
    return absolute_html(richtext.render_rich_text(page.intro, shelf.look), shelf.office.root_url)


index_fields = [told("intro", _intro)]
