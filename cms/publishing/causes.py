"""Why something could not be published. What is kept of an error is a code and the technical words, for the log and
an administrator; what an editor reads follows from the code, and says what to do. This is the one place for both.
"""

import errno
import sys
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils.translation import gettext_lazy
from jinja2 import UndefinedError

_LONGEST = 500  # characters: what a column takes
_BY_NUMBER = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "disk_read_only",
    errno.EACCES: "disk_forbidden",
    errno.EPERM: "disk_forbidden",
}
# What a template or a block raises that meets something other than it was written for.
_OF_CONTENT = (AttributeError, LookupError, TypeError, UndefinedError, ValueError)
_WORDS = {
    "file_missing": gettext_lazy(
        "Berkas gambar atau dokumennya tidak ada lagi di penyimpanan. Unggah lagi berkas itu, lalu terbitkan lagi."
    ),
    "content_broken": gettext_lazy(
        "Ada isi yang rusak. Buka halamannya, hapus lalu isi lagi blok yang terakhir diubah, dan terbitkan lagi. "
        "Bila tetap gagal, sampaikan rincian teknisnya kepada administrator."
    ),
    "address_unusable": gettext_lazy(
        "Alamat ini tidak dapat dipakai. Ganti alamat (slug) halamannya, lalu terbitkan lagi."
    ),
    "disk_full": gettext_lazy(
        "Penyimpanan server penuh. Administrator perlu mengosongkan ruang; setelah itu situs terbit sendiri."
    ),
    "disk_read_only": gettext_lazy(
        "Penyimpanan server hanya dapat dibaca. Administrator perlu membukanya lagi untuk ditulisi; setelah itu "
        "situs terbit sendiri."
    ),
    "disk_forbidden": gettext_lazy(
        "Server tidak diizinkan memakai folder atau berkasnya sendiri. Administrator perlu memperbaiki pemilik dan "
        "izinnya; setelah itu situs terbit sendiri."
    ),
    "disk": gettext_lazy(
        "Penyimpanan server tidak dapat dipakai. Dicoba lagi sendiri; bila berulang, sampaikan rincian teknisnya "
        "kepada administrator."
    ),
    "database_busy": gettext_lazy(
        "Basis data sedang sibuk. Dicoba lagi sendiri; bila lebih dari sepuluh menit, hubungi administrator."
    ),
    "database_gone": gettext_lazy(
        "Basis data tidak dapat dihubungi. Dicoba lagi sendiri; bila lebih dari sepuluh menit, hubungi administrator."
    ),
    "storage_gone": gettext_lazy(
        "Penyimpanan gambar dan dokumen tidak dapat dihubungi. Dicoba lagi sendiri; bila lebih dari sepuluh menit, "
        "hubungi administrator."
    ),
    "crew_died": gettext_lazy(
        "Proses penyusun situs terhenti, mungkin karena server kehabisan memori. Dicoba lagi sendiri; bila berulang, "
        "administrator perlu menambah memori."
    ),
    "bucket_gone": gettext_lazy(
        "Bucket tidak dapat dihubungi. Dicoba lagi sendiri; bila lebih dari sepuluh menit, hubungi administrator."
    ),
    "bucket_forbidden": gettext_lazy(
        "Bucket menolak kuncinya. Administrator perlu memeriksa kunci dan haknya; setelah itu yang belum sampai "
        "dikirim sendiri."
    ),
    "bucket_missing": gettext_lazy(
        "Bucket itu tidak ada. Administrator perlu memeriksa namanya; setelah itu yang belum sampai dikirim sendiri."
    ),
    "bucket": gettext_lazy(
        "Bucket menolak permintaan. Dicoba lagi sendiri; bila berulang, sampaikan rincian teknisnya kepada "
        "administrator."
    ),
    "program": gettext_lazy("Ada kesalahan di program. Sampaikan rincian teknisnya kepada administrator."),
}


class KnownError(OSError):
    """Something in the way whose raiser knows its cause (`code`, one of those above) better than Python does."""

    def __init__(self, detail: str, code: str) -> None:
        """Take the technical words and the code."""
        super().__init__(detail)
        self.code = code

    def __reduce__(self) -> tuple[type["KnownError"], tuple[str, str]]:
        return type(self), (str(self), self.code)


class Told(NamedTuple):
    """A cause as people read it: what happened and what to do, and beside it the technical words."""

    words: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.words} ({self.detail})" if self.detail else self.words


def of_output(error: Exception) -> str:
    """Return what is kept of an error while an output was rendered: there a file that is missing is one of ours."""
    if isinstance(error, FileNotFoundError):
        return _kept("file_missing", error)
    is_of_content = isinstance(error, _OF_CONTENT) and not isinstance(error, KnownError)
    return _kept("content_broken", error) if is_of_content else of_writing(error)


def of_writing(error: Exception) -> str:
    """Return what is kept of an error while files were written or carried on."""
    return _kept(code_of(error), error)


def code_of(error: Exception) -> str:
    """Return the code of an error, whatever was being done."""
    if isinstance(error, KnownError):
        return error.code
    if isinstance(error, OSError):
        return _BY_NUMBER.get(error.errno or 0, "disk")
    if isinstance(error, OperationalError | InterfaceError):
        return "database_busy" if _is_busy(error) else "database_gone"
    return "storage_gone" if _is_of_storage(error) else "program"


def technical(error: Exception) -> str:
    """Return an error in technical words, on one line."""
    words = str(error) if isinstance(error, KnownError) else f"{type(error).__name__}: {error}"
    return " ".join(words.split())


def told(kept: str) -> Told:
    """Return what is kept of an error as people read it; what is no code of ours (an older version's) as it is."""
    code, _colon, detail = kept.partition(": ")
    return Told(str(_WORDS[code]), detail) if code in _WORDS else Told(kept)


def _kept(code: str, error: Exception) -> str:
    return f"{code}: {technical(error)}"[:_LONGEST]


def _is_busy(error: DatabaseError | InterfaceError) -> bool:
    return "locked" in str(error) or "lock timeout" in str(error) or "deadlock" in str(error)


def _is_of_storage(error: Exception) -> bool:
    """Tell whether the service raised it that keeps pictures for an installation (loaded only where there is one)."""
    module = sys.modules.get("botocore.exceptions")
    return module is not None and isinstance(error, (module.BotoCoreError, module.ClientError))
