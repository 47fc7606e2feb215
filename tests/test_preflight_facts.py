"""What a manuscript says against what the office knows: its register of posts, and the tables of the text itself."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cms.moderation.checks import Level, Place, run_checks
from news.models import NewsArticlePage, NewsIndexPage, Officeholder
from news.preflight import figures, names
from news.preflight.article import Appointment, Role, Surroundings, Table
from tests.manuscript import TODAY, manuscript, mended, only

many = settings(max_examples=100, deadline=None)
HERE = Place("body.x", "Di sini")
OLD = Appointment(
    "Mochammad Afifudin", "Ketua KPU Provinsi Banten", dt.date(2018, 5, 24), dt.date(2023, 5, 23)
)
NEW = Appointment("Siti Rahmawati", "Ketua KPU Provinsi Banten", dt.date(2023, 5, 24))
CITY = Appointment("Hasyim Asy'ari", "Ketua KPU Kota Serang", dt.date(2020, 1, 1))
REGISTER = (OLD, NEW, CITY)


def registered(*prose: str, register=REGISTER, said=None, **fields):
    """Return a manuscript of an office with this register."""
    return manuscript(*prose, said=said, around=Surroundings(appointments=register), **fields)


# --- names


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Mochamad Afifudin", OLD.name),
        ("Mochammad Afifuddin", OLD.name),
        ("Hasyim Asyari", CITY.name),
        ("Siti Rachmawati", NEW.name),
    ],
)
def test_writer_is_offered_the_registered_spelling_of_a_name(written, right):
    words = f"Rapat dibuka {written} di Serang."
    found = only(names.check_spelling, registered(words))
    assert found.level == Level.WARNING
    assert f"“{written}” tertulis lain dari daftar pejabat: “{right}”" in found.message
    assert mended(words, found.fixes[0]) == f"Rapat dibuka {right} di Serang."


@pytest.mark.parametrize(
    "words",
    [
        "Rapat dibuka Mochammad Afifudin.",
        "Rapat dibuka MOCHAMMAD AFIFUDIN.",
        "Rapat dibuka Hasyim Asy\u2019ari.",  # the apostrophe a phone writes
        "Rapat dibuka Siti Rahmadani.",  # somebody else
        "Rapat dibuka Sita Rahmawati, Siti, Mochammad, dan Afifuddin.",
        "Rapat dibuka Siti, Rachmawati, dan lainnya.",
        "siti rachmawati",  # no name: small letters
    ],
)
def test_a_name_that_is_right_or_another_is_left_in_peace(words):
    assert list(names.check_spelling(registered(words))) == []


def test_two_people_of_nearly_one_name_are_both_right():
    twins = (NEW, Appointment("Siti Rahmawaty", "Sekretaris KPU Banten", NEW.starts))
    assert (
        list(names.check_spelling(registered("Siti Rahmawati dan Siti Rahmawaty hadir.", register=twins)))
        == []
    )


@many
@given(st.data())
def test_whatever_letter_is_changed_the_registered_name_is_offered_and_ends_the_warning(data):
    name = data.draw(st.sampled_from(["Mochammad Afifudin", "Siti Rahmawati"]))
    first = name.index(" ") + 2
    at = data.draw(st.integers(first, len(name) - 1))
    changed = name[:at] + data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz")) + name[at + 1 :]
    assume(changed != name)
    words = f"Hadir pula {changed}."
    found = only(names.check_spelling, registered(words))
    assert mended(words, found.fixes[0]) == f"Hadir pula {name}."
    assert list(names.check_spelling(registered(mended(words, found.fixes[0])))) == []


def test_a_witness_is_quoted_as_he_spoke_and_a_signature_is_checked():
    said = {Role.VERBATIM: "Mochamad Afifudin hadir", Role.NAME: "Mochamad Afifudin"}
    assert only(names.check_spelling, registered(said=said)).place.path == Role.NAME.value


# --- posts


@pytest.mark.parametrize(
    "words",
    [
        "Ketua KPU Banten Mochammad Afifudin membuka rapat.",
        "Ketua KPU Provinsi Banten, Mochammad Afifudin, membuka rapat.",
        "Ketua Komisi Pemilihan Umum Provinsi Banten, Bapak Mochammad Afifudin, hadir.",
        "Mochammad Afifudin, Ketua KPU Banten, membuka rapat.",
        "Mochammad Afifudin, S.Sos., M.Si. selaku Ketua KPU Banten membuka rapat.",
        "Mochammad Afifudin (Ketua KPU Prov. Banten) membuka rapat.",
    ],
)
def test_writer_hears_that_somebody_no_longer_holds_the_post(words):
    found = only(names.check_posts, registered(words))
    assert (found.code, found.level) == ("name_at_date", Level.WARNING)
    assert "menjabat Ketua KPU Provinsi Banten 24 Mei 2018 sampai 23 Mei 2023" in found.message
    assert "bukan pada 25 November 2026" in found.message
    assert NEW.name in mended(words, found.fixes[0])


def test_writer_hears_who_held_the_post_on_the_day_the_event_was():
    words = "Ketua KPU Banten Siti Rahmawati membuka rapat."
    found = only(names.check_posts, registered(words, event_date=dt.date(2022, 5, 25)))
    assert "sejak 24 Mei 2023, bukan pada 25 Mei 2022" in found.message
    assert mended(words, found.fixes[0]) == "Ketua KPU Banten Mochammad Afifudin membuka rapat."
    stranger = registered("Ketua KPU Banten Hasyim Asy'ari membuka rapat.")
    assert "adalah Siti Rahmawati, bukan Hasyim Asy'ari" in only(names.check_posts, stranger).message


@pytest.mark.parametrize(
    "words",
    [
        "Ketua KPU Banten Siti Rahmawati membuka rapat.",
        "Mantan Ketua KPU Banten Mochammad Afifudin hadir.",
        "Mochammad Afifudin, Ketua KPU Banten ketika itu, ikut merumuskannya.",
        "Ketua KPU Banten periode 2018-2023 ialah Mochammad Afifudin, Ketua KPU Banten yang dikenang.",
        "Wakil Ketua KPU Banten Mochammad Afifudin hadir.",  # a post nobody has registered
        "Ketua KPU Kabupaten Serang Siti Rahmawati hadir.",  # nor this one: Serang has a city and a regency
        "Ketua KPU Banten dan Mochammad Afifudin hadir.",
        "Ketua KPU Banten hadir.",
    ],
)
def test_a_post_rightly_held_or_of_another_time_is_left_in_peace(words):
    assert list(names.check_posts(registered(words))) == []


def test_an_office_without_a_register_hears_nothing_of_names():
    article = registered("Ketua KPU Banten Mochamad Afifudin hadir.", register=())
    assert [*names.check_posts(article), *names.check_spelling(article)] == []


@many
@given(st.integers(-900, 900), st.integers(0, 900))
def test_a_holder_is_doubted_exactly_outside_the_days_of_office(starts, length):
    first = TODAY + dt.timedelta(starts)
    held = Appointment("Siti Rahmawati", "Ketua KPU Banten", first, first + dt.timedelta(length))
    found = list(names.check_posts(registered("Ketua KPU Banten Siti Rahmawati hadir.", register=(held,))))
    assert bool(found) is not (held.starts <= TODAY <= held.ends)


def screen(name: str, *arguments: object) -> str:
    """Return the address of a screen of the register."""
    return reverse(Officeholder.snippet_viewset.get_url_name(name), args=arguments)


@pytest.mark.django_db
def test_an_editor_keeps_the_register_for_the_own_office(client, office, other_office, colleague):
    client.force_login(colleague("Penyunting", office))
    fields = {
        "site": office.get_site().pk, "name": " Siti  Rahmawati ", "position": "Ketua KPU Banten",
        "starts": "24/05/2023", "ends": "", "includes_below": "on",
    }  # fmt: skip
    assert client.post(screen("add"), fields).status_code == 302
    entry = Officeholder.objects.get()
    assert (entry.name, entry.ends, entry.includes_below) == ("Siti Rahmawati", None, True)
    assert "sudah ada di daftar" in client.post(screen("add"), fields).text
    assert "tidak boleh mendahului" in client.post(screen("add"), fields | {"ends": "23/05/2023"}).text
    assert client.post(screen("add"), fields | {"site": other_office.get_site().pk}).status_code == 200
    client.force_login(colleague("Penyunting", other_office))
    assert client.get(screen("edit", entry.pk)).status_code == 302
    assert "Siti" not in client.get(screen("list")).text


@pytest.mark.django_db
def test_a_regency_is_checked_by_the_register_of_the_province_and_not_the_other_way(office, other_office):
    entry = Officeholder.objects.create(
        site=office.get_site(),
        name="Siti Rahmawati",
        position="Ketua KPU Banten",
        starts=dt.date(2023, 5, 24),
    )
    lead = "Ketua KPU Banten Siti Rachmawati membuka rapat pleno terbuka di Serang."
    assert name_is_doubted(office, lead)
    assert name_is_doubted(other_office, lead)
    entry.site = other_office.get_site()
    entry.save()
    assert not name_is_doubted(office, lead)
    assert name_is_doubted(other_office, lead)


def name_is_doubted(home, lead: str) -> bool:
    """Ask whether a new article of an office with this lead gets a word about a name."""
    index = NewsIndexPage.objects.child_of(home).get()
    page = index.add_child(instance=NewsArticlePage(title="Rapat", lead=lead, live=False))
    return "name_at_date" in {found.code for found in run_checks(page)}


# --- figures


def table(*rows: str) -> Table:
    """Return a table written with bars between its cells."""
    return Table(HERE, "Rekap", tuple(tuple(row.split("|")) for row in rows), True)


VOTERS = table(
    "Daerah|Laki-laki|Pemilih",
    "Kota Cilegon|165.355|332.871",
    "Lebak|520.310|1.038.402",
    "Jumlah|685.665|1.371.273",
)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("Pemilih di Kota Cilegon tercatat 332.817 orang.", "332.871"),
        ("Pemilih di Lebak berjumlah 1.038.412 orang.", "1.038.402"),
        ("Total pemilih 1.371.237 orang.", "1.371.273"),
        ("Seluruhnya ada 1.371.373 pemilih.", "1.371.273"),
    ],
)
def test_writer_is_kept_from_a_figure_that_slipped_from_its_table(words, right):
    found = only(figures.check_figures, manuscript(words, tables=(VOTERS,)))
    assert (found.code, found.level) == ("sum_mismatch", Level.ERROR)
    assert right in found.message
    assert right in mended(words, found.fixes[0])
    assert list(figures.check_figures(manuscript(mended(words, found.fixes[0]), tables=(VOTERS,)))) == []


@pytest.mark.parametrize(
    "words",
    [
        "Pemilih di Kota Cilegon tercatat 332.871 orang, di Lebak 1.038.402 orang.",
        "Pemilih di Kota Cilegon naik dari 332.817 orang.",
        "Pemilih di Kota Cilegon tercatat 332.871 orang; pleno mencoret 332.817 lembar.",  # both are named
        "Pada Pemilu 2019 pemilih Kota Cilegon tercatat 332.817 orang.",
        "Sekitar 332.870 pemilih Kota Cilegon terdaftar.",
        "Kota Serang mencatat 332.817 pemilih.",  # another row
        "Kota Cilegon menerima 298.100 lembar surat suara.",  # another thing
        "Kota Cilegon pada 2026 memakai 1.032 TPS.",
    ],
)
def test_a_figure_about_something_else_is_left_in_peace(words):
    assert list(figures.check_figures(manuscript(words, tables=(VOTERS,)))) == []


@many
@given(st.integers(1_000, 9_999_999), st.data())
def test_any_one_wrong_digit_is_found_and_mended(number, data):
    right = f"{number:,}".replace(",", ".")
    at = data.draw(st.sampled_from([place for place, letter in enumerate(right) if letter != "." and place]))
    wrong = right[:at] + data.draw(st.sampled_from("0123456789")) + right[at + 1 :]
    assume(wrong != right)
    words = f"Lebak mencatat {wrong} pemilih."
    rows = table("Daerah|Pemilih", f"Lebak|{right}")
    found = only(figures.check_figures, manuscript(words, tables=(rows,)))
    assert mended(words, found.fixes[0]) == f"Lebak mencatat {right} pemilih."
