"""Every kind of public page is free of what axe can find, light and dark, on a phone and on a desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

PAGES = {
    "beranda": "/",
    "indeks": "/berita/",
    "arsip": "/berita/arsip/",
    "bulan": "/berita/arsip/2022/03/",
    "rubrik": "/rubrik/berita-terkini/",
    "topik": "/topik/data-pemilih/",
    "artikel": "/berita/2022/03/konsolidasi-kpu-integritas-24-jam-untuk-pemilu-2024/",
    "siaran-pers": "/berita/2026/10/siaran-pers-rekapitulasi-pemutakhiran-data-pemilih-banten-triwulan-iii-2026/",
    "halaman-biasa": "/privasi/",
    "cari": "/cari/?q=kpu",
    "tidak-ada": "/alamat-yang-tidak-ada/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_reader_with_a_screen_reader_meets_no_barrier(
    address: str,
    open_browser: Callable[..., BrowserContext],
    pictures: Path,
    viewport: dict[str, int],
    scheme: str,
):
    page = open_browser(viewport=viewport, scheme=scheme).new_page()
    found: dict[str, list[str]] = {}
    for name, path in PAGES.items():
        page.goto(f"{address}{path}")
        page.screenshot(path=pictures / f"{name}-{viewport['width']}-{scheme}.png", full_page=True)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[name] = [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in violations]
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"{name} scrolls sideways"
    assert found == {}
