"""Telephone numbers as a phone wants them."""

import re

_LEAST = 3  # digits other than 0: enough for 112, and no number anybody has is made of noughts


def dialled(phone: str | None) -> str:
    """Return `phone` without spaces and brackets; "" for one nobody can call, such as (0000) 000000."""
    digits = re.sub(r"[^\d+]", "", phone or "")
    return digits if len(digits.replace("0", "").lstrip("+")) >= _LEAST else ""
