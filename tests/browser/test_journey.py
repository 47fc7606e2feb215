"""An article's whole way on phone screens: written, previewed, submitted, approved, read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from home.demo.people import PASSWORD

pytestmark = pytest.mark.browser

TITLE = "Bimbingan Teknis Petugas Digelar di Kota Serang"
LEAD = "KPU Provinsi Banten menggelar bimbingan teknis bagi 120 petugas di Kota Serang, Senin pagi."
WORDS = "Kegiatan dibuka oleh Ketua KPU Provinsi Banten pada pukul sembilan pagi."
TYPING = (
    60  # ms a letter: what is written in the form's first two seconds, Wagtail takes for its initial text
)
ALT = "Peserta bimbingan teknis duduk berbaris di aula"


def log_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/admin/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")


def take_photo(folder: Path, turned: int = 0) -> Path:
    """Take a photo of its own for every `turned` (degrees): Warta asks when it gets the same one twice."""
    photo = folder / "foto-ponsel.jpg"
    Image.linear_gradient("L").rotate(turned).resize((1600, 1067)).convert("RGB").save(photo)
    return photo


def choose_hero(page: Page, photo: Path) -> None:
    page.get_by_role("button", name="Pilih gambar").first.click()
    page.get_by_role("tab", name="Unggah").click()
    page.set_input_files("#id_image-chooser-upload-file", photo)
    page.locator("form[action*='chooser/create'] [type=submit]").click()
    expect(page.locator("[data-contentpath=hero_image] img")).to_be_visible()
    page.fill("#id_hero_alt", ALT)


def write(page: Page, address: str, photo: Path) -> None:
    page.goto(f"{address}/admin/")
    page.get_by_role("link", name="Tulis berita").first.click()
    page.fill("#id_title", TITLE)
    page.fill("#id_lead", LEAD)
    page.select_option("#id_section", label="Berita Terkini")
    choose_hero(page, photo)
    page.fill("#id_event_date", "23/11/2026")
    page.keyboard.press("Tab")  # the calendar that has opened would lie over the text
    body = page.locator("[data-contentpath=body] .public-DraftEditor-content").first
    body.click()
    page.keyboard.type(WORDS, delay=TYPING)
    page.wait_for_url("**/edit/")  # kept by itself, before any button is pressed


def preview(page: Page, pictures: Path) -> None:
    page.get_by_role("button", name="Tampilkan/sembunyikan pratinjau").click()
    shown = page.frame_locator("iframe[data-w-preview-target=iframe]").first
    expect(shown.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(shown.get_by_text(WORDS)).to_be_visible()
    page.screenshot(path=pictures / "penulis-pratinjau-360.png")
    page.get_by_role("button", name="Tampilkan/sembunyikan pratinjau").click()


def submit(page: Page) -> None:
    page.get_by_role("button", name="Tindakan lainnya").click()
    page.get_by_role("button", name="Ajukan ke").click()
    expect(page.get_by_text("diajukan").first).to_be_visible()


def approve(page: Page, address: str, pictures: Path) -> None:
    page.goto(f"{address}/admin/")
    page.screenshot(path=pictures / "penyetuju-beranda-360.png", full_page=True)
    for told in ("sekarang menunggu di tahap", "disetujui dan terbit"):
        page.get_by_role("link", name=TITLE).first.click()
        page.get_by_label("Setujui").check()
        page.get_by_role("button", name="Kirim keputusan").click()
        expect(page.get_by_text(told)).to_be_visible()


def test_article_goes_from_a_phone_to_its_reader(
    address: str, open_browser: Callable[..., BrowserContext], pictures: Path, tmp_path: Path
):
    writer = open_browser().new_page()
    log_in(writer, address, "penulis")
    write(writer, address, take_photo(tmp_path))
    manuscript = writer.url
    writer.screenshot(path=pictures / "penulis-menulis-360.png", full_page=True)
    preview(writer, pictures)
    submit(writer)

    reader = open_browser().new_page()
    reader.goto(f"{address}/berita/")
    expect(reader.get_by_role("link", name=TITLE)).to_have_count(0)

    approver = open_browser().new_page()
    log_in(approver, address, "penyetuju")
    approve(approver, address, pictures)
    writer.goto(manuscript)
    writer.get_by_role("button", name="Tampilkan/sembunyikan status").click()
    expect(writer.get_by_text("Terbit pukul").first).to_be_visible()

    reader.goto(f"{address}/berita/")
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(reader.get_by_text("KPU BANTEN - Senin, 23 November 2026 -")).to_be_visible()
    expect(reader.get_by_text(WORDS)).to_be_visible()
    expect(reader.get_by_alt_text(ALT).first).to_be_visible()
    reader.screenshot(path=pictures / "pembaca-artikel-360.png", full_page=True)
