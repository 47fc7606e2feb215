"""The register of posts the demo's office keeps: what the reference article's date can be held against."""

import datetime as dt

from home.models import HomePage
from news.models import Officeholder

# Sworn in by the President on 12 April 2022; dismissed by DKPP's ruling of 3 July 2024.
_CHAIRMAN = {
    "name": "Hasyim Asy\u2019ari",
    "position": "Ketua KPU RI",
    "starts": dt.date(2022, 4, 12),
    "ends": dt.date(2024, 7, 3),
}


def register_officeholders(home: HomePage) -> None:
    """Write down who held which post, for the office of `home` and those below it."""
    Officeholder.objects.create(site=home.get_site(), **_CHAIRMAN)
