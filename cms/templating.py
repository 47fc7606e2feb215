"""The Jinja2 environment of the public pages, and the door through which upper layers add to it."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from wagtail.admin.jinja2tags import userbar

from cms.publishing import epoch
from cms.publishing.office import Office

_globals: dict[str, Any] = {}
_filters: dict[str, Callable[..., Any]] = {}
_environments: list[Environment] = []


def register_global(name: str, value: object) -> None:
    """Make `value` known to every public template as `name`."""
    _globals[name] = value
    for known in _environments:
        known.globals[name] = value


def register_filter(name: str, function: Callable[..., Any]) -> None:
    """Make `function` a filter of every public template."""
    _filters[name] = function
    for known in _environments:
        known.filters[name] = function


def in_preview(request: HttpRequest) -> bool:
    """Return whether the page is shown to its editor, not read."""
    return getattr(request, "is_preview", False)  # a live request has no such attribute


def has_editor(request: HttpRequest) -> bool:
    """Return whether somebody with an account may be looking: a preview, or a browser that carries a session.

    Asking for the user bar of anybody else would open a session and make every public page private.
    """
    return in_preview(request) or settings.SESSION_COOKIE_NAME in request.COOKIES


@cache
def asset(name: str) -> str:
    """Return the address of a static file; it does not change while the process lives."""
    return static(name)


def kept(office: Office, key: tuple, make: Callable[..., Markup], *arguments: object) -> Markup:
    """Return `make(*arguments)`, rendered once per change: for parts that many pages of an office share.

    `key` names the part and tells apart what it shows by anything but the office and the language.
    """
    place = ("part", office.site_id, translation.get_language(), *key)
    return epoch.remembered(office.epoch, place, lambda: make(*arguments))


def environment(**options: object) -> Environment:
    """Build the environment (Django calls this once): strict, escaped, translated, without a clock."""
    built = Environment(
        loader=options["loader"],  # ty: ignore[invalid-argument-type]
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", userbar],
    )
    built.install_gettext_callables(  # ty: ignore[unresolved-attribute]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    built.globals |= {"static": asset, "url": reverse, "kept": kept, **_globals}
    built.globals |= {"has_editor": has_editor, "in_preview": in_preview}
    built.filters |= _filters
    _environments.append(built)
    return built
