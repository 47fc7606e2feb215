"""A phone whose keyboard leaves half of the screen: what opens by itself does not lie over what is pressed next."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.test_journey import log_in, submit, take_photo, write

pytestmark = pytest.mark.browser
LOW = {"width": 360, "height": 420}
WIDER = "[...document.querySelectorAll('main td')].filter((cell) => cell.getBoundingClientRect().right > innerWidth)"


def test_writer_who_types_the_time_of_publication_reaches_the_button_below_it(
    address: str, open_browser: Callable[..., BrowserContext], pictures: Path, tmp_path: Path
):
    page = open_browser().new_page()
    log_in(page, address, "penulis")
    write(page, address, take_photo(tmp_path, turned=120))
    page.set_viewport_size(LOW)
    page.get_by_role("button", name="Tampilkan/sembunyikan status").click()
    page.get_by_role("button", name="Tetapkan jadwal").click()
    page.locator("#id_expire_at").click()
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_have_count(1)
    page.keyboard.type("30/12/2098 08:00")
    page.screenshot(path=pictures / "jadwal-360.png")
    expect(calendar).to_have_count(0)
    page.get_by_role("button", name="Simpan jadwal").click()
    expect(page.get_by_text("30 Desember 2098").first).to_be_visible()


def test_moderator_reads_the_whole_report_of_workflows_on_a_phone(
    address: str, open_browser: Callable[..., BrowserContext], pictures: Path, tmp_path: Path
):
    writer = open_browser().new_page()
    log_in(writer, address, "penulis")
    write(writer, address, take_photo(tmp_path, turned=150))
    submit(writer)
    page = open_browser().new_page()
    log_in(page, address, "admin")
    for report in ("workflow", "workflow_tasks"):
        page.goto(f"{address}/admin/reports/{report}/")
        expect(page.locator("main td").first).to_be_visible()
        page.screenshot(path=pictures / f"laporan-{report}-360.png", full_page=True)
        assert page.evaluate(f"{WIDER}.length") == 0
