"""Reads the trail from its first entry to its last and says, in sentences, where it is not as it was written."""

from collections.abc import Callable, Iterator

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.health.checking import Problem
from cms.moderation import chain
from cms.moderation.trail_entries import LEFT, START, Act, TrailEntry, TrailHead

_CHUNK = 2000


def verify(reached: Callable[[int], object] = bool, *, since: tuple[int, str] = (0, START)) -> Iterator[str]:
    """Find every place where an entry was changed, removed or slipped in; `reached(number of entries read)`.

    `since`: number and seal of an entry up to which all was well; only what came after it is read.
    """
    (number, seal), count = since, 0
    while True:
        before = number
        entries, erased = TrailEntry.objects.filter(number__gt=number).order_by("number"), _Erased()
        for entry in entries.iterator(chunk_size=_CHUNK):
            yield from _flaws_of(entry, number, seal, erased)
            number, seal, count = entry.number, entry.seal, count + 1
            reached(count)
        head = TrailHead.objects.filter(pk=1).first()
        if head is None or head.number <= number or number == before:
            break  # else somebody has written while this was being read
    yield from _flaws_of_head(head, number, seal)


class _Erased:
    """What erasures say remains of the entries whose words they took; read once, where a seal does not fit."""

    @cached_property
    def left(self) -> dict[str, str]:
        """Return by number the digest of what remains. The newest erasure of an entry counts."""
        found: dict[str, str] = {}
        for entry in TrailEntry.objects.filter(act=Act.ERASED).order_by("number"):
            if chain.seal_of(entry) == entry.seal:  # else it is told by itself, and explains nothing
                found |= entry.details.get(LEFT, {})
        return found

    def explain(self, entry: TrailEntry) -> bool:
        """Ask whether `entry` is what an erasure has left of it."""
        return self.left.get(str(entry.number)) == chain.digest_of_rest(entry)


def count_erased() -> int:
    """Return of how many entries the words were erased."""
    return len(_Erased().left)


def _flaws_of(entry: TrailEntry, number: int, seal: str, erased: _Erased) -> Iterator[str]:
    said = {"number": entry.number, "before": number, "first": number + 1, "last": entry.number - 1}
    if chain.seal_of(entry) != entry.seal and not erased.explain(entry):
        yield _("Catatan nomor %(number)d diubah: isinya tidak cocok dengan segelnya.") % said
    if entry.number == number + 2:
        yield _("Catatan nomor %(last)d hilang.") % said
    elif entry.number > number + 2:
        yield _("Catatan nomor %(first)d sampai %(last)d hilang.") % said
    elif entry.previous != seal:
        yield (
            _("Catatan nomor %(number)d tidak menyambung ke nomor %(before)d: salah satunya diganti.") % said
        )
    if entry.act == Act.CHAIN_MENDED:
        yield _("Jejak pernah terputus; penyambungannya tercatat di nomor %(number)d.") % said


def _flaws_of_head(head: TrailHead | None, number: int, seal: str) -> Iterator[str]:
    if head is None:
        yield _("Kepala jejak hilang: tidak dapat dipastikan apakah catatan terakhir masih ada.")
        return
    said = {"head": head.number, "number": number}
    if not chain.is_signed(head):
        yield _("Kepala jejak diubah, atau SECRET_KEY diganti tanpa SECRET_KEY_FALLBACKS.")
    if head.number > number:
        yield _("Catatan sesudah nomor %(number)d hilang: seharusnya sampai nomor %(head)d.") % said
    elif head.number < number:
        yield _("Catatan sesudah nomor %(head)d disisipkan: jejak berakhir di nomor %(number)d.") % said
    elif head.seal != seal:
        yield _("Catatan terakhir, nomor %(number)d, bukan yang ditulis: segelnya lain.") % said


def differs_from(checkpoint: tuple[int, str]) -> Iterator[str]:
    """Hold the trail against the number and seal of an entry, as a log kept elsewhere has them."""
    number, seal = checkpoint
    found = TrailEntry.objects.filter(number=number).values_list("seal", flat=True).first()
    if found is None:
        yield _("Catatan nomor %(number)d hilang, padahal pernah tercatat.") % {"number": number}
    elif found != seal:
        yield _("Catatan nomor %(number)d bukan yang pernah tercatat: segelnya lain.") % {"number": number}


def problems() -> Iterator[Problem]:
    """Look at the two ends of the trail for the health report; the whole of it is read by `audit --verify`."""
    head = TrailHead.objects.filter(pk=1).first()
    last = TrailEntry.objects.order_by("-number").values_list("number", "seal").first()
    advice = _("Jalankan `manage.py audit --verify`.")
    if not chain.is_whole(head, last):
        yield Problem(_("Jejak moderasi terputus di ujungnya.") + f" {advice}")
    mended = TrailEntry.objects.filter(act=Act.CHAIN_MENDED).order_by("number").first()
    if mended:
        words = _("Jejak pernah terputus; penyambungannya tercatat di nomor %(number)d.")
        yield Problem(words % {"number": mended.number} + f" {advice}", mended.at)
