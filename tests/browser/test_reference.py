"""The tour of the demo on phones: the reference article's wrong date is found, mended, reviewed, approved and told."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from home.demo.tour import REFERENCE
from tests.browser.conftest import PHONE
from tests.browser.test_checks import mend
from tests.browser.test_journey import log_in, submit
from tests.serving import until

pytestmark = pytest.mark.browser

TITLE = "Konsolidasi KPU: Integritas 24 Jam untuk Pemilu 2024"
OLD, NEW = f"/berita/2022/03/{REFERENCE}/", f"/berita/2022/05/{REFERENCE}/"
PRINTED, MENDED = "KPU BANTEN - Rabu, 25 Maret 2022 -", "KPU BANTEN - Rabu, 25 Mei 2022 -"
LEAD = (
    "KPU Republik Indonesia memberi pengarahan kepada KPU se-Provinsi Banten di Serang menjelang Pemilu 2024."
)
WRONG = "Artikel ini semula bertanggal Rabu, 25 Maret 2022, padahal hari itu Jumat."
RIGHT = "Acaranya berlangsung pada hari Rabu, 25 Mei 2022, di bulan Syawal 1443 H."
OWN_TEXT = "Anda ikut menulis naskah ini. Persetujuan terakhir harus dari orang lain."


class Walk:
    """The people of one demo site with their phones; what they see is kept as pictures, in the order of the day."""

    def __init__(self, address: str, open_browser: Callable[..., BrowserContext], pictures: Path) -> None:
        self.address, self.open_browser, self.pictures, self.count = address, open_browser, pictures, 0

    def phone_of(self, name: str = "") -> Page:
        """The phone of somebody who has logged in, or of a reader."""
        page = self.open_browser().new_page()
        if name:
            log_in(page, self.address, name)
        return page

    def look(self, page: Page, name: str, part: str) -> None:
        """Keep the screen around a part of it, which keeps nobody out and is no wider than the phone."""
        self.count += 1
        expect(page.locator(part)).to_be_visible()
        page.locator(part).evaluate("each => each.scrollIntoView({ behavior: 'instant' })")
        page.screenshot(path=self.pictures / f"tur-{self.count:02}-{name}-360.png")
        assert Axe().run(page, context=part).response["violations"] == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name

    def turn(self, page: Page, step: int) -> Locator:
        """The step of the tour on somebody's home whose turn it has to be."""
        page.goto(f"{self.address}/admin/")
        now = page.locator(f".warta-tour li:nth-child({step})")
        expect(now).to_have_attribute("aria-current", "step")
        return now


@pytest.fixture
def walk(own_address: str, open_browser: Callable[..., BrowserContext], pictures: Path) -> Walk:
    """A demo site nobody has changed before."""
    return Walk(own_address, open_browser, pictures)


def write_correction(walk: Walk, page: Page) -> None:
    """Find the wrong date and take the one that is offered, say what was wrong, and submit."""
    walk.look(page, "penulis-beranda", ".warta-tour")
    walk.turn(page, 1).get_by_role("link", name="Buka artikelnya").click()
    weekday, season = (
        page.locator(f"[data-code={code}]") for code in ("weekday_mismatch", "season_mismatch")
    )
    expect(weekday).to_contain_text("25 Maret 2022 jatuh pada hari Jumat, bukan Rabu.")
    expect(season).to_contain_text(
        "Teks menyebut “bulan syawal”, tetapi 25 Maret 2022 ada di bulan Syakban 1443 H."
    )
    offered = weekday.get_by_role("button").nth(1)
    expect(offered).to_have_text("Rabu, 25 Mei 2022 (cocok dengan bulan Syawal)")
    walk.look(page, "penulis-temuan", ".warta-checking")
    offered.click()
    expect(page.locator("[data-code=weekday_mismatch], [data-code=season_mismatch]")).to_have_count(0)
    mend(page, "Ubah juga tanggal terbit: Rabu, 25 Mei 2022")
    page.fill("#id_lead", LEAD)
    page.get_by_label("Ralat", exact=True).check()
    page.fill("#id_change_wrong", WRONG)
    page.fill("#id_change_right", RIGHT)
    expect(page.locator(".warta-finding[data-level=error]")).to_have_count(0)
    walk.look(page, "penulis-ralat", "#panel-child-tulis-apa_yang_berubah_dari_yang_sudah_terbit-section")
    submit(page)


