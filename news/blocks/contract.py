"""What every block of a body can do: five forms of one raw value."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe

from cms.publishing.lookup import Lookup, References


class BodyBlock:
    """Mixed into a Wagtail block: the edit form is Wagtail's, the other forms come from the raw value.

    The raw value is what the StreamField stores (ids, plain strings, dicts, lists), so publisher, live view,
    preview and API never build Wagtail's value objects (design decision 4).
    """

    def present(self, raw: Any, look: Lookup) -> dict[str, Any]:
        """Return the variables of `templates/blocks/<type>.html`: always `value` and `look`."""
        return {"value": raw, "look": look}

    def represent(self, raw: Any, look: Lookup) -> Any:
        """Return the JSON an API consumer gets."""
        return raw

    def plain_text(self, raw: Any) -> str:
        """Return the words a reader would read, for search and plain-text twins; "" if there are none."""
        raise NotImplementedError

    def collect(self, raw: Any, found: References) -> None:
        """Add the ids this block points at."""

    def render(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        """Answer Wagtail (block picker preview) through the one renderer everything else uses."""
        from news.body import render_block

        look = (context or {}).get("look") or Lookup()
        return mark_safe(render_block(self.name, self.get_prep_value(value), look))  # noqa: S308

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        """Answer Wagtail's own APIs with the same JSON."""
        return self.represent(self.get_prep_value(value), Lookup())
