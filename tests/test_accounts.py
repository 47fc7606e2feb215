"""People log in, are locked out, reset their passwords, and are kept by their administrator."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from cms.accounts.models import User

PASSWORD = "sandi-yang-panjang"


def sign_in(client, name, password=PASSWORD):
    return client.post("/admin/login/", {"username": name, "password": password})


def test_person_signs_in_by_name_or_by_address_however_capitalised(client, member):
    user = member("Editors")
    for name in (user.username, user.username.upper(), user.email, f" {user.email.title()} "):
        assert sign_in(client, name).url == "/admin/"
        client.logout()


def test_visitor_reads_the_sign_in_page_in_indonesian_whatever_the_browser_speaks(client, db):
    page = client.get("/admin/login/", headers={"accept-language": "en-US,en;q=0.9"}).content.decode()
    assert "Nama pengguna atau surel" in page
    assert "Wagtail" not in page.split("<main")[1]


def test_five_wrong_tries_by_name_and_by_address_lock_the_same_person_out(client, member):
    user = member("Editors")
    for name in (user.username, user.email, user.email.upper(), user.username):
        answer = sign_in(client, name, "salah")
        assert answer.status_code == 200
        assert "tidak cocok" in answer.content.decode()
    locked = sign_in(client, user.email, "salah")
    assert locked.status_code == 429
    assert "Tunggu 15 menit" in locked.content.decode()
    assert locked["Retry-After"] == "900"
    assert sign_in(client, user.username).status_code == 429  # the right password, too
    assert reverse("wagtailadmin_password_reset") in locked.content.decode()


def test_a_stranger_guessing_names_that_do_not_exist_is_locked_out_too(client, db):
    answers = [sign_in(client, "siapa", "salah").status_code for _ in range(5)]
    assert answers[-1] == 429


def test_locked_out_person_resets_the_password_by_mail_and_is_let_in(client, member):
    user = member("Editors")
    for _ in range(5):
        sign_in(client, user.username, "salah")
    assert client.get("/admin/password_reset/").status_code == 200
    assert (
        "surel" in client.post("/admin/password_reset/", {"email": user.email}, follow=True).content.decode()
    )
    [letter] = mail.outbox
    assert letter.subject == "Atur ulang kata sandi Warta"
    assert "berlaku satu jam" in letter.body
    assert user.username in letter.body
    assert not re.search(r"\b(please|password|username|link)\b", letter.body, re.I)
    link = re.search(r"http\S+(/admin/password_reset/confirm/\S+)", letter.body)[1]
    form = client.get(link, follow=True)
    assert "kata sandi" in form.content.decode()
    new = {"new_password1": "kata-rahasia-baru-7", "new_password2": "kata-rahasia-baru-7"}
    assert client.post(form.redirect_chain[-1][0], new, follow=True).status_code == 200
    assert sign_in(client, user.username, "kata-rahasia-baru-7").url == "/admin/"


def test_person_is_told_in_indonesian_why_a_new_password_is_weak(client, superuser):
    client.force_login(superuser)
    weak = {"username": "baru", "email": "baru@kpu.example", "first_name": "Sri"}
    answer = client.post("/admin/users/new/", weak | {"password1": "12345", "password2": "12345"})
    words = answer.content.decode()
    assert "terlalu pendek" in words
    assert "too short" not in words


def test_disabled_person_is_out_at_the_next_request(client, member):
    user = member("Editors")
    sign_in(client, user.username)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/admin/").url.startswith("/admin/login/")
    assert sign_in(client, user.username).status_code == 200


def test_administrator_keeps_people_with_their_position(client, superuser):
    client.force_login(superuser)
    person = {"username": "sri", "email": "sri@kpu.example", "first_name": "Sri", "position": "Staf Humas"}
    words = {"password1": "kata-rahasia-baru-7", "password2": "kata-rahasia-baru-7"}
    assert client.post("/admin/users/new/", person | words).status_code == 302
    assert User.objects.get(username="sri").position == "Staf Humas"
    listing = client.get("/admin/users/").content.decode()
    assert "Staf Humas" in listing
    assert "sri@kpu.example" in listing
    edit = client.get(f"/admin/users/edit/{User.objects.get(username='sri').pk}/").content.decode()
    assert 'value="Staf Humas"' in edit


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "ADMIN@kpu.example"}, "Alamat surel ini sudah dipakai"),
        ({"username": "ADMIN"}, "Nama pengguna ini sudah dipakai"),
        ({"email": ""}, "Isi alamat surel"),
        ({"email": "bukan-surel"}, "Tulis alamat surel yang lengkap"),
    ],
)
def test_administrator_is_told_why_a_person_cannot_be_added(client, superuser, fields, words):
    client.force_login(superuser)
    person = {"username": "sri", "email": "sri@kpu.example", "first_name": "Sri"} | fields
    person |= {"password1": "kata-rahasia-baru-7", "password2": "kata-rahasia-baru-7"}
    answer = client.post("/admin/users/new/", person)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert User.objects.count() == 1


def test_person_edits_own_name_and_position(client, member):
    user = member("Editors")
    client.force_login(user)
    page = client.get("/admin/account/").content.decode()
    assert 'name="name_email-position"' in page
    fields = {"first_name": "Sri", "last_name": "", "email": user.email, "position": "Kasubbag"}
    answer = client.post(
        "/admin/account/",
        {f"name_email-{name}": value for name, value in fields.items()}
        | {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
        | {"mail-when": "now"},
    )
    assert answer.status_code == 302
    user.refresh_from_db()
    assert (user.first_name, user.position) == ("Sri", "Kasubbag")


def test_person_with_a_stale_form_is_told_in_indonesian_what_to_do(db):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Formulir kedaluwarsa" in answer.content.decode()


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/password_reset/", "/admin/", "/admin/account/"])
def test_no_editing_screen_asks_another_host_for_anything(client, superuser, path):
    if path not in ("/admin/login/", "/admin/password_reset/"):
        client.force_login(superuser)
    page = client.get(path).content.decode()
    named = set(re.findall(r"""(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+)""", page))
    assert named <= {"www.w3.org", "www.enable-javascript.com"}, named


def test_every_time_zone_a_person_may_choose_is_one_browsers_know(client, member):
    client.force_login(member("Editors"))
    page = client.get("/admin/account/").text
    choices = page.split('name="locale-current_time_zone"')[1].split("</select>")[0]
    zones = set(re.findall(r'<option value="([^"]+)"', choices))
    assert zones == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "UTC"}
