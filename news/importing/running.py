"""The import of one file: line by line into drafts, batch by batch into the database."""

import getpass
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from cms.moderation.approvals import ImportBatch
from cms.publishing.row_counts import count_anew
from news.importing import writing
from news.importing.drafts import KNOWN_KEYS, Draft, Target, legacy_url, read_draft
from news.importing.lines import Line, Refused, parse, read_lines
from news.importing.report import Report, Tally
from news.models import NewsArticlePage

BATCH = 500  # articles per transaction: an editor who saves meanwhile waits for one at most

Advance = Callable[[int, Tally], None]


@dataclass
class Import:
    """One run over one file; `advance(bytes read, tally)` is called after each batch."""

    path: Path
    target: Target
    report: Report
    advance: Advance = lambda done, tally: None
    dry_run: bool = False
    batch: int = BATCH
    tally: Tally = field(default_factory=Tally)
    _seen: dict[str, int] = field(default_factory=dict)

    @cached_property
    def _batch(self) -> ImportBatch:
        """What the articles of this run are bound to, once the first of them comes in."""
        with self.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return ImportBatch.objects.create(
            file_name=self.path.name[-255:],
            file_digest=digest,
            operator=_operator(),
            below_page_id=self.target.index_id,
        )

    def run(self) -> Tally:
        """Take what can be taken; a line that cannot is reported and the next one read.

        Safe to repeat after a kill at any moment: what is there already is counted, not made again.
        Raises OSError when the file cannot be read, writing.IndexGone when the index is deleted meanwhile.
        """
        with self.path.open("rb") as stream:
            lines = read_lines(stream)
            while batch := list(islice(lines, self.batch)):
                self._take(batch)
                count_anew()
                self.advance(batch[-1].end, self.tally)
        return self.tally

    def _take(self, batch: list[Line]) -> None:
        self.tally.lines += len(batch)
        objects = {line.number: found for line in batch for found in self._addressed(line)}
        present = self._present([address for address, _data in objects.values()])
        drafts = []
        for number, (address, data) in objects.items():
            if present.get(address) is True:
                self.tally.present += 1
            elif address in present:
                self._refuse(number, _("Alamat lamanya sudah dipakai artikel kantor lain."))
            else:
                drafts += self._drafted(number, address, data)
        self._write(drafts)

    def _addressed(self, line: Line) -> Iterator[tuple[str, dict]]:
        """Yield the line's address and object, or refuse it."""
        try:
            data = parse(line)
            address = legacy_url(data, self.target)
            first = self._seen.setdefault(address, line.number)
            if first != line.number:
                raise Refused(_("Sama dengan baris %(first)d: alamat lamanya sama.") % {"first": first})
        except Refused as refusal:
            self._refuse(line.number, str(refusal))
        else:
            yield address, data

    def _present(self, addresses: list[str]) -> dict[str, bool]:
        """Return the addresses that exist, and whether here or at another office."""
        index_path = (
            writing.Page.objects.filter(pk=self.target.index_id).values_list("path", flat=True).first() or "-"
        )
        rows = NewsArticlePage.objects.filter(legacy_url__in=addresses).order_by()
        return {
            address: path.startswith(index_path) for address, path in rows.values_list("legacy_url", "path")
        }

    def _drafted(self, number: int, address: str, data: dict) -> list[Draft]:
        try:
            draft = read_draft(data, number, address, self.target)
        except Refused as refusal:
            self._refuse(number, str(refusal))
            return []
        self.tally.unused.update(data.keys() - KNOWN_KEYS)
        return [draft]

    def _write(self, drafts: list[Draft]) -> None:
        if not drafts:
            return
        try:
            made = len(drafts) if self.dry_run else writing.write(drafts, self.target, self._batch)
        except (IntegrityError, DataError):
            if len(drafts) == 1:
                self._refuse(drafts[0].line, _("Basis data tidak menerima isinya."))
                return
            # One of them is to blame: halves find it in a few steps, and the others come in.
            half = len(drafts) // 2
            self._write(drafts[:half])
            self._write(drafts[half:])
            return
        self.tally.taken += made
        self.tally.present += len(drafts) - made
        for draft in drafts:
            self.tally.warned += bool(draft.warnings)
            for warning in draft.warnings:
                self.report.warn(draft.line, warning)

    def _refuse(self, number: int, reason: str) -> None:
        self.tally.refused += 1
        self.report.refuse(number, reason)


def _operator() -> str:
    """Return who runs the import: the account on the machine."""
    try:
        return getpass.getuser()[:150]
    except (OSError, KeyError):  # a container whose user has no name
        return ""
