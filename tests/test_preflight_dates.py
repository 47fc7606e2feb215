"""A writer's slip in a date is found whatever way it is written, and a right date is left in peace."""

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cms.moderation.checks import Level
from news.dates import MONTHS, WEEKDAYS
from news.preflight import hijri
from news.preflight.article import Role
from news.preflight.season import check_season
from news.preflight.timing import check_order, check_relative
from news.preflight.weekdays import check_possible, check_weekdays, propose
from news.written_dates import DayClaim, dates_with_weekday, plain_dates
from tests.manuscript import TODAY, codes, manuscript, mended, only

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31))
# As KPU offices write them; {w} weekday, {d} day, {dd} with two digits, {m} month, {n} and {nn} its number, {y} year.
WHOLE = (
    "{w}, {d} {m} {y}", "{w} {d} {m} {y}", "{w},{d} {m} {y}", "{w} ({dd}/{nn}/{y})", "{w} ({d}/{n}/{y})",
    "{w}, {dd}-{nn}-{y}", "{w}, {dd}.{nn}.{y}", "{w}, ({d} {m} {y})", "{w} pagi, {d} {m} {y}",
    "{w} malam ({d}/{n}/{y})", "{w} tanggal {d} {m} {y}", "{w} tanggal {d} bulan {m} tahun {y}",
    "{w} Pon, {d} {m} {y}", "{w}, {d}-{m}-{y}", "{d} {m} {y} ({w})", "{w} pukul 09.00 WIB, {d} {m} {y}",
)  # fmt: skip
SHORT = ("{w} ({d}/{n})", "{w} ({dd}/{nn})")
WITHOUT_YEAR = ("{w}, {d} {m}", "{w} {d} {m}")
AROUND = ("{}", "KPU BANTEN - {} - Rapat dibuka.", "Rapat digelar pada hari {}, di Serang.", "Rapat ({}).")
MONTH_SPELLINGS = {
    2: ("Februari", "Pebruari", "Feb"),
    11: ("November", "Nopember", "Nov"),
    8: ("Agustus", "Agt"),
}
WEEKDAY_SPELLINGS = {4: ("Jumat", "Jum'at", "Jum\u2019at"), 6: ("Minggu", "Ahad")}
many = settings(max_examples=150, deadline=None)


@st.composite
def written(draw, forms: tuple[str, ...], day: dt.date, weekday: int) -> str:
    """A date as somebody writes it, with this weekday."""
    month = draw(st.sampled_from(MONTH_SPELLINGS.get(day.month, (MONTHS[day.month - 1],))))
    name = draw(st.sampled_from(WEEKDAY_SPELLINGS.get(weekday, (WEEKDAYS[weekday],))))
    said = draw(st.sampled_from(forms)).format(
        w=name, d=day.day, dd=f"{day.day:02}", m=month, n=day.month, nn=f"{day.month:02}", y=day.year
    )
    cased = draw(st.sampled_from([said, said.upper(), said if "Minggu" in said else said.lower()]))
    return draw(st.sampled_from(AROUND)).format(cased)


@many
@given(st.data(), DAYS)
def test_writer_with_a_right_weekday_is_left_in_peace_in_any_spelling(data, day):
    words = data.draw(written((*WHOLE, *SHORT, *WITHOUT_YEAR), day, day.weekday()))
    article = manuscript(words, event_date=day)
    assert len(list(dates_with_weekday(words))) == 1, words
    assert list(check_weekdays(article)) == []
    assert list(check_possible(article)) == []


@many
@given(st.data(), DAYS, st.integers(1, 6))
def test_writer_with_a_wrong_weekday_is_told_in_any_spelling(data, day, off):
    named = (day.weekday() + off) % 7
    words = data.draw(written((*WHOLE, *SHORT), day, named))
    found = only(check_weekdays, manuscript(words, event_date=day))
    assert (found.code, found.level) == ("weekday_mismatch", Level.ERROR)
    assert WEEKDAYS[day.weekday()] in found.message
    assert found.found in words


@many
@given(st.data(), DAYS, st.integers(1, 6))
def test_every_date_proposed_has_the_weekday_that_was_named_and_every_click_mends(data, day, off):
    named = (day.weekday() + off) % 7
    words = data.draw(written(WHOLE, day, named))
    found = only(check_weekdays, manuscript(words, event_date=day))
    *proposals, renaming = found.fixes
    assert proposals
    for fix in found.fixes:
        after = mended(words, fix)
        assert list(check_weekdays(manuscript(after, event_date=day))) == [], after
        claim = next(dates_with_weekday(after)).days[0]
        assert claim.weekday == (day.weekday() if fix is renaming else named)


