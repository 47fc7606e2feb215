"""The Jinja2 environment of the public pages, and the door through which upper layers add to it."""

import threading
from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from typing import Any, Protocol

import orjson
from django.conf import settings
from django.http import HttpRequest
from django.template import engines
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined, Template
from jinja2.runtime import Macro
from markupsafe import Markup
from wagtail.admin.jinja2tags import userbar

from cms.fast_templates import FastEnvironment
from cms.publishing import epoch, recording
from cms.publishing.office import Office

_globals: dict[str, Any] = {}
_filters: dict[str, Callable[..., Any]] = {}
_environments: list[Environment] = []
_reading = threading.local()


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


def _language() -> str | None:
    """Return the reader's language; asking Django takes as long as rendering a small part."""
    return getattr(_reading, "language", None) or translation.get_language()


def kept(office: Office, key: tuple, make: Callable[..., Markup], *arguments: object) -> Markup:
    """Return `make(*arguments)`, rendered once per change: for parts that many pages of an office share.

    `key` names the part and tells apart what it shows by anything but the office and the language.
    """
    place = ("part", office.site_id, _language(), *key)
    with recording.aside():  # every page depends on the shell, which records what these parts show
        return epoch.remembered(office.epoch, place, lambda: make(*arguments))


@lru_cache(maxsize=2_000)
def _phrase(language: str | None, message: str) -> Markup:
    return Markup(translation.gettext(message))  # noqa: S704 (our own words, and their translators')


@lru_cache(maxsize=2_000)
def _phrase_alone(language: str | None, message: str) -> Markup:
    return _phrase(language, message) % {}


def _translated(message: str, **variables: object) -> Markup:
    """Answer as Jinja2's own newstyle gettext does; a page asks for dozens of phrases, so they are kept."""
    language = _language()
    return _phrase(language, message) % variables if variables else _phrase_alone(language, message)


@lru_cache(maxsize=2_000)
def once(macro: Macro, *arguments: Hashable) -> Markup:
    """Return `macro(*arguments)`, rendered once: only for macros that show nothing but their arguments.

    Neither words (they would stay in the language of the first reader) nor an object that can change.
    """
    return Markup(macro(*arguments))  # noqa: S704 (markup already)


class Drawable(Protocol):
    """Something unchanging that is shown in many places, and holds how it looks."""

    drawn: dict[tuple, Markup]


def drawn(thing: Drawable, macro: Macro, office: Office, *variant: Hashable) -> Markup:
    """Return `macro(thing, office, *variant)`, rendered once for each language as long as `thing` is held.

    Only for macros that show nothing but these, and things that are read for one office.
    """
    key = macro.name, _language(), *variant
    found = thing.drawn.get(key)
    if found is None:
        found = thing.drawn[key] = Markup(macro(thing, office, *variant))  # noqa: S704 (markup already)
    return found


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


class _Template(Template):
    def render(self, *arguments: Any, **named: Any) -> str:
        """Render in one language, found out once."""
        outer = getattr(_reading, "language", None)
        _reading.language = translation.get_language()
        try:
            return super().render(*arguments, **named)
        finally:
            _reading.language = outer


class _Environment(FastEnvironment):
    template_class = _Template


def environment(**options: object) -> Environment:
    """Build the environment (Django calls this once): strict, escaped, translated, without a clock."""
    built = _Environment(
        loader=options["loader"],  # ty: ignore[invalid-argument-type]
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all of them: without a lock at each look
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", userbar],
    )
    built.install_gettext_callables(  # ty: ignore[unresolved-attribute]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    built.globals |= {"_": _translated, "gettext": _translated}
    built.policies |= {
        "json.dumps_function": _json,
        "json.dumps_kwargs": {},
    }
    built.globals |= {"static": asset, "url": reverse, "kept": kept, "once": once, "drawn": drawn}
    built.globals |= _globals
    built.globals |= {"has_editor": has_editor, "in_preview": in_preview}
    built.filters |= _filters
    _environments.append(built)
    return built


def load_all() -> None:
    """Compile every public template now, once for all processes that are forked from this one."""
    env = engines["jinja2"].env  # ty: ignore[unresolved-attribute]
    for name in env.list_templates(extensions=["html", "xml"]):
        env.get_template(name)
