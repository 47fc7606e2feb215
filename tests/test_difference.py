"""What a manuscript changes, as its reader before publication sees it."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.newsroom import add_picture


@pytest.fixture
def review(client, office, person, submit):
    """Change a live article and open what its approver sees: `review(before, after)`, each a dict of fields."""

    def _review(before: dict, after: dict) -> str:
        writer, approver = person("nadia", "Penulis", office), person("ratna", "Penyetuju", office)
        state = submit(office, writer, live=True, **before)
        page = state.workflow_state.content_object.specific
        state.workflow_state.cancel(user=writer)
        for name, value in after.items():
            setattr(page, name, value)
        page.save_revision(user=writer)
        state = page.get_workflow().start(page, writer).current_task_state
        client.force_login(approver)
        html = client.get(reverse("moderation_review", args=[state.pk])).text
        return html.split('aria-labelledby="warta-difference"')[1].split('class="warta-review__side"')[0]

    return _review


def rows(html: str) -> list[tuple[str, str]]:
    """(state, words) of each row that is shown open."""
    parts = re.split(r'<div class="warta-row" data-state="(\w+)">', html)[1:]
    words = [" ".join(strip_tags(part.split("<details")[0]).split()) for part in parts[1::2]]
    return list(zip(parts[::2], words, strict=True))


def test_changed_words_are_marked_on_both_sides_by_more_than_colour(review):
    html = review(
        {}, {"lead": "KPU Provinsi Banten membuka rapat pleno terbuka di Serang bersama para tamu."}
    )
    assert '<del><span class="w-sr-only">dihapus: </span>menggelar</del>' in html
    assert '<ins><span class="w-sr-only">ditambah: </span>membuka</ins>' in html
    assert [state for state, _words in rows(html)] == ["changed"]
    assert "Teras" in html
    assert "isian lain tidak berubah" in html


def block(kind: str, value: object, key: str) -> dict:
    return {"type": kind, "value": value, "id": key}


def body(*blocks: dict) -> str:
    import json

    return json.dumps(blocks)


KEPT = block("paragraph", "<p>Tetap.</p>", "00000000-0000-4000-8000-000000000001")
GONE = block("paragraph", "<p>Pergi.</p>", "00000000-0000-4000-8000-000000000002")
OLD = block("paragraph", "<p>Dibuka <b>Senin</b> pagi.</p>", "00000000-0000-4000-8000-000000000003")
NEW = block("paragraph", '<p>Dibuka <i>Senin</i> <a href="https://kpu.example/">pagi</a>.</p>', OLD["id"])
COME = block("heading", {"text": "Acara", "level": "h2"}, "00000000-0000-4000-8000-000000000004")


def test_blocks_that_came_went_and_changed_are_told_apart_and_the_rest_is_folded(review):
    html = review({"body": body(KEPT, GONE, OLD)}, {"body": body(KEPT, NEW, COME)})
    states = [state for state, _words in rows(html)]
    assert sorted(states) == ["added", "changed", "removed"]
    assert "1 bagian tidak berubah" in html
    said = dict(rows(html))
    assert "Dihapus" in said["removed"]
    assert "Pergi." in said["removed"]
    assert "+ Ditambah" in said["added"]
    assert "Acara" in said["added"]
    # Emphasis and the aim of a link are content too.
    assert "*" in said["changed"]
    assert "https://kpu.example" in said["changed"]


def test_a_moved_block_is_said_to_be_moved(review):
    html = review({"body": body(KEPT, GONE, OLD)}, {"body": body(GONE, OLD, KEPT)})
    assert [state for state, _words in rows(html)] == ["moved"]


def test_pictures_are_shown_as_pictures(review, office):
    red, blue = add_picture("red"), add_picture("blue")
    html = review({"hero_image": red, "hero_alt": "Merah"}, {"hero_image": blue})
    assert html.count('<img class="warta-picture"') == 2
    assert "Foto red" in html
    assert "Foto blue" in html


def test_choices_days_and_sections_stand_in_words(review):
    import datetime as dt

    html = review({"kind": "news"}, {"kind": "announcement", "event_date": dt.date(2022, 5, 25)})
    assert "Rabu, 25 Mei 2022" in html
    assert "Pengumuman" in html
    assert "announcement" not in html


def test_article_that_was_never_live_is_shown_whole(client, office, person, submit):
    state = submit(office, person("nadia", "Penulis", office))
    client.force_login(person("ratna", "Penyetuju", office))
    html = client.get(reverse("moderation_review", args=[state.pk])).text
    assert "inilah seluruh naskahnya" in html
    assert "Rapat dibuka pukul sembilan pagi." in html
    assert "<ins>" not in html


def test_words_of_a_manuscript_cannot_write_the_screen(review):
    html = review({"lead": "Awal <script>alert(1)</script>"}, {"lead": "Akhir <script>alert(2)</script>"})
    assert "<script>" not in html
    assert "&lt;" in html