def review(walk: Walk, page: Page) -> None:
    """Look at what changes, mend a small letter oneself, and pass it on."""
    walk.turn(page, 2).get_by_role("link", name="Periksa naskahnya").click()
    walk.look(page, "penyunting-periksa", ".warta-review__body")
    screen = page.url
    page.get_by_role("link", name="Buka naskah").click()
    expect(page.locator("[data-code=spelling]").first).to_be_visible()
    mend(page, "Ganti dengan “Syawal”")
    with page.expect_response(lambda answer: answer.url == page.url and answer.request.method == "POST"):
        page.get_by_role("button", name="Simpan konsep").click()
    page.goto(screen)
    decide(page, "sekarang menunggu di tahap Persetujuan KPU Banten")


def decide(page: Page, told: str) -> None:
    """Approve what is on the screen."""
    page.get_by_label("Setujui").check()
    page.get_by_role("button", name="Kirim keputusan").click()
    expect(page.get_by_text(told)).to_be_visible()


def hand_over(page: Page, address: str) -> None:
    """Let the editor decide in one's place for three days."""
    today = dt.datetime.now(ZoneInfo("Asia/Jakarta")).date()
    page.goto(f"{address}/admin/antrean/")
    page.get_by_role("link", name="Perwakilan").click()
    page.select_option("#id_taker", label="Hendra Wibisana")
    for name, day in (("starts", today), ("ends", today + dt.timedelta(days=2))):
        page.fill(f"#id_{name}", f"{day:%d/%m/%Y}")
        page.keyboard.press("Tab")
    page.fill("#id_reason", "Cuti tahunan")
    page.get_by_role("button", name="Serahkan").click()
    expect(page.get_by_role("heading", name="Hendra Wibisana mewakili Ratna Kumalasari")).to_be_visible()


def read_correction(walk: Walk, page: Page) -> None:
    """Come with the address one has known since 2022, and find what was wrong, what is right, and where it is told."""
    page.goto(f"{walk.address}{OLD}")
    expect(page).to_have_url(f"{walk.address}{NEW}")
    expect(page.get_by_text(MENDED)).to_be_visible()
    expect(page.get_by_text(PRINTED)).to_have_count(0)
    expect(page.get_by_text("momentum bulan Syawal yang masih terasa")).to_be_visible()
    for words in (LEAD, WRONG, RIGHT):
        expect(page.get_by_text(words)).to_be_visible()
    walk.look(page, "pembaca-artikel", "article")
    page.get_by_role("link", name="Baca teks sebelum ralat ini").click()
    expect(page.get_by_text(PRINTED)).to_be_visible()
    walk.look(page, "pembaca-teks-sebelumnya", "article")
    page.goto(f"{walk.address}/ralat/")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    expect(page.get_by_text(RIGHT)).to_be_visible()
    walk.look(page, "pembaca-semua-ralat", "main")


def test_wrong_date_is_corrected_by_writer_editor_and_approver_and_by_nobody_alone(walk: Walk):
    reader, writer, editor, approver = map(walk.phone_of, ("", "penulis", "penyunting", "penyetuju"))
    reader.goto(f"{walk.address}{OLD}")
    expect(reader.get_by_text(PRINTED)).to_be_visible()
    expect(walk.turn(approver, 1)).to_contain_text("Masuk sebagai penulis")
    write_correction(walk, writer)
    review(walk, editor)

    walk.turn(approver, 3).get_by_role("link", name="Periksa naskahnya").click()
    screen = approver.url
    assert writer.goto(screen).status == 404
    hand_over(approver, walk.address)
    editor.goto(screen)
    expect(editor.get_by_text(OWN_TEXT)).to_be_visible()
    expect(editor.get_by_role("link", name="Layanan Tatap Muka")).to_be_visible()
    expect(editor.get_by_role("link", name=TITLE)).to_have_count(0)
    walk.look(editor, "penyunting-bukan-wewenangnya", "main")
    reader.reload()
    expect(reader.get_by_text(PRINTED)).to_be_visible()

    approver.goto(screen)
    change = approver.locator(".warta-review__body")
    expect(change.get_by_text(PRINTED)).to_be_visible()
    expect(change.get_by_text("Rabu, 25 Mei 2022").first).to_be_visible()
    walk.look(approver, "penyetuju-periksa", ".warta-review__body")
    decide(approver, "disetujui dan terbit")
    until(lambda: reader.request.get(f"{walk.address}{NEW}").ok)
    read_correction(walk, reader)
    twin = reader.request.get(f"{walk.address}{NEW}index.json").json()
    assert (twin["event_date"], twin["dateline"]) == ("2022-05-25", f"{MENDED} ")
    assert [(each["wrong"], each["right"]) for each in twin["corrections"]] == [(WRONG, RIGHT)]
    walk.turn(writer, 4)
    walk.look(writer, "penulis-selesai", ".warta-tour")
