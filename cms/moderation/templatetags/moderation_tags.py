"""What the templates of moderation hand to their scripts, and a moment as an office's clock shows it."""

import datetime as dt
import json

from django import template
from wagtail.models import Page

from cms.moderation.checks import Finding, Fix
from cms.publishing.telling import moment_by_clock_of

_SHOWN = 120  # letters that a jump marks

register = template.Library()


@register.filter
def place_as_json(finding: Finding) -> str:
    """Return where a finding is, for the jump there."""
    return json.dumps({"path": finding.place.path, "found": finding.found[:_SHOWN], "nth": finding.nth})


@register.filter
def fix_as_json(fix: Fix) -> str:
    """Return a change of the form."""
    return json.dumps({name: getattr(fix, name) for name in ("action", "path", "value", "old", "nth")})


@register.filter
def by_clock_of(moment: dt.datetime, thing: object) -> str:
    """`Rabu, 25 Mei 2022 pukul 20.05 WIB` where `thing` lives, if it is a page; else by the installation's clock."""
    return moment_by_clock_of(thing if isinstance(thing, Page) else None, moment)
