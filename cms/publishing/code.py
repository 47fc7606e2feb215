"""Which version of code, templates, words and style a tree was made with: after a deploy it is made again."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from cms.publishing.kinds.assets import named_assets

# What has a part in the bytes of a page. Libraries count through their locked versions.
_PARTS = (
    ("cms", "*.py"), ("home", "*.py"), ("news", "*.py"), ("search", "*.py"), ("templates", "*"),
    ("cms/locale", "*.po"), (".", "requirements.txt"),
)  # fmt: skip


@cache
def digest() -> str:
    """Return the digest of everything in the code that a page may depend on, as this process started with it."""
    found = hashlib.sha256(str(settings.BASE_URL).encode())
    for folder, pattern in _PARTS:
        for path in _files(settings.BASE_DIR / folder, pattern):
            found.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
            found.update(path.read_bytes())
    for name in named_assets():  # of whichever application
        found.update(f"{name}\0".encode())
        if source := finders.find(name):
            found.update(Path(str(source)).read_bytes())
    return found.hexdigest()


def _files(folder: Path, pattern: str) -> list[Path]:
    if folder == settings.BASE_DIR:
        return [folder / pattern] if (folder / pattern).is_file() else []
    found = (path for path in folder.rglob(pattern) if "__pycache__" not in path.parts)
    return sorted(path for path in found if path.is_file() and path.suffix != ".pyc")
