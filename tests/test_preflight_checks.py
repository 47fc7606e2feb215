"""What a writer is told of a manuscript, and what is left in peace: each check by itself."""

import datetime as dt
import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cms.moderation.checks import Level, Place
from news.blocks import cells
from news.preflight import (
    completeness,
    gambling,
    links,
    neutrality,
    personal,
    sentences,
    tables,
    titles,
    wording,
)
from news.preflight.article import (
    Article,
    DeadEnds,
    Heading,
    Link,
    Markup,
    Picture,
    QuietPeriod,
    Role,
    Surroundings,
    Table,
)
from news.preflight.checking import CHECKS, findings
from news.preflight.words import SHARED_TERMS
from tests.manuscript import TODAY, codes, manuscript, mended, only

many = settings(max_examples=100, deadline=None)
HERE = Place("body.x", "Di sini")

# --- personal data


@st.composite
def identity_numbers(draw) -> str:
    province = draw(st.sampled_from([11, 31, 32, 36, 73, 94]))
    day = draw(st.integers(1, 31)) + draw(st.sampled_from([0, 40]))
    rest = draw(st.integers(0, 9999))
    place, month, year = draw(st.integers(0, 9999)), draw(st.integers(1, 12)), draw(st.integers(0, 99))
    digits = f"{province}{place:04}{day:02}{month:02}{year:02}{rest:04}"
    gap = draw(st.sampled_from(["", " ", ".", "-"]))
    return gap.join(digits[start : start + 4] for start in range(0, 16, 4))


@many
@given(identity_numbers(), st.sampled_from(["NIK {}.", "nomor KK: {}", "({})", "{} atas nama warga"]))
def test_writer_is_kept_from_publishing_an_identity_number(number, around):
    words = around.format(number)
    found = only(personal.check_personal_data, manuscript(words))
    assert (found.code, found.level) == ("personal_data", Level.ERROR)
    after = mended(words, found.fixes[0])
    assert list(personal.check_personal_data(manuscript(after))) == []


@pytest.mark.parametrize(
    "words",
    ["NIK 3601012345670001", "NIK: 9999999999999999", "nik_3601012345670001", "KK nomor 3601-0123-4567-0001"],
)
def test_sixteen_digits_after_their_name_are_found_however_they_are_built(words):
    assert only(personal.check_personal_data, manuscript(words)).code == "personal_data"
    number = words.split(" ", 1)[-1].removeprefix("nik_")
    assert (
        number.startswith("KK")
        or list(personal.check_personal_data(manuscript(f"Kode {words[-16:]}x"))) == []
    )


@many
@example(62_800_000_000, "")
@given(st.integers(10**9, 10**15 - 1), st.sampled_from(["Rp", "", "sebanyak "]))
def test_writer_may_publish_amounts_of_any_size(amount, before):
    words = f"Anggaran {before}{cells.shown(amount)} disetujui."
    assert list(personal.check_personal_data(manuscript(words))) == []


@pytest.mark.parametrize(
    "number",
    [
        "0812-3456-7890",
        "081234567890",
        "+62 812 3456 7890",
        "62812 3456 789",
        "0857 1234 5678",
        "081.234.567.890",
    ],
)
def test_writer_is_kept_from_publishing_a_mobile_number(number):
    words = f"Hubungi {number} sebelum Jumat."
    found = only(personal.check_personal_data, manuscript(words))
    assert found.level == Level.ERROR
    assert "blok Kontak" in found.message
    assert number not in mended(words, found.fixes[0])


@pytest.mark.parametrize(
    "words",
    [
        "Telepon kantor (0254) 200-000 atau 021-3193 7223.",
        "Nomor 214/PL.02.1-Pu/3673/2026 tanggal 2 Oktober 2026.",
        "Sebanyak 9.178.930 pemilih; 0,812 persen.",
        "Anggaran Rp3.604.120.405.800.001 disetujui.",
        "Kode wilayah 36.73.01.1001 dan resi 8123456.",
        "NIP 198005042006041002.",
        "Tulis ke humas@kpu.go.id atau ppid@banten.kpu.go.id.",
        "Hari lahir Pancasila, 1 Juni 1945, diperingati. Ia lahir di Serang.",
        "Pahlawan itu lahir di Serang, 4 Mei 1890.",
        "Berkas WhatsApp Image 2022-05-25 at 10.00.00.jpeg.",
    ],
)
def test_writer_may_publish_what_is_nobodys_secret(words):
    assert list(personal.check_personal_data(manuscript(words))) == []


