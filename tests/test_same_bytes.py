"""An operator who builds a site twice, elsewhere, on another day and with other settings, gets the same tree."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from news.benchmarks.corpus import write_corpus

pytestmark = [pytest.mark.own_site, pytest.mark.proof]
ROOT = Path(__file__).parent.parent
AS_OF = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=3)
# What `manage.py` does, on a day `{days}` from now.
MANAGE = """
import datetime, os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings"
from django.utils import timezone
today, clock, later = timezone.now, time.time, datetime.timedelta(days={days})
timezone.now = lambda: today() + later
time.time = lambda: clock() + later.total_seconds()
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""
# Opens two offices and takes in the articles of each, in one process: only what is compared needs processes of its own.
FILL = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings"
import django
django.setup()
from django.core.management import call_command
call_command("prepare")
offices, files = map(json.loads, sys.argv[1:])
for office in offices:
    call_command("open_office", **office)
for office, file in zip(offices, files):
    call_command("import_articles", file, office=office["code"])
"""
OFFICES = (
    {
        "code": "36",
        "name": "KPU Provinsi Banten",
        "short_name": "KPU Banten",
        "level": "provinsi",
        "hostname": "banten.localhost",
    },
    {
        "code": "36.02",
        "name": "KPU Kabupaten Lebak",
        "short_name": "KPU Lebak",
        "level": "kabupaten",
        "hostname": "lebak.localhost",
        "parent_code": "36",
    },
)


def run(folder: Path, code: str, *arguments: str, cwd: Path = ROOT, **more: str) -> None:
    """Run Python in the installation at `folder`, with nothing of this shell's."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "VAR_ROOT": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run(command, cwd=cwd, env={**environment, **more}, check=True, stdout=subprocess.DEVNULL)


def manage(folder: Path, *arguments: str, cwd: Path = ROOT, days: int = 0, **more: str) -> None:
    """Do what `manage.py` does, on a day `days` from now."""
    run(folder, MANAGE.format(days=days), *arguments, cwd=cwd, **more)


def tree(folder: Path) -> dict[str, bytes]:
    hosts = [office["hostname"] for office in OFFICES]
    return {
        f"{host}/{path.relative_to((folder / host).resolve()).as_posix()}": path.read_bytes()
        for host in hosts
        for path in (folder / host).resolve().rglob("*")
        if path.is_file()
    }


def test_two_builds_of_one_database_are_the_same_byte_for_byte(tmp_path, migrated_to):
    migrated_to(tmp_path / "db.sqlite3")
    files = []
    for number, office in enumerate(OFFICES):
        files.append(str(tmp_path / f"{office['code']}.jsonl"))
        list(write_corpus(Path(files[-1]), 12 + number))
    run(tmp_path, FILL, json.dumps(OFFICES), json.dumps(files))
    as_of = AS_OF.isoformat()
    first, second, elsewhere = tmp_path / "public", tmp_path / "other" / "public", tmp_path / "elsewhere"
    elsewhere.mkdir()
    manage(
        tmp_path, "publish", "--all", "--as-of", as_of,
        days=4, PUBLIC_ROOT=str(first), PYTHONHASHSEED="1",
    )  # fmt: skip
    manage(
        tmp_path, "publish", "--all", "--as-of", as_of,
        cwd=elsewhere, days=6, PUBLIC_ROOT=str(second), PYTHONHASHSEED="2", TZ="Asia/Jayapura", LC_ALL="C",
    )  # fmt: skip
    one, other = tree(first), tree(second)
    assert len(one) > 200
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
