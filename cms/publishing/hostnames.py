"""Which host names a site may have: its files lie in a folder of that name, whatever the port."""

import re

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.I)  # the form writes capitals small


def refuse_unusable(name: str) -> None:
    """Tell an administrator that no reader could come by a host name: raises ValidationError."""
    if not _NAME.fullmatch(name):
        raise ValidationError(
            _(
                "Nama host terdiri atas huruf, angka, tanda hubung, dan titik saja, seperti kab-lebak.kpu.go.id."
            )
        )


def connect() -> None:
    """Let every form of sites ask."""
    # Beside the model and not in its definition, which is Wagtail's: a migration of ours would be wanted otherwise.
    Site._meta.get_field("hostname").validators.append(refuse_unusable)
    Site._meta.constraints.append(
        UniqueConstraint(
            fields=["hostname"],
            name="site_hostname_once",
            violation_error_message=gettext_lazy(
                "Nama host ini sudah dipakai situs lain. Berkas situs disimpan menurut nama host tanpa porta, jadi "
                "porta yang berbeda tidak cukup: pilih nama host lain."
            ),
        )
    )