def test_writer_is_kept_from_publishing_private_mail_and_warned_of_other():
    found = list(
        personal.check_personal_data(manuscript("Tulis ke budi.s@gmail.com atau tu@sekolah.sch.id."))
    )
    assert [each.level for each in found] == [Level.ERROR, Level.WARNING]


def test_the_offices_own_number_and_contact_block_are_public():
    around = Surroundings(contacts=frozenset({"081234567890", "layanan@gmail.com"}))
    words = "WhatsApp layanan 0812-3456-7890, layanan@gmail.com."
    assert list(personal.check_personal_data(manuscript(words, around=around))) == []
    contact = {Role.CONTACT: "0857 1111 2222"}
    assert list(personal.check_personal_data(manuscript(said=contact))) == []
    contact = {Role.CONTACT: "3604120405800001"}
    assert codes(personal.check_personal_data(manuscript(said=contact))) == ["personal_data"]


@pytest.mark.parametrize(
    "words",
    [
        "Budi lahir di Serang, 4 Mei 1980.",
        "Tempat/tanggal lahir: Serang, 4 Mei 1980",
        "TTL: Serang, 4 Mei 1980",
        "lahir pada tanggal 4/5/1980",
    ],
)
def test_writer_is_kept_from_publishing_a_birth_date(words):
    found = only(personal.check_personal_data, manuscript(words))
    assert mended(words, found.fixes[0]).rstrip(".").endswith("1980")
    assert "Mei" not in mended(words, found.fixes[0])


@pytest.mark.parametrize(
    "role", [Role.FILE, Role.ALT, Role.ADDRESS, Role.CAPTION, Role.SHARED, Role.VERBATIM]
)
def test_personal_data_is_found_beside_the_text_too(role):
    words = {Role.FILE: "KTP_3604120405800001.jpg", Role.ADDRESS: "tel:081234567890"}.get(
        role, "NIK 3604120405800001"
    )
    found = only(personal.check_personal_data, manuscript(said={role: words}))
    assert bool(found.fixes) == (role not in {Role.FILE, Role.ADDRESS})


# --- what is missing


def test_writer_without_a_lead_is_offered_the_first_sentences():
    words = "Rapat pleno terbuka digelar di Serang pada hari Rabu pagi. Semua anggota hadir. " + "Kata " * 60
    found = only(completeness.check_lead, manuscript(words.strip()))
    assert found.level == Level.ERROR
    lead = found.fixes[0].value
    assert found.fixes[0].path == "lead"
    assert lead.startswith("Rapat pleno terbuka digelar di Serang pada hari Rabu pagi. Semua anggota hadir.")
    assert len(lead) <= completeness.LEAD_MAX
    assert lead.endswith(".")


def test_writer_is_offered_whole_sentences_or_none():
    long = f"Rapat pleno terbuka digelar {'di Serang dan sekitarnya ' * 12}pada Rabu."
    found = only(completeness.check_lead, manuscript(f"{long} Semua anggota hadir. {long}"))
    assert found.fixes[0].value == "Semua anggota hadir."
    assert not only(completeness.check_lead, manuscript(long)).fixes


@pytest.mark.parametrize("kind", ["announcement", "notice", "gallery"])
def test_a_notice_without_a_lead_is_only_warned(kind):
    assert only(completeness.check_lead, manuscript(kind=kind)).level == Level.WARNING


def test_writer_is_asked_for_section_and_unit():
    found = list(completeness.check_filing(manuscript(has_section=False, author_unit="")))
    assert [each.code for each in found] == ["missing_section", "missing_author"]
    assert found[1].fixes[0].value == "Humas KPU Provinsi Banten"
    assert list(completeness.check_filing(manuscript())) == []


@pytest.mark.parametrize("alt", ["", "  ", "IMG_20220525_1000", "foto-rapat.jpg"])
def test_writer_is_asked_to_describe_every_picture(alt):
    article = manuscript(pictures=(Picture(HERE, alt),))
    assert (only(completeness.check_alt, article).code, only(completeness.check_alt, article).level) == (
        "missing_alt",
        Level.ERROR,
    )
    assert list(completeness.check_alt(manuscript(pictures=(Picture(HERE, "Ketua membuka rapat"),)))) == []


