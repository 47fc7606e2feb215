"""Where a redirect may stand: at an address of an old site, never where files of ours lie, or above them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect

from cms.publishing import former_lists
from cms.publishing.own_names import own_names

_PLAIN = re.compile(r"/[\w./~%-]*/")  # stands unquoted in the lists for servers
# A part with a dot may be a page or program of an old site.
_OLD_PAGE = re.compile(r"[\w~%-][\w.~%-]*\.(?:html?|php\d?|aspx?|jsp|cfm|cgi)", re.I)
_OURS = {"index.html", "404.html", "410.html"}


def is_free(path: str) -> bool:
    """Return whether a redirect may stand at a path."""
    parts = path.strip("/").split("/")
    if not all(parts) or is_own(path) or not _PLAIN.fullmatch(f"{path.rstrip('/')}/"):
        return False
    return all("." not in part or (_OLD_PAGE.fullmatch(part) and part not in _OURS) for part in parts)


def is_own(path: str) -> bool:
    """Return whether the site itself answers at a path, whatever stands in the database."""
    first, *rest = path.strip("/").split("/")
    if rest and any(lists.root == f"/{first}/" for lists in former_lists.known()):
        return False  # a section or topic of that name may be one of an old site
    return first in own_names()


def refuse_taken(path: str) -> None:
    """Tell an editor why a redirect cannot stand at a path, as it will be kept: raises ValidationError."""
    if "?" in path:
        raise ValidationError(
            _(
                "Alamat lama tidak dapat memuat tanda tanya (?): situs terdiri atas berkas, dan berkas tidak mengenal "
                "apa yang ditulis sesudahnya. Tulis alamatnya saja, seperti /index.php."
            )
        )
    if not is_free(Redirect.normalise_path(path)):
        raise ValidationError(
            _(
                "Alamat ini dipakai situs sendiri atau tidak dapat dialihkan. Tulis alamat lama seperti /berita/lama/."
            )
        )


def refuse_aimless(row: Redirect) -> None:
    """Tell an editor that a redirect leads nowhere: raises ValidationError."""
    if not (row.redirect_page_id or row.redirect_link):
        raise ValidationError(
            _("Pilih halaman tujuan atau tulis alamat tujuan: tanpa itu pembaca tidak dibawa ke mana pun.")
        )


def connect() -> None:
    """Let every form of redirects ask."""
    # On the field and not in its definition, which is Wagtail's: a migration of ours would be wanted otherwise.
    Redirect._meta.get_field("old_path").validators.append(refuse_taken)
    clean = Redirect.clean

    def clean_and_ask(self: Redirect) -> None:
        clean(self)
        refuse_aimless(self)

    Redirect.clean = clean_and_ask  # ty: ignore[invalid-assignment]
