"""A newcomer can rely on the rules of the house."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from wagtail.models import Page, get_page_models

ROOT: Path = settings.BASE_DIR
BANNED_NAMES = {"utils", "helpers", "core", "base", "common", "misc"}
# Modules over 250 lines, each with the reason it stays whole.
LONG_MODULES = {
    "cms/settings.py": "one file of settings is the rule",
    "news/models.py": "an article is one table",
    "news/blocks/data.py": "blocks are declarations, a family a module",
    "news/blocks/media.py": "blocks are declarations, a family a module",
    "cms/api/viewsets.py": "one class for each kind of answer of the stock API",
    "home/demo/figures.py": "drawings, each short",
    "home/demo/scenery.py": "drawings, each short",
    "home/demo/scenes.py": "drawings, each short",
}


def tracked(*patterns: str) -> list[Path]:
    """The files of the repository that match; all of them in an unpacked archive without git."""
    git = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if git.returncode == 0:
        return [ROOT / name for name in git.stdout.split("\0") if name and (ROOT / name).is_file()]
    away = {".venv", "var", ".git"}
    found = (path for pattern in patterns or ("*",) for path in ROOT.rglob(pattern))
    return [path for path in found if path.is_file() and not away & set(path.relative_to(ROOT).parts)]


def modules() -> list[Path]:
    """Our own modules, without migrations and tests."""
    aside = {"migrations", "tests"}
    return [path for path in tracked("*.py") if not aside & set(path.relative_to(ROOT).parts)]


def test_a_module_has_one_job_of_a_size_one_can_read():
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}
    long = {name for name, size in sizes.items() if size > 250}
    assert long <= LONG_MODULES.keys(), "split it, or give its reason in LONG_MODULES"


def test_a_module_says_its_job_in_its_first_line():
    silent = [
        str(path)
        for path in modules()
        if path.read_text().strip() and not path.read_text().startswith(('"""', "#!"))
    ]
    assert silent == []


def test_a_name_says_what_a_thing_is():
    names = {path.stem for path in modules()} | {path.parent.name for path in modules()}
    assert not names & BANNED_NAMES
    classes = re.findall(r"^class (\w+)", "\n".join(path.read_text() for path in modules()), re.MULTILINE)
    assert [name for name in classes if name.startswith("Custom") or name.endswith("Manager")] == []


OUR_PAGES = [
    model for model in get_page_models() if not model.__module__.startswith("wagtail") and model is not Page
]


@pytest.mark.parametrize("model", OUR_PAGES, ids=lambda model: model.__name__)
def test_a_page_type_says_where_it_may_stand_and_has_a_template(model):
    assert "parent_page_types" in vars(model)
    assert "subpage_types" in vars(model)
    assert get_template(model.template).template.environment


def test_no_page_type_brings_its_own_table_of_pages():
    assert all(model._meta.get_parent_list()[-1] is Page for model in OUR_PAGES)


def test_no_template_carries_script_or_style_of_its_own():
    inline = re.compile(
        r"<style|<script(?![^>]*\b(src|type=\"application/(ld\+)?json\"))|\son\w+=\"|\sstyle=\"",
        re.IGNORECASE,
    )
    guilty = [str(path.relative_to(ROOT)) for path in tracked("*.html") if inline.search(path.read_text())]
    assert [name for name in guilty if name not in {"templates/500.html"}] == []


def test_no_page_loads_anything_from_another_host():
    away = re.compile(
        r"<(?:script|img|iframe|source|video|audio)[^>]*\ssrc=\"https?:|<link[^>]*\shref=\"https?:|@import|url\(\s*['\"]?https?:"
    )
    files = [*tracked("*.html"), *tracked("*.css")]
    assert [str(path) for path in files if away.search(path.read_text())] == []


def test_no_template_of_the_admin_hides_a_public_one():
    public = {path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*.html")}
    inside = [
        Path(config.path) / "templates"
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in {"cms", "home", "news", "search"}
    ]
    hidden = {path.relative_to(folder) for folder in inside for path in folder.rglob("*.html")} & public
    assert hidden == set()


def test_the_locks_name_no_address_and_pin_every_package_by_hash():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert not re.search(r"https?:|file:|--index|--find-links|/(opt|tmp|root)/", text)
        for package in re.split(r"\n(?=[a-z])", text.strip()):
            assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+", package)
            assert "--hash=sha256:" in package


def test_no_file_names_a_machine_or_a_private_registry():
    # In parts, so that this file passes its own test.
    private = re.compile(
        "|".join(
            ["/" + "opt/pypi", "/" + "work/main", "/" + "tmp/lab", "/" + "root/", "extra-index" + "-url"]
        )
    )
    text = [
        path
        for path in tracked()
        if path.suffix in {".py", ".md", ".txt", ".toml", ".html", ".po", ".js", ".css", ""}
    ]
    assert [
        str(path.relative_to(ROOT)) for path in text if private.search(path.read_text(errors="replace"))
    ] == []
