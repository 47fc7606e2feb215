"""Pemeriksaan: what a check finds in a page, who registers checks, and who asks before a page goes on."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Level(TextChoices):
    """How grave a finding is; only errors hold a page back. In the order people read them."""

    ERROR = "error", _("Kesalahan")
    WARNING = "warning", _("Peringatan")
    INFO = "info", _("Saran")

    @property
    def rank(self) -> int:
        """Return 0 for the gravest."""
        return list(Level).index(self)


@dataclass(frozen=True)
class Place:
    """Where in the editing form: a `path` as Wagtail's comments write it, and what people call the place.

    A path names a field, then the ids of blocks and the names of their fields (`body.<id>.text`);
    `@2` stands for the third block of a stream whose blocks have no ids yet. "" is the article as a whole.
    """

    path: str = ""
    label: str = ""


@dataclass(frozen=True)
class Fix:
    """A change of the form, made with one click.

    *replace* puts `value` in place of the `nth` (from 0) occurrence of `old` in the words at `path`; *split* begins
    a new paragraph there; *set* gives the field at `path` the value `value`, written as the form shows it.
    """

    label: str
    action: Literal["replace", "split", "set"]
    path: str
    value: str = ""
    old: str = ""
    nth: int = 0


@dataclass(frozen=True)
class Finding:
    """What one check has to say about one place; the message says what to do.

    `found` are the words it is about, as they stand in the text; `nth` is the how manieth occurrence of them there
    (from 0); `basis` is what else it depends on.
    """

    code: str
    level: Level
    message: str
    place: Place
    fixes: tuple[Fix, ...] = ()
    found: str = ""
    nth: int = 0
    basis: str = ""

    @property
    def sentence(self) -> str:
        """Return the message with its place, which is not said twice."""
        label = self.place.label
        return self.message if not label or self.message.startswith(label) else f"{label}: {self.message}"

    @property
    def fingerprint(self) -> str:
        """Return what a waiver names: the same for the same words at the same place, however often one checks."""
        said = "\0".join((self.code, self.place.path, self.found, self.basis))
        return hashlib.sha256(said.encode()).hexdigest()[:24]


Check = Callable[[Page], Iterable[Finding]]
_checks: dict[type[Page], list[Check]] = {}


def register_check(model: type[Page], check: Check) -> None:
    """Let `check` see every page of `model` before it may be submitted (from AppConfig.ready)."""
    _checks.setdefault(model, []).append(check)


def checked_models() -> list[type[Page]]:
    """Return the kinds of page somebody checks."""
    return list(_checks)


def run_checks(page: Page) -> list[Finding]:
    """Return everything there is to say about the specific `page`, saved or not, the gravest first."""
    found = [
        finding
        for model, checks in _checks.items()
        if isinstance(page, model)
        for check in checks
        for finding in check(page)
    ]
    return sorted(found, key=lambda finding: finding.level.rank)


def blocking(page: Page) -> list[Finding]:
    """Return the errors in `page`; they hold it back, but for those that somebody waived (waivers)."""
    return [finding for finding in run_checks(page) if finding.level == Level.ERROR]
