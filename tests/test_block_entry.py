"""What an editor pastes into blocks, and is told of a block that cannot be saved."""

import pytest

from news.blocks import catalogue, hosts
from tests.block_examples import example, refused


def test_editor_pastes_a_table_from_excel():
    block = catalogue.block_of("table").child_blocks["cells"]
    text = 'Kecamatan\tJumlah\r\n"Cipocok\nJaya"\t77.545\r\nCurug\t39.525\r\n\r\n'
    value = block.clean(block.value_from_datadict({"sel": text}, {}, "sel"))
    assert value == [["Kecamatan", "Jumlah"], ["Cipocok Jaya", "77.545"], ["Curug", "39.525"]]


def test_editor_is_told_which_row_of_a_table_is_short(db):
    assert "Baris 2 berisi 1 sel" in refused("table", cells=[["Kecamatan", "Jumlah"], ["Serang"]])


def test_editor_is_told_that_a_cell_holds_a_formula(db):
    assert "rumus" in refused("table", cells=[["Kecamatan", "Jumlah"], ["Serang", '=HYPERLINK("x")']])


def test_editor_is_told_that_a_table_has_no_rows(db):
    assert "paling sedikit satu baris" in refused("table", cells=[["Kecamatan", "Jumlah"]])


def test_editor_is_told_that_six_figures_are_the_most(db):
    figures = [{"value": str(number), "label": "pemilih"} for number in range(7)]
    assert "Paling banyak 6 butir; sekarang 7" in refused("key_figures", items=figures)


def test_editor_is_told_which_cell_of_a_chart_is_no_number(db):
    told = refused("chart", cells=[["Tahun", "Pemilih"], ["2024", "banyak"], ["2025", "12"]])
    assert "Baris 2: “banyak” bukan bilangan" in told


def test_editor_is_told_that_an_event_ends_before_it_begins(db):
    told = refused("event", start="2026-10-01T09:00:00+07:00", end="2026-10-01T08:00:00+07:00")
    assert "mendahului waktu mulai" in told


def test_editor_is_told_that_a_stage_ends_before_it_begins(db):
    told = refused(
        "timeline", items=[{"date": "2026-10-02", "end": "2026-10-01", "title": "Rapat", "text": ""}]
    )
    assert "“Rapat”: tanggal akhir mendahului" in told


def test_editor_is_told_that_nobody_can_be_reached(db):
    assert "Isi surel, telepon, atau alamat" in refused("contact", email="", phone="", address="")


def test_editor_is_told_that_a_file_name_describes_no_photo(db):
    assert "nama berkas" in refused("image", alt="IMG_20261001.jpg")


def test_editor_is_told_that_a_video_has_no_source(db):
    assert "Tempel tautan video YouTube" in refused("video", id="")
    assert "bukan tautan video YouTube" in refused("video", id="https://contoh.example/video")
    assert "Pilih berkas" in refused("video", provider="file")
    assert "jam:menit:detik" in refused("video", duration="lama")


def test_editor_pastes_any_form_of_a_youtube_address(db):
    block = catalogue.block_of("video")
    for address in (
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10s", "https://youtu.be/dQw4w9WgXcQ?si=abc",
        "https://www.youtube.com/live/dQw4w9WgXcQ", "https://m.youtube.com/shorts/dQw4w9WgXcQ", "dQw4w9WgXcQ",
    ):  # fmt: skip
        assert block.clean(block.to_python({**example("video"), "id": address}))["id"] == "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "address",
    [
        "https://judi.example/slot", "http://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://youtube.com.judi.example/",
        "https://www.google.com/search?q=x", "https://user@www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://xkpu.go.id.judi.example/", "https://xkpu.go.id/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_editor_is_told_what_may_be_embedded(address, db):
    assert hosts.frame_for(address) is None
    if address.startswith("http"):
        told = refused("embed", url=address)
        assert "Alamat ini tidak boleh disematkan" in told and "YouTube" in told