@many
@given(DAYS, st.integers(1, 12))
def test_writer_who_slips_in_the_month_finds_the_day_that_was_meant(day, wrong_month):
    assume(wrong_month != day.month)
    claim = DayClaim(day.weekday(), day.day, wrong_month, day.year)
    assert propose(claim, day.year, (), reference=day)[0] == day


@many
@given(DAYS, st.integers(0, 6), st.integers(1, 12))
def test_days_in_the_season_the_text_names_come_first(day, weekday, month):
    days = propose(DayClaim(weekday, day.day, day.month, day.year), day.year, [month], reference=day)
    fits = [month in hijri.months_near(each) for each in days]
    assert fits == sorted(fits, reverse=True)
    assert all(each.weekday() == weekday for each in days)


@many
@given(DAYS, st.integers(-150, 150), st.sampled_from(WITHOUT_YEAR))
def test_a_day_without_its_year_lies_near_the_event(event, away, form):
    day = event + dt.timedelta(away)
    words = form.format(w=WEEKDAYS[day.weekday()], d=day.day, m=MONTHS[day.month - 1])
    assert list(check_weekdays(manuscript(words, event_date=event))) == []


@many
@given(st.text(alphabet=st.sampled_from("SeninRabuJumatMinggu 0123456789/.,()-\nMeiMaret"), max_size=60))
def test_no_text_makes_the_reading_of_dates_stumble(words):
    article = manuscript(words, event_date=TODAY)
    for check in (check_weekdays, check_possible, check_season, check_relative):
        list(check(article))


@pytest.mark.parametrize(
    "words",
    [
        "Kantor buka Senin\u2013Jumat pukul 08.00\u201315.30 WIB.",
        "Rapat Rabu 09.00 WIB di aula.",
        "Selama dua minggu 1 Maret dikenang.",
        "Nomor 214/PL.02.1-Pu/3673/2026 ditetapkan Jumat.",
        "Kamis-Jumat (21-22/4/2022) dan Sabtu-Minggu, 30 April-1 Mei 2022.",
        "Senin s.d. Rabu, 23 s.d. 25 Mei 2022.",
        "Sabtu dan Minggu (21 dan 22 Mei 2022).",
        "Rabu, 14 Februari adalah hari pemungutan suara.",  # of 2024
    ],
)
def test_writer_is_not_told_of_what_is_no_slip(words):
    assert list(check_weekdays(manuscript(words, event_date=dt.date(2023, 5, 2)))) == []


def test_writer_learns_which_end_of_a_span_is_wrong():
    found = only(check_weekdays, manuscript("Pelatihan digelar Kamis-Sabtu (21-22/4/2022)."))
    assert "22 April 2022 jatuh pada hari Jumat, bukan Sabtu" in found.message
    assert found.fixes == ()


@pytest.mark.parametrize("words", ["31 Februari 2022", "Rabu, 31 Juni 2022", "31/04/2022"])
def test_writer_learns_that_a_day_is_in_no_calendar(words):
    article = manuscript(f"Rapat digelar {words} di Serang.")
    found = only(check_possible, article)
    assert (found.code, found.level) == ("impossible_date", Level.ERROR)
    assert list(check_weekdays(article)) == []


def test_writer_is_offered_the_wednesday_in_syawal_before_the_one_in_march():
    article = manuscript(
        "Rapat digelar Rabu, 25 Maret 2022, dalam suasana bulan syawal.", event_date=dt.date(2022, 3, 25)
    )
    labels = [fix.label for fix in only(check_weekdays, article).fixes]
    assert labels == [
        "Rabu, 25 Mei 2022 (cocok dengan bulan Syawal)",
        "Rabu, 23 Maret 2022",
        "Ganti harinya: Jumat, 25 Maret 2022",
    ]


def test_a_printed_dateline_is_mended_by_the_date_of_the_event():
    article = manuscript(
        said={Role.DATELINE: "KPU BANTEN - Rabu, 25 Maret 2022 - "}, event_date=dt.date(2022, 3, 25)
    )
    fixes = only(check_weekdays, article).fixes
    assert {(fix.action, fix.path) for fix in fixes} == {("set", "event_date")}
    assert "25/05/2022" in {fix.value for fix in fixes}


# --- the Hijri calendar


@many
@given(DAYS)
def test_hijri_days_follow_each_other(day):
    year, month, number = hijri.hijri(day)
    after = hijri.hijri(day + dt.timedelta(days=1))
    assert 1 <= month <= 12
    assert after == (year, month, number + 1) or (number in {29, 30} and after[2] == 1)


