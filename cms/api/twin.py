"""The JSON twin of a page: every public field, its body as typed blocks, as HTML and as plain text."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from wagtail.models import Page

from cms.publishing.office import Office
from cms.publishing.outputs import File
from news.framing import framed_body, framed_text
from news.models import NewsArticlePage
from news.outward import absolute_html, outward
from news.representing import Told
from news.shelf import Shelf

SCHEMA = "warta/page/1"
FRAME = (
    "schema", "id", "uuid", "type", "url", "path", "title", "slug", "seo_title", "search_description", "language",
    "office",
)  # fmt: skip
BODY = ("body", "body_html", "body_text")

Tell = Callable[[Page, Shelf], Any]

_SCRIPT = re.compile(r"<script\b[^>]*></script>\s*")


class Plan(NamedTuple):
    """What the twins of one model hold: `tell` is None for a field read by its name."""

    type: str
    fields: tuple[tuple[str, Tell | None], ...]
    body: Tell | None


def twin_bytes(page: Page, shelf: Shelf, body_html: str | None = None) -> bytes:
    """Return the twin as the file beside the page holds it: UTF-8, compact, with a newline at its end."""
    return orjson.dumps(twin_of(page, shelf, body_html), option=orjson.OPT_APPEND_NEWLINE)


def files_beside(pages: Sequence[Page], office: Office) -> Callable[[Page, str, str | None], File]:
    """Read what the twins of `pages` tell; the answer makes the `index.json` of one page in the folder `base`."""
    shelf = Shelf(office, pages)
    shelf.fill()
    return lambda page, base, body: File(f"{base}index.json", twin_bytes(page, shelf, body))


def twin_of(page: Page, shelf: Shelf, body_html: str | None = None) -> dict[str, Any]:
    """Return the twin of a specific page, ready for JSON; its keys stand in one order.

    `shelf` holds the page; once it is filled nothing is asked of the database. `body_html` is the HTML of the body
    as the page shows it, from a caller who has rendered it already.
    """
    plan = plan_of(type(page))
    with translation.override(settings.LANGUAGE_CODE):  # the words of a twin do not follow who publishes
        twin = _frame(page, shelf, plan)
        for name, tell in plan.fields:
            twin[name] = outward(tell(page, shelf) if tell else getattr(page, name), shelf.office)
        if plan.body:
            twin["body"] = outward(plan.body(page, shelf), shelf.office)
            twin |= _written(page, shelf, twin["url"], body_html)
    return twin


@cache
def plan_of(model: type[Page]) -> Plan:
    """Return what the twins of `model` hold, from its `api_fields`.

    Raises ImproperlyConfigured for a field the twin could not tell as /api/v2 does.
    """
    fields: list[tuple[str, Tell | None]] = []
    for field in getattr(model, "api_fields", ()):
        if field.serializer is not None and not isinstance(field.serializer, Told):
            raise ImproperlyConfigured(
                f"{model.__name__}.{field.name}: only told() may serialise an API field"
            )
        # The language of a text is the one field that has a say in the frame.
        if field.name in {*FRAME, *BODY} - {"language", "body"}:
            raise ImproperlyConfigured(f"{model.__name__}.{field.name}: every twin has a key of this name")
        fields.append((field.name, field.serializer and field.serializer.tell))
    return Plan(
        type=f"{model._meta.app_label}.{model.__name__}",
        fields=tuple((name, tell) for name, tell in fields if name != "body"),
        body=dict(fields).get("body"),
    )


def _frame(page: Page, shelf: Shelf, plan: Plan) -> dict[str, Any]:
    office = shelf.office
    path = f"/{page.url_path[len(office.url_path) :]}"
    values = (
        SCHEMA, page.pk, str(page.translation_key), plan.type, f"{office.root_url}{path}", path, page.title, page.slug,
        page.seo_title, page.search_description, shelf.languages.get(page.locale_id), _office(office),
    )  # fmt: skip
    return dict(zip(FRAME, values, strict=True))


def _office(office: Office) -> dict[str, str]:
    return {
        "name": office.name,
        "short_name": office.short_name,
        "code": office.code,
        "url": f"{office.root_url}/",
        "timezone": office.zone.key,
    }


def _written(page: Any, shelf: Shelf, url: str, body_html: str | None) -> dict[str, str]:
    """Return the body as HTML and as text, both with the dateline and the end mark an article has."""
    is_article = isinstance(page, NewsArticlePage)
    dateline = page.dateline(shelf.office.dateline) if is_article else ""
    end_mark = is_article and page.has_end_mark
    raw = page.body.raw_data
    html = framed_body(raw, shelf.look, dateline, end_mark) if body_html is None else body_html
    # A script would run on the consumer's own page; without it every player is a link.
    html = absolute_html(_SCRIPT.sub("", html), shelf.office.root_url, url)
    return {"body_html": html, "body_text": framed_text(raw, dateline, end_mark)}
