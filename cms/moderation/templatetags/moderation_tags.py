"""What the templates of moderation hand to their scripts."""

import json

from django import template

from cms.moderation.checks import Finding, Fix

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