@pytest.mark.parametrize(
    ("announced", "month"),  # by Indonesia's ministry of religion
    [
        ((2020, 5, 24), 10), ((2021, 5, 13), 10), ((2022, 4, 3), 9), ((2022, 5, 2), 10), ((2022, 7, 30), 1),
        ((2023, 4, 22), 10), ((2024, 3, 12), 9), ((2024, 4, 10), 10), ((2025, 3, 1), 9), ((2025, 3, 31), 10),
    ],
)  # fmt: skip
def test_first_days_announced_in_indonesia_are_within_a_day(announced, month):
    first = dt.date(*announced)
    assert month in hijri.months_near(first)
    assert (month - 2) % 12 + 1 in hijri.months_near(first - dt.timedelta(days=1))


def test_writer_who_speaks_of_syawal_in_march_is_asked_about_the_date():
    article = manuscript("Momentum bulan syawal masih terasa.", event_date=dt.date(2022, 3, 25))
    found = only(check_season, article)
    assert (found.code, found.level) == ("season_mismatch", Level.WARNING)
    assert "Syakban 1443 H" in found.message
    assert (
        list(check_season(manuscript("Momentum bulan syawal masih terasa.", event_date=dt.date(2022, 5, 25))))
        == []
    )


@pytest.mark.parametrize(
    "words",
    [
        "Persiapan dilakukan menjelang bulan Ramadan.",
        "Kegiatan digelar setelah bulan Syawal.",
        "Setiap bulan Rajab warga berkumpul.",
        "Rapat berikutnya di bulan Ramadan mendatang.",
        "Pada bulan Syawal, tepatnya 25 Mei 2022, mereka bertemu.",
        "Bapak Rajab dan Ibu Safar hadir.",
        "Sejak bulan Muharam 1440 ia menjabat.",
    ],
)
def test_writer_may_speak_of_another_season(words):
    assert list(check_season(manuscript(words, event_date=dt.date(2022, 3, 25)))) == []


# --- order, and days nobody knows tomorrow


@pytest.mark.parametrize(("away", "found"), [(1, ["date_order"]), (0, []), (-7, []), (-8, ["date_order"])])
def test_writer_is_asked_about_an_event_after_its_news_or_long_before(away, found):
    article = manuscript("Rapat.", event_date=TODAY + dt.timedelta(away))
    assert codes(check_order(article)) == found


def test_day_an_old_text_came_out_follows_its_event_with_one_click():
    event = TODAY + dt.timedelta(61)
    old = only(check_order, manuscript("Rapat.", event_date=event, is_day_alone=True))
    assert [(fix.action, fix.path, fix.value) for fix in old.fixes] == [
        ("set", "published_at", "25/01/2027 00:00")
    ]
    assert only(check_order, manuscript("Rapat.", event_date=event)).fixes == ()


def test_an_old_article_is_not_asked_why_it_came_late():
    event = TODAY - dt.timedelta(days=30)
    assert codes(check_order(manuscript("Rapat.", event_date=event, is_new=False))) == []
    assert (
        codes(check_order(manuscript("Rapat.", event_date=TODAY + dt.timedelta(9), kind="announcement")))
        == []
    )


def test_writer_adds_the_date_to_today_with_one_click():
    words = "Hari ini rapat dibuka. Kegiatan hari ini ditutup doa."
    first, second = check_relative(manuscript(words, event_date=TODAY))
    assert first.level == Level.INFO
    once = mended(words, first.fixes[0])
    assert once == "Hari ini, Rabu (25/11/2026) rapat dibuka. Kegiatan hari ini ditutup doa."
    assert only(check_relative, manuscript(once, event_date=TODAY)).found == "hari ini"
    assert second.fixes[0].value == "hari ini, Rabu (25/11/2026)"


@pytest.mark.parametrize(
    "words",
    [
        "\u201cHari ini kami belajar banyak,\u201d ujarnya.",
        "Rapat dibuka hari ini (25/11/2026).",
        "Besok, Kamis, rapat ditutup.",
    ],
)
def test_writer_may_quote_and_date_today(words):
    assert list(check_relative(manuscript(words, event_date=TODAY))) == []


def test_no_date_is_added_while_the_text_contradicts_itself():
    words = "Hari ini, rapat dibuka. Rabu, 25 Maret 2022."
    found = only(check_relative, manuscript(words, event_date=dt.date(2022, 3, 25)))
    assert found.fixes == ()


def test_full_dates_are_read_without_a_weekday():
    assert [day for _words, _start, day in plain_dates("Lahir 4 Mei 1980, dilantik 1/6/2022.")] == [
        dt.date(1980, 5, 4),
        dt.date(2022, 6, 1),
    ]
