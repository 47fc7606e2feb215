"""The releases of a host in a folder: made aside, shown in one rename, the one before kept."""

import contextlib
import shutil
from pathlib import Path

from django.conf import settings

from cms.publishing.trees import journal

MAKING = ".making"  # ends the name of a release that is not complete
DYING = ".dying"  # ends the name of one that is being removed
KEPT = 2  # releases: the one readers see and the one before it


class Releases:
    """The releases of one host: what readers see is a link to one of them."""

    def __init__(self, hostname: str) -> None:
        """Take the host's name."""
        self.root = Path(settings.PUBLIC_ROOT)
        self.link = self.root / hostname
        self.releases = self.root / ".releases" / hostname
        self._unseen: Path | None = None  # the release in the making this is, instead of the one readers see

    @property
    def release(self) -> Path:
        """Return the folder readers see now (or the one in the making); made if there is none."""
        if self._unseen:
            return self._unseen
        if not self.link.exists():
            self.switch(self.complete(self.new_release()))
        return self.link.resolve()

    def seen(self) -> Path | None:
        """Return the folder readers see now; None if there is none."""
        return self.link.resolve() if self.link.exists() else None

    def exists(self) -> bool:
        """Return whether readers see anything of this host."""
        return self.link.exists()

    def new_release(self) -> Path:
        """Return a new, empty folder for a release; it counts as one when it is `complete`."""
        self.releases.mkdir(parents=True, exist_ok=True)
        names = [folder.stem for folder in self.releases.iterdir()]  # dropped ones too: no name is used twice
        number = max((int(name) for name in names if name.isdigit()), default=0) + 1
        folder = self.releases / f"{number:06}{MAKING}"
        folder.mkdir()
        return folder

    def complete(self, folder: Path) -> Path:
        """Let a release in the making be one that readers may see; returns where it lies now."""
        return folder.rename(folder.with_suffix(""))

    def release_called(self, name: str) -> Path | None:
        """Return a complete release by its name; None if there is none."""
        return next((folder for folder in self._numbered() if folder.name == name), None)

    def newest(self) -> Path:
        """Return the newest release, which is not the one readers see after a rollback."""
        numbered = self._numbered()
        return numbered[-1] if numbered else self.release

    def drop(self, folder: Path) -> None:
        """Let a release nobody sees be none any more, at once; its files go with `bury`."""
        with contextlib.suppress(OSError):
            folder.rename(folder.with_suffix(DYING))
        shutil.rmtree(self.releases / f"staging-{folder.name}", ignore_errors=True)

    def bury(self) -> None:
        """Remove the files of dropped releases. Takes long, so the caller should not hold the office meanwhile."""
        for folder in self.releases.glob(f"*{DYING}"):
            shutil.rmtree(folder, ignore_errors=True)

    def retire(self) -> None:
        """Remove everything there is of this host, first what readers see."""
        self.link.unlink(missing_ok=True)
        shutil.rmtree(self.releases, ignore_errors=True)

    def switch(self, release: Path) -> None:
        """Let readers see `release`, in one rename."""
        self.root.mkdir(parents=True, exist_ok=True)
        aside = self.root / f".{self.link.name}.new"
        aside.unlink(missing_ok=True)
        aside.symlink_to(release.relative_to(self.root))
        aside.rename(self.link)
        journal.sync_folder(self.root)

    def previous(self) -> Path | None:
        """Return the newest release before the one readers see."""
        current = self.link.resolve()
        older = [folder for folder in self._numbered() if folder.name < current.name]
        return older[-1] if older else None

    def drop_older(self) -> None:
        """Drop releases that are neither seen nor the one before."""
        current = self.link.resolve()
        older = [folder for folder in self._numbered() if folder.name < current.name]
        for folder in older[: -(KEPT - 1)]:
            self.drop(folder)

    def sweep(self, ours: Path, newest: str) -> None:
        """Drop what builds that were cut off have left: all but `ours` that is later than `newest` or incomplete."""
        last = max(newest, self.link.resolve().name if self.link.exists() else "")
        for folder in self.releases.iterdir():
            is_late = folder.name.isdigit() and folder.name > last
            if folder != ours and (is_late or folder.suffix == MAKING):
                self.drop(folder)

    def _numbered(self) -> list[Path]:
        if not self.releases.is_dir():
            return []
        return sorted(folder for folder in self.releases.iterdir() if folder.name.isdigit())
