"""What an article's body is made of: every block, as editors, readers, listeners and programs meet it."""

import csv
import io
import json
import re

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import example as also_of
from hypothesis import strategies as st
from wagtail.rich_text import RichText

from cms.publishing.lookup import Lookup
from news import body, richtext
from news.blocks import catalogue, cells, drawing, moments, shapes
from news.blocks.contract import Place
from news.blocks.sample import SampleLookup
from news.importing.shapes import read_body
from tests.block_examples import NAMES, example

WORDLESS = {"divider", "documents", "related"}
HOSTILE = "Tom & Jerry <script>alert(1)</script> \"kutip\" 'petik' > akhir"


def hostile(raw: object) -> object:
    """Return a raw value in which every text of a writer is hostile."""
    if isinstance(raw, dict):
        keep = {"type", "id", "provider", "style", "kind", "order", "level", "url", "verdict_code", "at"}
        return {key: value if key in keep else hostile(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [hostile(item) for item in raw]
    is_markup_or_date = isinstance(raw, str) and (raw.startswith("<p>") or re.match(r"\d{4}-", raw))
    return HOSTILE if isinstance(raw, str) and raw and not is_markup_or_date else raw


@pytest.mark.parametrize("name", NAMES)
def test_editor_finds_every_block_with_name_purpose_group_and_example(name, client, superuser):
    block = catalogue.block_of(name)
    assert block.label and block.get_description() and block.meta.group
    assert block.meta.icon != "placeholder"
    assert block.is_previewable
    client.force_login(superuser)
    answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    shown = re.search(r"<main[^>]*>(.*)</main>", answer.content.decode(), re.S)[1]
    assert "<" in shown and "None" not in shown


@pytest.mark.parametrize("name", NAMES)
def test_every_block_has_html_words_and_json(name, db):
    raw = example(name)
    html = body.render_block(name, raw, SampleLookup())
    assert html.strip()
    assert "style=" not in html and not re.search(r"<script(?![^>]*src=\"/static/)", html)
    words = catalogue.block_of(name).plain_text(raw)
    assert bool(words) is (name not in WORDLESS)
    assert "<" not in words
    told = body.represent([{"type": name, "value": raw, "id": "x"}], SampleLookup())
    assert json.loads(json.dumps(told))[0]["type"] == name


@pytest.mark.parametrize("name", NAMES)
def test_what_a_writer_types_is_shown_and_never_run(name, db):
    raw = hostile(example(name))
    html = body.render_block(name, raw, SampleLookup())
    assert "<script>" not in html
    assert "Jerry <" not in html
    assert "alert(1)</script>" not in html
    if name in {"quote", "heading", "list", "table", "contact"}:
        assert "Tom &amp; Jerry &lt;script&gt;" in html
    body.represent([{"type": name, "value": raw}], SampleLookup())


@pytest.mark.parametrize("name", NAMES)
def test_a_block_written_before_a_field_existed_still_shows(name, db):
    raw = example(name)
    if not isinstance(raw, dict):
        return
    for missing in raw:
        older = {key: value for key, value in raw.items() if key != missing}
        if catalogue.block_of(name).child_blocks[missing].required:
            continue
        body.render_block(name, older, SampleLookup())
        body.represent([{"type": name, "value": older}], SampleLookup())


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_example_comes_back_as_it_was(name, db):
    block = catalogue.block_of(name)
    raw = example(name)
    assert json.loads(json.dumps(block.get_prep_value(block.to_python(raw)), cls=DjangoJSONEncoder)) == raw


@pytest.mark.parametrize("name", NAMES)
def test_a_block_whose_pictures_and_files_are_gone_shows_the_rest(name, db):
    html = body.render_block(name, example(name), Lookup())
    assert "None" not in html


def test_loader_stores_items_with_ids_that_last():
    plain = {
        "items": [{"title": "Siapkan", "text": "<p>KTP.</p>"}, {"title": "Periksa", "text": "<p>Nama.</p>"}]
    }
    first, second = (shapes.stored(catalogue.block_of("steps"), plain, "berita/1") for _ in range(2))
    assert first == second
    assert len({item["id"] for item in first["items"]}) == 2
    block = catalogue.block_of("steps")
    assert block.get_prep_value(block.to_python(first)) == first


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
<p class="MsoNormal" style="margin-bottom:0cm"><b><span style="font-family:Arial;color:red">Rapat</span></b>
<font size="3">pleno&nbsp;terbuka</font><o:p>&nbsp;</o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><style>p.MsoNormal{margin:0}</style>
<p><a href="https://kpu.go.id/" target="_blank" style="color:blue">laman</a> &lt;resmi&gt;</p></body></html>"""


def test_text_from_word_leaves_no_junk(db):
    html = richtext.cleaned(WORD, tuple(catalogue.text.PARAGRAPH_FEATURES))
    shown = richtext.render_rich_text(html, Lookup())
    assert set(re.findall(r"</?(\w+)", shown)) == {"p", "b", "a"}
    assert "style" not in shown and "Mso" not in shown and "\u00a0" not in shown
    assert richtext.rich_text_as_text(html).split() == ["Rapat", "pleno", "terbuka", "laman", "<resmi>"]


def test_editor_pastes_from_word_and_the_form_keeps_only_words(db):
    block = catalogue.block_of("paragraph")
    plain = {"type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    pasted = {
        "blocks": [
            {
                "key": "a1", "type": "unstyled", "text": "Rapat\u200b pleno\u00a0terbuka", "depth": 0, "data": {},
                "inlineStyleRanges": [
                    {"offset": 0, "length": 5, "style": "BOLD"}, {"offset": 0, "length": 5, "style": "UNDERLINE"},
                ],
                "entityRanges": [],
            },
            {"key": "a2", "text": " \u00a0", **plain},
            {"key": "a3", "text": "Selesai <b>.", **plain},
        ],
        "entityMap": {},
    }  # fmt: skip
    typed = block.value_from_datadict({"body": json.dumps(pasted)}, {}, "body")
    shown = richtext.render_rich_text(block.clean(typed).source, Lookup())
    assert shown == "<p><b>Rapat</b> pleno terbuka</p><p>Selesai &lt;b&gt;.</p>"


@given(st.text(max_size=80))
def test_rich_text_never_shows_the_editors_keys(text):
    html = f'<p data-block-key="ab12c">{catalogue.text.as_paragraph(text)}</p>'
    assert "data-block-key" not in richtext.render_rich_text(html, Lookup(number=0)).replace(text, "")


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs")), max_size=80))
def test_words_of_a_paragraph_are_the_words_typed(text):
    stored = catalogue.text.as_paragraph(text)
    assert richtext.rich_text_as_text(stored) == text.strip()


def test_link_to_a_page_that_is_gone_keeps_its_words(write):
    page = write("Rapat Pleno")
    html = (
        f'<p><a id="{page.pk}" linktype="page">rapat</a> dan <a id="999999" linktype="page">lainnya</a></p>'
    )
    look = Lookup(host="localhost:8000")
    assert richtext.render_rich_text(html, look) == f'<p><a href="{page.url}">rapat</a> dan lainnya</p>'


cell = st.text(
    alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=12
)
grid = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(grid)
def test_cells_go_through_the_form_and_come_back(rows):
    assert cells.parse(cells.written(rows)) == rows


@given(grid)
def test_csv_holds_every_cell_of_the_table(rows):
    block = catalogue.block_of("table")
    file = block.data_file({**example("table"), "cells": rows}, Place(3))
    assert file.name == "tabel-3.csv"
    read = list(csv.reader(io.StringIO(file.content.removeprefix("\ufeff"), newline="")))
    assert read == [[cells.plain_number(text) or text for text in row] for row in rows]


@given(st.one_of(st.integers(-(10**15), 10**15), st.decimals(-(10**9), 10**9, places=2).map(float)))
def test_a_number_written_the_indonesian_way_is_read_back(number):
    assert cells.typed(cells.shown(number)) == number


def test_codes_and_phone_numbers_stay_text():
    for text in ("0012", "36.02", "08123456789", "3.1.2", "1.23", "54,31 %", "2026/2027", ""):
        assert cells.typed(text) == text


def test_reader_takes_a_table_away_as_csv(client, write):
    table = {**example("table"), "caption": "Rekapitulasi"}
    page = write("Rekapitulasi", body=json.dumps([{"type": "table", "value": table}] * 2))
    html = body.render_body(page.body.raw_data, Lookup(), base=page.url)
    assert f'href="{page.url}tabel-2.csv"' in html
    answer = client.get(f"{page.url}tabel-2.csv")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "Serang,83210,82145,165355" in answer.content.decode()
    assert client.get(f"{page.url}tabel-3.csv").status_code == 404
    assert client.get("/berita/tabel-1.csv").status_code == 404


def test_reader_gets_no_table_of_a_draft(client, write):
    page = write("Rahasia", live=False, body=json.dumps([{"type": "table", "value": example("table")}]))
    assert client.get(f"{page.url_path.removeprefix('/kantor-36')}tabel-1.csv").status_code == 404


@pytest.mark.parametrize("name", ["video", "audio", "embed"])
def test_reader_is_sent_to_no_other_host_before_a_click(name, db):
    html = body.render_block(name, example(name), SampleLookup())
    assert not re.findall(r"<(?:iframe|object|embed)", html)
    assert not [source for source in re.findall(r' (?:src|srcset|poster)="([^"]*)"', html) if "//" in source]
    assert re.search(r'<a class="opener[^>]* href="https://[^"]+"', html)


def test_embed_of_a_host_no_longer_allowed_becomes_a_link(db):
    html = body.render_block("embed", {"url": "https://lama.example/x", "title": "Lama"}, Lookup())
    assert '<a href="https://lama.example/x">Lama</a>' in html and "data-open" not in html


def test_a_script_address_never_becomes_a_link(db):
    raw = {**example("event"), "livestream": "javascript:alert(1)"}
    assert "javascript" not in body.render_block("event", raw, Lookup())


def test_headings_never_skip_a_level(db):
    raws = [{"type": "heading", "value": {"text": text, "level": level}} for text, level in
            (("Satu", "3"), ("Dua", "3"), ("Tiga", "2"), ("Empat", 3))]  # fmt: skip
    html = body.render_body(raws, Lookup())
    assert re.findall(r"<h(\d)>(\w+)", html) == [("2", "Satu"), ("3", "Dua"), ("2", "Tiga"), ("3", "Empat")]


def test_reader_reads_times_in_the_offices_zone(db):
    html = body.render_block("event", example("event"), Lookup())
    assert "Kamis, 1 Oktober 2026, pukul 09.00\u201312.30 WIB" in html
    assert 'datetime="2026-10-01T09:00:00+07:00"' in html


def test_pinned_update_stands_first_then_the_newest(db):
    entries = [
        {"at": f"2026-10-01T0{hour}:00:00+07:00", "title": title, "text": "<p>.</p>", "pinned": title == "B"}
        for hour, title in ((1, "A"), (2, "B"), (3, "C"))
    ]
    html = body.render_block("live_updates", {"order": "newest_first", "entries": entries}, Lookup())
    assert re.findall(r"<h3>(\w)</h3>", html) == ["B", "C", "A"]
    html = body.render_block("live_updates", {"order": "oldest_first", "entries": entries}, Lookup())
    assert re.findall(r"<h3>(\w)</h3>", html) == ["B", "A", "C"]


def test_spans_of_days_say_once_what_they_share():
    assert moments.days_text("2026-08-24", "2026-08-26") == "24\u201326 Agustus 2026"
    assert moments.days_text("2026-08-24", "2026-11-20") == "24 Agustus \u2013 20 November 2026"
    assert moments.days_text("2026-12-24", "2027-01-02") == "24 Desember 2026 \u2013 2 Januari 2027"
    assert moments.days_text("2026-08-24", None) == "24 Agustus 2026"


@given(st.integers(0, 400_000))
def test_a_length_of_play_survives_its_iso_form(seconds):
    assert (
        moments.seconds(moments.iso_duration(f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"))
        == seconds
    )


@settings(suppress_health_check=[HealthCheck.too_slow])
@also_of("column", [("a", 5e-324, 0.0), ("b", 0.0, 0.0)])
@given(
    st.sampled_from(["column", "bar", "line"]),
    st.lists(
        st.tuples(st.text(min_size=1, max_size=20), st.floats(-1e15, 1e15), st.floats(-1e15, 1e15)),
        min_size=2, max_size=12,
    ),
)  # fmt: skip
def test_no_mark_of_a_chart_leaves_the_drawing(kind, rows):
    labels, *series = (list(column) for column in zip(*rows, strict=True))
    if kind == "bar":
        series = [[abs(value) for value in values] for values in series]
    drawn = drawing.draw(kind, labels, series)
    for mark in [*drawn.rectangles, *drawn.points]:
        assert mark.x >= 0 and mark.x + mark.width <= 100.1
        assert mark.y >= 0 and mark.y + mark.height <= drawn.height + 0.1
        assert mark.width >= 0 and mark.height >= 0


def test_list_loses_the_bullets_it_was_copied_with():
    block = catalogue.block_of("list").child_blocks["items"]
    assert block.value_from_form("• Satu\n2. Dua\n\n- Tiga\n  Empat ") == ["Satu", "Dua", "Tiga", "Empat"]


def test_wagtails_own_api_tells_blocks_as_we_do(db):
    stream = catalogue.BODY_BLOCKS.to_python(
        [{"type": name, "value": example(name), "id": name} for name in NAMES]
    )
    told = catalogue.BODY_BLOCKS.get_api_representation(stream)
    assert [entry["type"] for entry in told] == NAMES
    json.dumps(told)


def test_claim_is_never_read_without_its_verdict(db):
    assert catalogue.block_of("claim_review").plain_text(example("claim_review")).startswith("Keliru: Warga")


def test_rich_text_keeps_its_words_when_tidied():
    assert RichText(richtext.tidy("<p>a\u00a0b</p><p> </p>")).source == "<p>a b</p>"


def test_operator_brings_in_quotes_lists_and_tables(db):
    raws = read_body(
        [
            {"type": "quote", "text": "Datanglah.", "by": "Ketua KPU"},
            {"type": "list", "items": ["Satu", "Dua"]},
            {"type": "table", "head": ["Wilayah", "TPS"], "rows": [["Serang", "165"]]},
        ],
        "berita/1",
    )
    html = body.render_body(raws, Lookup())
    for shown in ("<p>Datanglah.</p>", "<li>Dua</li>", '<th scope="row">Serang</th>'):
        assert shown in html
