"""What an article keeps and what follows from it, whatever an editor does."""

import datetime as dt

from django.urls import reverse

from home.models import HomePage
from news.models import NewsArticlePage


def test_editor_copies_an_imported_article_as_a_new_text(client, superuser, index, write):
    page = write("Berita Lama", legacy_url="https://lama.example/1", legacy_view_count=33)
    client.force_login(superuser)
    fields = {
        "new_title": "Salinan",
        "new_slug": "salinan",
        "new_parent_page": index.pk,
        "publish_copies": "on",
    }
    answer = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields)
    assert answer.status_code == 302
    copied = NewsArticlePage.objects.get(slug="salinan")
    assert (copied.legacy_url, copied.legacy_view_count) == ("", 0)


def test_reader_keeps_the_address_after_an_edit(write):
    page = write("Rapat Pleno", published_at=dt.datetime(2022, 5, 25, 13, tzinfo=dt.UTC))
    page.lead = "Teras yang baru, cukup panjang untuk dibaca dan dipahami oleh siapa pun yang membukanya."
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.url_path.endswith("/berita/2022/05/rapat-pleno/")


def test_month_of_an_address_is_that_of_the_office(office, write):
    office.timezone = HomePage.Zone.WIT
    office.save()
    page = write("Tengah Malam", published_at=dt.datetime(2026, 10, 31, 15, 30, tzinfo=dt.UTC))
    assert "/2026/11/" in page.url_path


def test_editor_cannot_change_what_an_import_fixed(write):
    page = write(
        "Naskah Asal", legacy_url="https://lama.example/2", legacy_view_count=7, printed_dateline="SERANG -- "
    )
    revision = page.save_revision()
    revision.content |= {"legacy_view_count": 9_000, "printed_dateline": "LEBAK -- "}
    revision.save()
    revision.publish()
    page.refresh_from_db()
    assert page.legacy_view_count == 7
    assert page.printed_dateline == "SERANG -- "