def test_news_lives_by_a_picture_tags_and_a_voice():
    assert codes(completeness.check_news(manuscript("Rapat dibuka."))) == [
        "missing_image",
        "missing_tags",
        "no_direct_quote",
    ]
    spoken = "\u201cKami mengajak warga memeriksa datanya sendiri,\u201d kata Ketua."
    assert codes(completeness.check_news(manuscript(spoken, has_hero=True, tag_count=2))) == []
    assert codes(completeness.check_news(manuscript("Syarat.", kind="guide"))) == []


def test_files_alone_are_no_article():
    assert codes(completeness.check_summary(manuscript("Unduh.", file_count=2))) == ["pdf_no_summary"]
    assert codes(completeness.check_summary(manuscript("kata " * 30, file_count=2))) == []


# --- titles


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("Integritas 24 Jam untuk Pemilu 2024", "Integritas dijaga.", ["24 Jam"]),
        ("KPU: 9.178.930 Pemilih Tercatat", "Tercatat 9178930 pemilih.", []),
        ("6 Foto dari Simulasi", "Enam foto dari simulasi.", []),
        ("Alat Peraga ke 29 Kecamatan", "Disalurkan ke 28 kecamatan.", ["29 Kecamatan"]),
        ("HUT ke-76 di Serang", "Peringatan.", []),
        ("54,31 Persen Hadir", "Hadir 54,31 persen.", []),
    ],
)
def test_a_number_in_the_title_has_to_be_in_the_text(title, text, found):
    assert [each.found for each in titles.check_claims(manuscript(text, title=title))] == found


def test_a_shouted_title_is_calmed_with_one_click():
    found = only(
        titles.check_shouting,
        manuscript(title="KPU BANTEN GELAR RAPAT PLENO DAN BIMTEK BAGI PPK DI KOTA SERANG"),
    )
    assert found.fixes[0].value == "KPU Banten Gelar Rapat Pleno dan Bimtek bagi PPK di Kota Serang"
    for title in ("KPU RI dan DKPP Bertemu", "PPK, PPS, KPPS", "Rapat Pleno", "KPPS KPU DKPP PPID"):
        assert list(titles.check_shouting(manuscript(title=title))) == []


def test_a_long_title_is_cut_off_on_a_phone():
    assert codes(titles.check_length(manuscript(title="x" * 71))) == ["title_long"]
    assert codes(titles.check_length(manuscript(title="x" * 70))) == []


# --- sentences and words


def test_a_paragraph_of_eighty_words_may_stay_and_one_more_is_offered_a_break():
    assert codes(sentences.check_paragraphs(manuscript("kata " * 80))) == []
    words = "Kalimat pertama " + "kata " * 38 + "selesai. Kalimat kedua " + "kata " * 38 + "selesai."
    found = only(sentences.check_paragraphs, manuscript(words))
    assert (found.fixes[0].action, found.fixes[0].old[:13]) == ("split", "Kalimat kedua")


def test_sentences_end_where_a_reader_stops():
    text = "Rp. 5 juta untuk Drs. H. Ahmad, M.Si. dan No. 5. Rapat ditutup! \u201cSelesai?\u201d Ya."
    assert sentences.sentences(text)[-3:] == ["Rapat ditutup!", "\u201cSelesai?", "Ya."]


def test_long_sentences_are_counted_and_the_longest_shown():
    words = f"Pendek. Kata{' kata' * 30}. Lagi{' kata' * 35}."
    found = only(sentences.check_sentences, manuscript(words))
    assert "2 kalimat" in found.message
    assert "36 kata" in found.message


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("Inovasi kedepannya penting.", "Inovasi ke depannya penting."),
        ("Kedepannya, semua lancar.", "Ke depannya, semua lancar."),
        ("Momentum bulan syawal tiba.", "Momentum bulan Syawal tiba."),
        ("Bagikan lewat whatapps saja.", "Bagikan lewat WhatsApp saja."),
        ("Ijin diberikan.", "Izin diberikan."),
        ("Selaku keynote speaker ia hadir.", "Selaku pembicara kunci ia hadir."),
        ("Rapat di di Serang.", "Rapat di Serang."),
        ("Bertempat di Di Kota Serang.", "Bertempat di Kota Serang."),
        ("Bawaslu, , dan KPU hadir.", "Bawaslu, dan KPU hadir."),
        ("Rapat selesai..", "Rapat selesai."),
        ("Rapat dibuka , lalu ditutup .", "Rapat dibuka, lalu ditutup."),
    ],
)
def test_writer_mends_a_slip_with_one_click(words, right):
    checks = (wording.check_terms, wording.check_twice, wording.check_punctuation)
    for _click in range(3):
        found = [each for check in checks for each in check(manuscript(words))]
        if not found:
            break
        words = mended(words, found[0].fixes[0])
    assert re.sub(r"\s+", " ", words) == right


