"""An approver's day on a phone: the queue, what a manuscript changes, and the decision."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_journey import TITLE, log_in, submit, take_photo, write

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def waiting(address: str, chromium, tmp_path_factory) -> str:
    """A manuscript that a writer has submitted."""
    context = chromium.new_context(viewport=PHONE, locale="id-ID", has_touch=True)
    page = context.new_page()
    log_in(page, address, "penulis")
    write(page, address, take_photo(tmp_path_factory.mktemp("foto"), turned=90))
    submit(page)
    context.close()
    return TITLE


def look(page: Page, name: str, pictures: Path, viewport: dict[str, int], scheme: str) -> None:
    page.screenshot(path=pictures / f"{name}-{viewport['width']}-{scheme}.png", full_page=True)
    assert Axe().run(page, context="main").response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_approver_meets_no_barrier_between_queue_and_decision(
    address: str,
    waiting: str,
    open_browser: Callable[..., BrowserContext],
    pictures: Path,
    viewport: dict[str, int],
    scheme: str,
):
    page = open_browser(viewport, scheme).new_page()
    log_in(page, address, "penyetuju")
    page.get_by_role("link", name="Buka antrean").click()
    expect(page.get_by_role("heading", name=waiting).first).to_be_visible()
    look(page, "antrean", pictures, viewport, scheme)
    page.get_by_role("link", name=waiting).first.click()
    expect(page.get_by_role("button", name="Kirim keputusan")).to_be_visible()
    look(page, "periksa", pictures, viewport, scheme)


def test_approver_takes_and_decides_with_a_thumb(
    address: str, waiting: str, open_browser: Callable[..., BrowserContext]
):
    page = open_browser().new_page()
    log_in(page, address, "penyetuju")
    page.get_by_role("link", name=waiting).first.click()
    page.get_by_role("button", name="Saya tangani").click()
    expect(page.get_by_text("sekarang Anda tangani")).to_be_visible()
    page.get_by_label("Minta perbaikan").check()
    page.get_by_role("button", name="Kirim keputusan").click()
    expect(page.get_by_text("Tulis alasannya")).to_be_visible()
    page.get_by_label("Alasan").fill("Sebutkan nama pembicara.")
    page.get_by_role("button", name="Kirim keputusan").click()
    expect(page.get_by_text("dikembalikan kepada penulisnya")).to_be_visible()
