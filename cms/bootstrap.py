"""From a fresh clone to an environment with the locked packages; run with `python -I`, needs nothing but Python."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NO_NETWORK = (
    "NewConnectionError",
    "ConnectTimeout",
    "ReadTimeout",
    "ProxyError",
    "Max retries",
    "from versions: none",
)


def _stop(message: str) -> None:
    sys.exit(f"Warta tidak dapat disiapkan: {message}")


def _require_writable(folder: Path) -> None:
    probe = folder / ".warta-probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        _stop(
            f"folder {folder} tidak dapat ditulisi ({error.strerror}). "
            "Pindahkan Warta ke folder milik Anda atau perbaiki izinnya."
        )


def create(venv: Path) -> None:
    """Make the virtual environment `venv` with this Python; leaves a broken one from before behind no more."""
    _require_writable(ROOT)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    try:
        import ensurepip  # noqa: F401
        import venv as _venv  # noqa: F401
    except ImportError:
        _stop(
            f"Python {version} ini tidak membawa modul venv. Di Debian atau Ubuntu jalankan "
            f"`sudo apt install python{version}-venv`, lalu ulangi."
        )
    print(f"Menyiapkan lingkungan Python {version} di {venv} ...", flush=True)  # noqa: T201
    made = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        last = (made.stdout + made.stderr).strip().splitlines()[-1:]
        _stop(f"lingkungan Python {version} gagal dibuat di {venv}: {' '.join(last)}")


def install(lock: Path, stamp: Path) -> None:
    """Install exactly what `lock` names, checked by hash, and write `stamp` when all of it is there."""
    _require_writable(ROOT)
    print(f"Memasang pustaka dari {lock} (sekali saja; memerlukan internet) ...", flush=True)  # noqa: T201
    log = stamp.with_name("pip.log")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar=off",
    ]
    command += ["--no-compile", "--retries=2", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    with log.open("w", encoding="utf-8") as file:
        failed = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, check=False).returncode  # noqa: S603
    if failed:
        said = log.read_text(encoding="utf-8", errors="replace")
        if any(sign in said for sign in NO_NETWORK):
            _stop("pustaka tidak dapat diunduh. Periksa sambungan internet atau proksi, lalu ulangi.")
        last = next((line for line in reversed(said.splitlines()) if line.startswith("ERROR")), "pip gagal")
        _stop(f"{last.removeprefix('ERROR: ')} (selengkapnya: {log})")
    stamp.touch()


if __name__ == "__main__":
    try:
        {"create": create, "install": install}[sys.argv[1]](*map(Path, sys.argv[2:]))
    except KeyboardInterrupt:
        _stop("dihentikan sebelum selesai. Jalankan lagi untuk melanjutkan.")
    except OSError as error:
        _stop(f"{error.filename or ROOT}: {error.strerror}.")
