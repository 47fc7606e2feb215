"""Example pictures, files and pages for the block picker, which must look right on an empty database."""

import datetime as dt

from django.templatetags.static import static

from cms.media.pictures import Picture
from cms.publishing.lookup import FileLink, Lookup, PageLink, References


class SampleLookup(Lookup):
    """Answers every question with an example, and never asks the database."""

    def __init__(self) -> None:
        super().__init__(number=0)

    def load(self, references: References) -> None:
        """Load nothing: examples are made when asked for."""

    def picture(self, pk: object) -> Picture | None:
        """Return a drawn picture."""
        return Picture(
            id=0,
            title="Foto contoh",
            alt="",
            credit="Humas KPU Provinsi Banten",
            width=1600,
            height=1067,
            state="ready",
            original_url=static("foto-contoh.svg"),
            avif=(),
            jpeg=(),
        )

    def document(self, pk: object) -> FileLink | None:
        """Return a file with all an official letter carries."""
        return FileLink(
            id=0,
            title="Pengumuman Nomor 214/PL.02.1-Pu/36/2026",
            url="#",
            extension="PDF",
            size=421_888,
            size_text="412 KB",
            official_number="214/PL.02.1-Pu/36/2026",
            official_date=dt.date(2026, 10, 2),
            page_count=3,
        )

    def page(self, pk: object) -> PageLink | None:
        """Return a link to nowhere."""
        return PageLink(0, "Rapat Pleno Terbuka Rekapitulasi Daftar Pemilih", "#")
