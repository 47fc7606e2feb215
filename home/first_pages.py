"""What a new office starts with: sections, the shared topics, standard pages and menus."""

from collections.abc import Mapping

from django.utils.html import escape
from django.utils.text import slugify
from wagtail.models import Page, Site

from cms.moderation.approvals import Approval
from cms.moderation.putting_live import put_live
from home.first_texts import PAGES, FirstPage
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage, Section, Topic

SECTIONS = (
    "Berita Terkini", "Siaran Pers", "Pengumuman", "Klarifikasi", "Opini", "Infografis", "Galeri", "Agenda",
    "Pendidikan Pemilih", "KPU dalam Berita",
)  # fmt: skip
TOPICS = (
    "Data pemilih", "Logistik", "Pencalonan", "Kampanye", "Pemungutan & penghitungan", "Rekapitulasi",
    "Sengketa", "SDM", "Pendidikan pemilih", "Kelembagaan", "Keterbukaan informasi",
)  # fmt: skip
_MENU_SECTIONS = ("Siaran Pers", "Pengumuman", "Klarifikasi", "Pendidikan Pemilih", "Galeri")


def fill(home: HomePage, site: Site, index: NewsIndexPage) -> None:
    """Fill what an office has nothing of yet; what it has, even a single row, is its own to arrange."""
    if not Section.objects.filter(site=site).exists():
        Section.objects.bulk_create(
            Section(site=site, name=name, slug=slugify(name), position=position)
            for position, name in enumerate(SECTIONS)
        )
    if not Topic.objects.exists():
        Topic.objects.bulk_create(Topic(name=name, slug=slugify(name)) for name in TOPICS)
    if not StandardPage.objects.child_of(home).exists():
        _write_pages(home)
    if not home.main_menu and not home.footer_menu:
        _fill_menus(home, index)


def _write_pages(home: HomePage) -> None:
    ids: dict[str, int] = {}
    # Written in this order because the later ones link to the earlier ones.
    for text in PAGES:
        page = StandardPage(
            title=text.title, slug=text.slug, lead=text.lead, body=_body(text, home, ids), live=False
        )
        home.add_child(instance=page)
        put_live(page, Approval.Kind.STRUCTURE)
        ids[text.slug] = page.pk


def _body(text: FirstPage, home: HomePage, ids: Mapping[str, int]) -> list[tuple[str, object]]:
    known = {slug: f'<a linktype="page" id="{pk}">' for slug, pk in ids.items()}
    known |= {"name": escape(home.name), "short_name": escape(home.short_name)}
    return [
        ("heading", {"text": words[3:], "level": "2"})
        if words.startswith("## ")
        else ("paragraph", f"<p>{words.format_map(known)}</p>")
        for words in text.parts
    ]


def _fill_menus(home: HomePage, index: NewsIndexPage) -> None:
    pages = {page.slug: page for page in StandardPage.objects.child_of(home)}
    sections = [("link", _to_address(name, f"/rubrik/{slugify(name)}/")) for name in _MENU_SECTIONS]
    about = [("link", _to_page("Tentang", pages["tentang"]))] if "tentang" in pages else []
    home.main_menu = [
        ("link", _to_page("Beranda", home)),
        ("link", _to_page(index.title, index)),
        *sections,
        *about,
    ]
    home.footer_menu = [
        ("link", _to_page(pages[slug].title, pages[slug]))
        for slug in ("privasi", "aksesibilitas", "kontak")
        if slug in pages
    ]
    put_live(home, Approval.Kind.STRUCTURE, clean=False)


def _to_page(text: str, page: Page) -> dict[str, object]:
    return {"text": text, "page": page, "url": ""}


def _to_address(text: str, url: str) -> dict[str, object]:
    return {"text": text, "page": None, "url": url}
