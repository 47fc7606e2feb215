"""A publisher dies while it carries files to a bucket: nothing is left out."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings

from tests.buckets import BUCKET, line_to, service

pytestmark = pytest.mark.django_db


@pytest.mark.proof
@pytest.mark.own_site
def test_publisher_killed_between_two_files_leaves_nothing_out(tmp_path, migrated_to):
    migrated_to(tmp_path / "db.sqlite3")
    with service() as s3, line_to(s3) as line:
        place = f"{line.address.removeprefix('http://')}/{BUCKET}/situs"
        shell = {"PATH": os.environ["PATH"], "VAR_ROOT": str(tmp_path)}
        shell["BUCKET_URL"] = f"s3+http://kunci:sandi@{place}"
        run(shell, "prepare").wait()
        run(shell, "open_office", *OFFICE).wait()
        for most in (3, 20):
            line.passed.clear()
            publisher = run(shell, "publish")
            line.refuses = killing(publisher, line, most)
            assert publisher.wait() == -signal.SIGKILL
        line.refuses = lambda method, path: False
        assert run(shell, "publish").wait() == 0
        assert run(shell, "publish", "--verify").wait() == 0


OFFICE = (
    *("--code", "36", "--name", "KPU Provinsi Banten", "--short-name", "KPU Banten"),
    *("--level", "provinsi", "--hostname", "localhost"),
)


def run(shell: dict[str, str], *command: str) -> subprocess.Popen[bytes]:
    """Begin `manage.py command` in an installation of its own."""
    return subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *command],
        env=shell,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def killing(publisher: subprocess.Popen[bytes], line, most: int):
    """Let the publisher die when `most` of the 47 files of a new office have been put."""

    def refuses(method: str, path: str) -> bool:
        if sum(method == "PUT" for method, _path in line.passed) < most:
            return False
        publisher.kill()
        return True

    return refuses
