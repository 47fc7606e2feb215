"""A reader opens the pages of an office."""

import pytest
from django.core.management import call_command


def test_reader_opens_an_article_with_four_queries(client, write, django_assert_max_num_queries):
    page = write("Rapat Pleno Terbuka")
    client.get(page.url)
    with django_assert_max_num_queries(4):
        answer = client.get(page.url)
    assert answer.status_code == 200


def test_reader_opens_the_index_with_eight_queries(client, write, django_assert_max_num_queries):
    for number in range(12):
        write(f"Rapat Pleno {number}")
    client.get("/berita/")
    with django_assert_max_num_queries(8):
        assert client.get("/berita/").status_code == 200


def test_reader_never_meets_a_draft(client, write):
    page = write("Naskah Rahasia", live=False)
    assert client.get(page.url_path.removeprefix("/kantor-36")).status_code == 404


@pytest.mark.django_db
def test_operator_finds_no_missing_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_reader_finds_an_article_at_one_address_only(client, write):
    page = write("Satu Alamat")
    assert client.get(page.url).status_code == 200
    assert client.get("/berita/satu-alamat/").status_code == 404
