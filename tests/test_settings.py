"""An operator sets the environment: every variable is documented, and a wrong value is answered in one line."""

import ast
import os
import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from cms import arriving

READERS = {"_text", "_number", "_names", "_hosts", "_folder", "_url"}
PRODUCTION = {
    "SECRET_KEY": "k7Jx-2mVq9ZrT4wLbNc8Yd6HsPf3GuAe5RiOoXyQtWvBnMlKjh",
    "ALLOWED_HOSTS": "kpu.example,.kpu.example",
    "BASE_URL": "https://cms.kpu.example",
}


def start(folder, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py command` with nothing but `variables` set, its state in `folder`."""
    environment = {"PATH": os.environ["PATH"], "VAR_ROOT": str(folder), **variables}
    return subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *(command or ("diffsettings",))],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def variables_read() -> set[str]:
    """The names settings.py reads from the environment."""
    tree = ast.parse((settings.BASE_DIR / "cms" / "settings.py").read_text())
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    named = [call.args[0] for call in calls if call.func.id in READERS and call.args]
    return {argument.value for argument in named if isinstance(argument, ast.Constant)}


def test_operator_finds_every_variable_in_the_readme_and_no_other():
    readme = (settings.BASE_DIR / "README.md").read_text()
    table = readme.partition("## Settings")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == variables_read()


WRONG = {
    "SECRET_KEY": "pendek",
    "ALLOWED_HOSTS": "https://kpu.example/",
    "BASE_URL": "kpu.example",
    "TRUSTED_PROXIES": "-1",
    "HOST": "rumah",
    "PORT": "delapan",
    "WORKERS": "0",
    "DATABASE_URL": "mysql://localhost/warta",
    "CACHE_URL": "di mana saja",
    "EMAIL_URL": "surel",
    "DEFAULT_FROM_EMAIL": "tanpa alamat",
    "VAR_ROOT": "/proc/warta",
    "LOG_LEVEL": "berisik",
    "BUCKET_URL": "https://s3.kpu.example/warta",
    "CDN_URL": "cdn.kpu.example",
}


# Values that can be read, and yet no site could run with.
HOLLOW = {
    "two workers on SQLite": ({"WORKERS": "2"}, "memerlukan PostgreSQL"),
    "two workers without a shared cache": (
        {"WORKERS": "2", "DATABASE_URL": "postgres://warta@localhost/warta"},
        "Isilah CACHE_URL",
    ),
    "a database without a name": ({"DATABASE_URL": "postgres://"}, "nama basis data"),
    "a mail server without a name": ({"EMAIL_URL": "smtp://"}, "nama server surel"),
    "a short older key": ({"SECRET_KEY_FALLBACKS": "pendek"}, "SECRET_KEY_FALLBACKS terlalu pendek"),
    "an address with a path": ({"BASE_URL": "https://kpu.example/cms"}, "BASE_URL harus"),
    "a bucket without a name": ({"BUCKET_URL": "s3://kunci:sandi@s3.kpu.example"}, "BUCKET_URL tidak dapat"),
    "a key without its secret": ({"BUCKET_URL": "s3://kunci@s3.kpu.example/warta"}, "beserta sandinya"),
    "a cache at a port that is none": ({"CDN_URL": "http://kpu.example:cdn"}, "CDN_URL harus seperti"),
    "a word for a number": ({"PORT": "abc"}, "PORT harus berupa bilangan 1 sampai 65535, bukan 'abc'."),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> dict[str, subprocess.CompletedProcess[str]]:
    """What the start answers to each wrong value, asked two at a time."""
    folder = tmp_path_factory.mktemp("var")
    asked = {name: {name: value} for name, value in WRONG.items()}
    asked |= {name: variables for name, (variables, _) in HOLLOW.items()}
    with ThreadPoolExecutor(2) as pool:
        answered = pool.map(lambda variables: start(folder, **variables), asked.values())
        return dict(zip(asked, answered, strict=True))


def sentence(answer: subprocess.CompletedProcess[str]) -> str:
    """The one line a start that was refused leaves."""
    assert answer.returncode != 0
    (line,) = answer.stderr.strip().splitlines()
    assert line.startswith("Warta tidak dapat dimulai: ")
    return line


@pytest.mark.parametrize("name", WRONG)
def test_operator_reads_one_line_about_a_wrong_value(answers, name):
    line = sentence(answers[name])
    assert name in line or WRONG[name] in line


@pytest.mark.parametrize("name", HOLLOW)
def test_operator_reads_one_line_about_a_value_that_cannot_work(answers, name):
    assert HOLLOW[name][1] in sentence(answers[name])


def test_a_secret_may_hold_any_character(tmp_path):
    ask = ("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.PUBLIC_BUCKET)")
    url = "s3://kunci:a%2Fb%2Bc%40@s3.kpu.example:9000/warta/situs/baru?region=id-1"
    assert ast.literal_eval(start(tmp_path, *ask, BUCKET_URL=url).stdout) == {
        "endpoint_url": "https://s3.kpu.example:9000",
        "bucket_name": "warta",
        "location": "situs/baru",
        "access_key": "kunci",
        "secret_key": "a/b+c@",
        "region_name": "id-1",
        "addressing_style": "path",
    }


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("http://127.0.0.1:6081", {"LOCATION": "http://127.0.0.1:6081"}),
        ("cloudflare://rahasia@0a1b", {"ZONEID": "0a1b", "BEARER_TOKEN": "rahasia"}),
        ("cloudfront://E2QWRUHAPOMQZL", {"DISTRIBUTION_ID": "E2QWRUHAPOMQZL"}),
    ],
)
def test_cache_of_each_kind_is_named_by_one_address(tmp_path, url, named):
    ask = ("shell", "--no-imports", "-c")
    code = "from django.conf import settings; print(settings.WAGTAILFRONTENDCACHE['default'])"
    answer = ast.literal_eval(start(tmp_path, *ask, code, CDN_URL=url).stdout)
    assert answer.pop("BACKEND").startswith("wagtail.contrib.frontend_cache.backends.")
    assert answer == named


def test_an_address_may_end_in_a_slash(tmp_path):
    ask = ("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.BASE_URL)")
    assert start(tmp_path, *ask, BASE_URL="http://localhost:8000/").stdout.strip() == "http://localhost:8000"


def test_a_public_site_does_not_start_without_a_key_of_its_own(tmp_path):
    answer = start(tmp_path, ALLOWED_HOSTS="kpu.example")
    assert "SECRET_KEY belum diisi" in answer.stderr
    assert answer.returncode != 0


def test_two_processes_that_start_at_once_share_one_key_only_its_owner_reads(tmp_path):
    ask = ("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.SECRET_KEY)")
    with ThreadPoolExecutor(2) as pool:
        keys = {answer.stdout for answer in pool.map(lambda _: start(tmp_path, *ask), range(2))}
    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 50
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("secret-key*")] == ["secret-key"]


def test_a_production_site_passes_every_deployment_check(tmp_path):
    answer = start(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("proxies", "header", "believed"),
    [
        (0, "198.51.100.9", "127.0.0.1"),
        (1, "203.0.113.7, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.7, 198.51.100.9", "203.0.113.7"),
        (2, "198.51.100.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_a_client_claims_is_believed_only_from_our_proxies(settings, proxies, header, believed):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": header})
    assert arriving.client_address(request) == believed


def test_every_answer_names_its_request_and_forbids_other_hosts(client, write):
    answer = client.get(write("Rapat").url)
    assert len(answer["X-Request-ID"]) == 36
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Content-Security-Policy"].count("frame-src 'self' https://www.youtube-nocookie.com ") == 1


@pytest.fixture
def send_too_much(settings, client, db):
    """Send a file larger than any may be: `send_too_much("/admin/images/add/", **headers)`."""
    settings.BODY_MAX_SIZE = 2000

    def _send(address: str, **headers: str) -> HttpResponse:
        return client.post(address, {"file": SimpleUploadedFile("film.mp4", b"x" * 5000)}, headers=headers)

    return _send


def test_an_editor_is_told_on_a_page_how_large_a_file_may_be(send_too_much):
    answer = send_too_much("/admin/images/add/")
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "paling besar 20,0\xa0MB tiap berkas" in page
    assert '<a class="button" href="/admin/images/add/">Kembali</a>' in page


def test_the_uploader_of_many_files_is_told_in_its_own_language(send_too_much):
    for address, status in (("/admin/documents/multiple/add/", 200), ("/admin/images/chooser/create/", 413)):
        answer = send_too_much(address, x_requested_with="XMLHttpRequest")
        assert answer.status_code == status
        assert "20,0\xa0MB" in answer.json()["error_message"]
        assert answer.json()["success"] is False


def test_a_flood_is_turned_away_unread(settings, rf):
    request = rf.post("/admin/", headers={"accept": "application/json"})
    request.META["CONTENT_LENGTH"] = str(arriving.SWALLOW_MAX + 1)
    assert arriving.limit_body(lambda _: HttpResponse())(request).status_code == 413