@pytest.mark.parametrize(
    "words",
    [
        "Bulan Syawal, WhatsApp, ke depannya, dan di mana.",
        "Ikuti instagram.com/kpubanten atau @online_kpu dan email-nya.",
        "Bora Bora dan Pago Pago jauh.",
        "Begitulah... lalu hening \u2026 Apa?! Skor 2 : 1.",
        "Anak-anak dan kupu-kupu.",
        "SYAWAL ITU BULAN.",
        "Nilai 5,5 dan pukul 08.00\u201315.30 WIB.",
        "Ramadhan Pohan hadir bersama Dimanasari.",
    ],
)
def test_writer_of_good_words_is_left_in_peace(words):
    checks = (wording.check_terms, wording.check_twice, wording.check_punctuation)
    assert [each for check in checks for each in check(manuscript(words))] == []


def test_what_others_said_is_printed_as_they_said_it():
    article = manuscript(said={Role.VERBATIM: "Kedepannya di di mana mana , ,"})
    assert [each for check in CHECKS if check.__module__.endswith("wording") for each in check(article)] == []


def test_an_article_in_another_language_is_not_judged_by_indonesian_words():
    article = manuscript("The keynote speaker will update the event.", is_indonesian=False)
    assert list(wording.check_terms(article)) == []


def test_an_office_may_know_no_words_at_all():
    article = manuscript("kedepannya", around=Surroundings(terms=()))
    assert list(wording.check_terms(article)) == []


# --- neutrality


def test_contestants_are_named_at_any_time_but_in_a_quiet_period():
    words = "Paslon 01 dan Hartini Wijaya hadir."
    assert list(neutrality.check_neutrality(manuscript(words))) == []
    period = QuietPeriod("Masa tenang Pilkada", TODAY, TODAY, ("Hartini Wijaya",))
    around = Surroundings(quiet_periods=(period,))
    found = list(neutrality.check_neutrality(manuscript(words, around=around)))
    assert [(each.level, each.found) for each in found] == [
        (Level.ERROR, "Hartini Wijaya"),
        (Level.ERROR, "Paslon 01"),
    ]
    assert "Masa tenang Pilkada" in found[0].message
    later = manuscript(words, around=around, goes_out=TODAY + dt.timedelta(days=1))
    assert list(neutrality.check_neutrality(later)) == []


@pytest.mark.parametrize(
    "words",
    ["Ayo coblos nomor 2!", "Pilih paslon nomor urut 1.", "Dialah calon terbaik.", "Ia menang telak."],
)
def test_words_that_take_sides_are_a_warning_at_any_time(words):
    assert only(neutrality.check_neutrality, manuscript(words)).level == Level.WARNING


@pytest.mark.parametrize(
    "words",
    [
        "Coblos satu kali pada nomor, nama, atau foto.",
        "Pasangan calon nomor urut diundi.",
        "Pemilih memilih calon anggota DPD.",
    ],
)
def test_teaching_voters_takes_no_side(words):
    assert list(neutrality.check_neutrality(manuscript(words))) == []


# --- tables


def table(*rows: str, has_total: bool = True) -> Article:
    cut = tuple(tuple(row.split("|")) for row in rows)
    return manuscript(tables=(Table(HERE, "Rekap", cut, has_total),))


