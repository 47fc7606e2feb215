"""An editor mends the reference article with clicks: the panel "Pemeriksaan" in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_journey import log_in

pytestmark = pytest.mark.browser
SLUG = "konsolidasi-kpu-integritas-24-jam-untuk-pemilu-2024"


def open_reference(page: Page, address: str) -> None:
    log_in(page, address, "penyetuju")
    known = page.request.get(f"{address}/api/v2/pages/?slug={SLUG}").json()
    page.goto(f"{address}/admin/pages/{known['items'][0]['id']}/edit/")
    expect(page.locator(".warta-finding").first).to_be_visible()


def summary(page: Page) -> str:
    return page.locator(".warta-checking__summary").inner_text()


def mend(page: Page, label: str) -> None:
    before = page.locator(".warta-finding").count()
    page.get_by_role("button", name=label).first.click()
    expect(page.locator(".warta-finding")).not_to_have_count(before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360", "1280"])
def test_editor_with_a_screen_reader_meets_no_barrier_in_the_panel(
    address: str,
    open_browser: Callable[..., BrowserContext],
    pictures: Path,
    viewport: dict[str, int],
    scheme: str,
):
    page = open_browser(viewport, scheme).new_page()
    open_reference(page, address)
    page.locator(".warta-checking__chip").click()
    expect(page.locator(".warta-checking__summary")).to_be_in_viewport()
    page.screenshot(path=pictures / f"pemeriksaan-{viewport['width']}-{scheme}.png")
    assert Axe().run(page, context=".warta-checking").response["violations"] == []
    assert Axe().run(page, context=".warta-checking__chip").response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_editor_mends_the_reference_article_with_clicks(
    address: str, open_browser: Callable[..., BrowserContext]
):
    page = open_browser().new_page()
    open_reference(page, address)
    page.locator("[data-code=spelling]").first.get_by_role("button", name="Lihat").click()
    expect(page.locator(".public-DraftEditor-content:focus")).to_have_count(1)
    assert page.evaluate("String(getSelection())") == "syawal"

    page.locator(".warta-checking__chip").click()
    mend(page, "Ganti dengan “Syawal”")
    mend(page, "Mulai paragraf baru di “Kedua, soliditas")
    mend(page, "Rabu, 25 Mei 2022")
    expect(page.locator("[data-code=weekday_mismatch], [data-code=season_mismatch]")).to_have_count(0)
    assert page.input_value("#id_event_date") == "25/05/2022"
    assert "bulan Syawal yang masih terasa" in page.locator("[data-contentpath=body]").inner_text()
    mend(page, "Ambil dari paragraf pertama")
    # It is live: what changes in it is still to be answered, and nothing else.
    expect(page.locator("[data-code=change_unanswered]")).to_have_count(1)
    assert summary(page).startswith("1 kesalahan")

    page.locator("[data-code=missing_tags]").get_by_role("button", name="Lihat").click()
    expect(page.get_by_role("tab", name="Rincian")).to_have_attribute("aria-selected", "true")
    expect(page.locator("[data-contentpath=tags] input:focus")).to_have_count(1)
