"""What every block of a body can do: five forms of one raw value."""

from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StructBlock

from cms.publishing.lookup import Lookup, References
from news.blocks import shapes
from news.blocks.sample import SampleLookup


class Place(NamedTuple):
    """Where a block stands: its `number` (from 1) among its type, the page's address, what precedes."""

    number: int = 1
    base: str = ""
    has_section: bool = False


class DataFile(NamedTuple):
    """A file beside the page: its `name` continues the page's address."""

    name: str
    content: str


class BodyBlock:
    """Mixed into a Wagtail block: edit form and preview are Wagtail's, other forms come from the raw value.

    The raw value is what the StreamField stores (ids, plain strings, dicts, lists), so publisher, live view,
    preview and API never build Wagtail's value objects (design decision 4).
    """

    silent: ClassVar[frozenset[str]] = frozenset()  # fields of words that no reader reads
    opens_section: ClassVar[bool] = False  # whether it brings a heading of level 2

    def present(self, raw: Any, look: Lookup, place: Place) -> dict[str, Any]:
        """Return the variables of `templates/blocks/<type>.html`: always `value`, `look` and `place`."""
        return {"value": raw, "look": look, "place": place}

    def html(self, raw: Any, look: Lookup) -> str | None:
        """Return the HTML of a block that needs no template; None sends it to `templates/blocks/<type>.html`."""
        return None

    def represent(self, raw: Any, look: Lookup, place: Place) -> Any:
        """Return the JSON an API consumer gets."""
        return shapes.represent(self, raw, look)

    def plain_text(self, raw: Any) -> str:
        """Return the words a reader would read, for search and plain-text twins; "" if there are none."""
        return shapes.plain_text(self, raw, self.silent)

    def collect(self, raw: Any, found: References) -> None:
        """Add the ids this block points at."""
        if self._points_at_things:
            shapes.collect(self, raw, found)

    @cached_property
    def _points_at_things(self) -> bool:
        return shapes.points_at_things(self)

    def data_file(self, raw: Any, place: Place) -> DataFile | None:
        """Return the file this block offers for download beside the page."""
        return None

    def render(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        """Answer Wagtail through the one renderer everything else uses."""
        from news.body import render_block

        look = (context or {}).get("look") or Lookup()
        return mark_safe(render_block(self.name, self.get_prep_value(value), look))  # noqa: S308 (escaped by the template)

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Show the block picker's example with example pictures and files: the database may be empty."""
        context = dict(parent_context or {})
        return context | {"rendered": self.render(value, {"look": SampleLookup()})}

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        """Answer Wagtail's own APIs with the same JSON."""
        return self.represent(self.get_prep_value(value), Lookup(), Place())

    def get_searchable_content(self, value: Any) -> list[str]:
        """Answer Wagtail's search index with the words a reader would read."""
        return [text] if (text := self.plain_text(self.get_prep_value(value))) else []


class BodyStructBlock(BodyBlock, StructBlock):
    """A block of several fields; its template sees every field, whatever an older raw value lacks."""

    def present(self, raw: Any, look: Lookup, place: Place) -> dict[str, Any]:
        """Return the fields as `value`, lists opened: items are plain values, or dicts with their `id`."""
        return {"value": shapes.opened(self, raw), "look": look, "place": place}
