"""The checks of the installation: registered by the layers that know what may go wrong, asked all together."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog
from django.utils.translation import gettext as _

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, in words for the operator."""

    message: str
    since: dt.datetime | None = None
    url: str = ""  # where it can be mended; below the host of the admin
    detail: str = ""  # the same in technical words


@dataclass(frozen=True)
class Check:
    """Something that can be wrong."""

    code: str
    title: str  # lazily translated
    find: Callable[[], Iterable[Problem]]


@dataclass(frozen=True)
class Result:
    """What a check has found."""

    check: Check
    problems: list[Problem]


_checks: dict[str, Check] = {}


def register_check(code: str, title: str, find: Callable[[], Iterable[Problem]]) -> None:
    """Let `find` be asked whenever the health of the installation is; it tells problems and mends nothing."""
    _checks[code] = Check(code, title, find)


def examine() -> list[Result]:
    """Ask every check, in the order of their codes; one that breaks is a problem itself."""
    return [Result(_checks[code], _ask(_checks[code])) for code in sorted(_checks)]


def _ask(check: Check) -> list[Problem]:
    try:
        return list(check.find())
    except Exception as error:
        logger.exception("health_check_failed", check=check.code)
        words = _("Tidak dapat diperiksa. Sampaikan rincian teknisnya kepada pengembang.")
        return [Problem(words, detail=f"{type(error).__name__}: {error}")]