@many
@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), min_size=2, max_size=8), st.data())
def test_a_table_that_adds_up_is_left_in_peace_and_one_changed_total_is_found(numbers, data):
    rows = [[f"Kec {at}", left, right, left + right] for at, (left, right) in enumerate(numbers)]
    sums = ["Jumlah", *(sum(row[column] for row in rows) for column in (1, 2, 3))]
    grid = [["Kecamatan", "Laki-laki", "Perempuan", "Jumlah"], *rows, sums]
    shown = [[cells.shown(cell) for cell in row] for row in grid]
    article = manuscript(tables=(Table(HERE, "Rekap", tuple(map(tuple, shown)), True),))
    assert list(tables.check_sums(article)) == []
    column = data.draw(st.integers(1, 3))
    off = data.draw(st.integers(-(10**5), 10**5))
    wrong = sums[column] + off
    assume(off and wrong >= 0)
    shown[-1][column] = cells.shown(wrong)
    found = list(
        tables.check_sums(manuscript(tables=(Table(HERE, "Rekap", tuple(map(tuple, shown)), True),)))
    )
    assert {each.code for each in found} == {"sum_mismatch"}
    assert cells.shown(sums[column]) in {fix.value for each in found for fix in each.fixes}


def test_writer_reads_what_is_written_and_what_the_sum_is():
    found = only(tables.check_sums, table("Kecamatan|Pemilih", "Serang|1.200", "Curug|300", "Jumlah|1.600"))
    assert "Kolom “Pemilih”: tertulis 1.600, hasil penjumlahan 1.500 (selisih 100)" in found.message
    assert found.level == Level.ERROR


def test_a_row_that_does_not_add_up_among_rows_that_do():
    article = table("Kec|L|P|Jumlah", "A|1|2|3", "B|4|5|9", "C|6|7|14", "D|1|1|2", has_total=False)
    assert "Baris “C”: tertulis 14, hasil penjumlahan 13" in only(tables.check_sums, article).message
    article = table("Kec|TPS|L|P|Jumlah", "A|9|1|2|3", "B|8|4|5|9", "C|7|6|7|14", has_total=False)
    assert "hasil penjumlahan 13" in only(tables.check_sums, article).message


@pytest.mark.parametrize(
    "rows",
    [
        ("Kec|TPS|L|P|Jumlah", "A|9|1|2|3", "B|8|4|5|9", "Jumlah|17|5|7|12"),  # TPS are no voters
        ("Kec|Pemilih|Persen", "A|1.000|50,5", "B|1.000|60,5", "Jumlah|2.000|55,5"),
        ("Kec|Tahun|Pemilih", "A|2025|10", "B|2026|20", "Jumlah||30"),
        ("Kec|Catatan", "A|baik", "B|cukup", "Jumlah|2"),
        ("Kec|L|P|Jumlah", "A|1|2|3", "Subjumlah|1|2|3", "B|1|1|2", "Jumlah|2|3|5"),
        ("Layanan|Semula|Menjadi", "Surat|Loket|Daring", "Izin|Loket|Daring"),
        ("Kec|Bagian", "A|33,3", "B|33,3", "C|33,3", "Jumlah|100,0"),
        ("Kec|Nilai", "A|1", "B|2"),
        ("Kec|Nilai", "A|-", "B|2", "Jumlah|2"),
    ],
)
def test_a_table_without_a_wrong_sum_is_left_in_peace(rows):
    assert list(tables.check_sums(table(*rows, has_total=rows[-1].startswith("Jumlah")))) == []


# --- links, headings, gambling


def test_links_that_lead_nowhere_hold_an_article_back():
    dead = DeadEnds(
        pages=frozenset({1}), unread_pages=frozenset({2}), documents=frozenset({3}), urls=frozenset({"/x/"})
    )
    given_links = (
        Link(HERE, page_id=1, words="satu"), Link(HERE, page_id=2), Link(HERE, document_id=3), Link(HERE, url="/x/"),
        Link(HERE, page_id=9), Link(HERE, url="https://bps.go.id/"),
    )  # fmt: skip
    found = list(links.check_links(manuscript(links=given_links, around=Surroundings(dead=dead))))
    assert [each.level for each in found] == [Level.ERROR, Level.WARNING, Level.ERROR, Level.ERROR]


def test_a_subsection_needs_a_section_above_it():
    lonely = Heading(Place("body.h.level", "Judul bagian 1"), 3, "Rincian", False)
    found = only(
        links.check_headings,
        manuscript(headings=(lonely, Heading(HERE, 3, "Lain", True), Heading(HERE, 2, "B", False))),
    )
    assert (found.fixes[0].path, found.fixes[0].value) == ("body.h.level", "2")


