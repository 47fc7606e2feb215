"""What an article lacks."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.moderation.checks import Finding, Fix, Level, Place
from news.blocks.media import FILE_NAME
from news.preflight.article import STORY, Article, Role
from news.preflight.sentences import sentences

LEAD_MIN, LEAD_MAX = 60, 220  # letters, as the form asks
_NEWS = {"news", "press_release"}
_SHORT = {"announcement", "notice", "gallery"}  # they say it all in a line
_SPOKEN = re.compile('[\u201c"](?:[^\u201c\u201d"\\s]+\\s+){3,}[^\u201d"]*[\u201d"]')
_FEW = 20  # words


def check_lead(article: Article) -> Iterator[Finding]:
    """Ask for a lead, and offer the beginning of the text."""
    if article.said(Role.LEAD):
        return
    level = Level.WARNING if article.kind in _SHORT else Level.ERROR
    derived = _derived_lead(article)
    fixes = (Fix(_("Ambil dari paragraf pertama"), "set", "lead", derived),) if derived else ()
    message = _("Teras berita belum diisi. Tulis apa, siapa, kapan, di mana.")
    yield Finding("missing_lead", level, message, Place("lead", _("Teras berita")), fixes)


def check_filing(article: Article) -> Iterator[Finding]:
    """Ask for section and author; offer the office's press unit."""
    if not article.has_section:
        place = Place("section", _("Rubrik"))
        yield Finding("missing_section", Level.ERROR, _("Rubrik belum dipilih. Pilih satu."), place)
    if article.author_unit:
        return
    # Translators: readers see it in the byline, so it stays Indonesian.
    unit = _("Humas %(office)s") % {"office": article.around.office}
    fixes = (Fix(unit, "set", "author_unit", unit),) if article.around.office else ()
    message = _("Unit penulis belum diisi, misalnya Humas KPU Provinsi Banten.")
    yield Finding("missing_author", Level.ERROR, message, Place("author_unit", _("Unit penulis")), fixes)


def check_alt(article: Article) -> Iterator[Finding]:
    """Ask for words for each picture, for who cannot see it."""
    for picture in article.pictures:
        alt = picture.alt.strip()
        if not alt:
            message = _(
                "Teks alternatif belum diisi. Ceritakan isi gambar kepada orang yang tidak dapat melihatnya."
            )
        elif FILE_NAME.fullmatch(alt):
            message = _("Teks alternatif masih nama berkas. Tulis apa yang tampak: siapa melakukan apa.")
        else:
            continue
        yield Finding("missing_alt", Level.ERROR, message, picture.place, found=alt)


def check_news(article: Article) -> Iterator[Finding]:
    """Suggest what news lives by: a picture, tags, somebody who speaks."""
    if article.kind not in _NEWS:
        return
    if not article.has_hero:
        message = _("Belum ada foto utama. Berita berfoto lebih banyak dibuka.")
        yield Finding("missing_image", Level.WARNING, message, Place("hero_image", _("Foto utama")))
    if not article.tag_count:
        message = _("Belum ada tagar. Isi satu sampai delapan, supaya berita mudah ditemukan.")
        yield Finding("missing_tags", Level.WARNING, message, Place("tags", _("Tagar")))
    is_spoken = article.has_quote or any(_SPOKEN.search(text.words) for text in article.of(Role.PROSE))
    if not is_spoken:
        message = _(
            "Tidak ada kutipan langsung. Ucapan narasumber membuat berita lebih hidup dan dapat diperiksa."
        )
        yield Finding("no_direct_quote", Level.INFO, message, Place("body", _("Isi")))


def check_summary(article: Article) -> Iterator[Finding]:
    """Ask for words beside files: a PDF alone is closed to many readers."""
    count = sum(len(text.words.split()) for text in article.of(*(STORY - {Role.LEAD})))
    if article.file_count and count < _FEW:
        message = _(
            "Isinya hampir hanya berkas. Tulis ringkasannya, untuk pembaca yang tidak dapat membuka PDF."
        )
        yield Finding("pdf_no_summary", Level.WARNING, message, Place("body", _("Isi")))


def _derived_lead(article: Article) -> str:
    """Return the first whole sentences of the text that make a lead; "" where each is longer than one."""
    first = next((text.words for text in article.of(Role.PROSE)), "")
    lead = ""
    for sentence in sentences(first):
        longer = f"{lead} {sentence}".strip()
        if len(longer) <= LEAD_MAX:
            lead = longer
        elif lead:
            break
    return lead