@pytest.mark.parametrize(
    "url",
    [
        "https://slotgacor88.com/", "https://www.zeus-slot.site", "http://kab-x.go.id/slot-gacor/daftar", "https://bandartogel.net",
        "https://judi-online.example", "https://m.sbobet.asia/", "https://x.example/rtp-live", "https://totomacau.org",
    ],
)  # fmt: skip
def test_links_to_gambling_are_found(url):
    article = manuscript(links=(Link(HERE, url=url, words="klik"),))
    assert only(gambling.check_addresses, article).level == Level.ERROR


@pytest.mark.parametrize(
    "url",
    [
        "https://kominfo.go.id/berantas-judol", "https://timeslot.example/", "https://www.totolink.net/", "https://bps.go.id/",
        "https://lotte.co.id/", "https://www.youtube.com/watch?v=slot", "https://alphabet.com/", "/berita/2026/11/x/",
        "https://banten.kpu.go.id/bahaya-judi-bagi-pemilih/",
    ],
)  # fmt: skip
def test_links_to_other_places_are_no_gambling(url):
    assert list(gambling.check_addresses(manuscript(links=(Link(HERE, url=url),)))) == []


def test_advertising_words_are_found_and_news_about_gambling_is_not():
    news = "KPU mengimbau pegawai menjauhi judi online; judol merusak. Slot waktu wawancara penuh."
    assert list(gambling.check_words(manuscript(news))) == []
    found = list(gambling.check_words(manuscript("Daftar slot gacor hari ini, pasti maxwin!")))
    assert {each.level for each in found} == {Level.ERROR}
    assert (
        only(gambling.check_words, manuscript("Peretas menulis slot gacor di laman.")).level == Level.WARNING
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p style="display:none">x</p>', '<p>a<span style="font-size:0px">b</span></p>',
        '<div style="position:absolute;left:-9999px">c</div>',
        "<p hidden>d</p>", '<iframe src="https://x.example"></iframe>', '<p style="height:0;overflow:hidden">e</p>',
    ],
)  # fmt: skip
def test_hidden_text_is_found(html):
    assert only(gambling.check_hidden, manuscript(markup=(Markup(HERE, html),))).code == "hidden_text"


@pytest.mark.parametrize(
    "html", ["<p>Biasa <b>tebal</b></p>", '<p style="max-height:0.5em">x</p>', "<p>hidden: 0</p>"]
)
def test_plain_text_hides_nothing(html):
    assert list(gambling.check_hidden(manuscript(markup=(Markup(HERE, html),)))) == []


# --- all together


@many
@given(st.text(max_size=200), st.text(max_size=120), st.text(max_size=40))
def test_no_text_makes_the_checks_stumble(prose, title, cell):
    rows = (("Kec", "L", "P", "Jumlah"), ("A", cell, "1", "2"), (cell, "1", "2", cell))
    beside = dict.fromkeys(set(Role) - {Role.TITLE, Role.LEAD, Role.PROSE}, prose)
    article = manuscript(
        prose, title=title, event_date=TODAY, said=beside,
        tables=(Table(HERE, "", rows, True),), links=(Link(HERE, url=prose),), markup=(Markup(HERE, prose),),
    )  # fmt: skip
    for finding in findings(article):
        assert finding.fingerprint


def test_the_same_slip_at_the_same_place_has_the_same_name_whatever_stands_around_it():
    first = only(wording.check_terms, manuscript("Inovasi kedepannya."))
    again = only(wording.check_terms, manuscript("Banyak kata baru. Inovasi kedepannya."))
    elsewhere = only(wording.check_terms, manuscript("Kalimat.", "Inovasi kedepannya."))
    assert first.fingerprint == again.fingerprint != elsewhere.fingerprint


def test_the_shared_list_contradicts_itself_nowhere():
    for term in SHARED_TERMS:
        again = manuscript(term.right, around=Surroundings(terms=SHARED_TERMS))
        assert [each.found for each in wording.check_terms(again)] == [], term
        assert term.wrong == term.wrong.lower()
    assert len({term.wrong for term in SHARED_TERMS}) == len(SHARED_TERMS)


def test_a_change_goes_to_the_occurrence_it_is_about():
    words = "Ijin itu ijin, bukan ijin."
    found = list(wording.check_terms(manuscript(words)))
    assert [each.nth for each in found] == [0, 0, 1]
    assert mended(words, found[2].fixes[0]) == "Ijin itu ijin, bukan izin."
