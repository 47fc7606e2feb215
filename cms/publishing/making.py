"""Rendering outputs, each with what it showed; one that fails stops nobody else."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import structlog
from django.conf import settings
from django.utils import translation

from cms.publishing import causes, outputs, recording
from cms.publishing.manifest import Lying, Result
from cms.publishing.office import Office
from cms.publishing.outputs import File, Name
from cms.publishing.recording import Recording

logger = structlog.get_logger(__name__)
_FASTER = 4  # times as many are tried together after each try without a failure


class Output(NamedTuple):
    """An output just rendered."""

    name: Name
    files: Sequence[File]
    shown: Recording
    waits: bool = False


class Failed(NamedTuple):
    """An output that could not be rendered, and why."""

    name: Name
    cause: str  # as cms.publishing.causes keeps it


def make(office: Office, names: Iterable[Name]) -> Iterator[Output | Failed]:
    """Render outputs of an office kind by kind, what is pointed at first."""
    by_kind: dict[str, list[str]] = {}
    for kind, ident in names:
        by_kind.setdefault(kind, []).append(ident)
    known = [outputs.kinds[name] for name in by_kind if name in outputs.kinds]
    for kind in sorted(known, key=lambda kind: (kind.stage, kind.name)):
        yield from make_kind(kind, office, in_turn(by_kind[kind.name]))
    for name in by_kind.keys() - outputs.kinds.keys():  # a kind an older version knew
        yield from (Output(Name(name, ident), (), Recording()) for ident in by_kind[name])


def in_turn(idents: Iterable[str]) -> list[str]:
    """Return idents in the order they are made: all of a month (`s5/2026-11`) together: it is read once."""
    return sorted(idents, key=lambda ident: (ident.rpartition("/")[2], len(ident), ident))


def make_kind(kind: outputs.Kind, office: Office, idents: Sequence[str]) -> Iterator[Output | Failed]:
    """Render outputs of one kind in the order given."""
    with translation.override(settings.LANGUAGE_CODE):
        yield from _make_kind(kind, office, list(idents))


def _make_kind(kind: outputs.Kind, office: Office, rest: list[str]) -> Iterator[Output | Failed]:
    together = len(rest)
    while rest:
        part, done = rest[:together], 0
        try:
            for made, shown in recording.apart(kind.render(office, part)):
                if made.ident != part[done]:
                    raise RuntimeError(f"{kind.name}: {made.ident!r} instead of {part[done]!r}")
                _require_inside(made.files)
                done += 1
                yield Output(Name(kind.name, made.ident), made.files, shown, made.waits)
            if done < len(part):
                raise RuntimeError(f"{kind.name}: nothing for {part[done]!r}")
            together *= _FASTER
        except Exception as error:
            if done < len(part):
                logger.warning("output_tried_again", kind=kind.name, ident=part[done], reason=repr(error))
                yield _alone(kind, office, part[done])
                done += 1
            else:
                logger.exception("output_failed", kind=kind.name)
            # Where one after another fails (a broken template), what is read for many is read in vain.
            together = 1
        rest = rest[done:]


def _alone(kind: outputs.Kind, office: Office, ident: str) -> Output | Failed:
    """Try once more without its neighbours: what was read for many together may have failed for another."""
    try:
        made, shown = next(recording.apart(kind.render(office, [ident])))
        _require_inside(made.files)
        return Output(Name(kind.name, ident), made.files, shown, made.waits)
    except Exception as error:
        logger.exception("output_failed_alone", kind=kind.name, ident=ident)
        return Failed(Name(kind.name, ident), causes.of_output(error))


def _require_inside(files: Iterable[File]) -> None:
    """Raise KnownError for a file that would lie outside the tree or be hidden in it."""
    for file in files:
        if any(part.startswith(".") or not part for part in file.path.split("/")) and file.path:
            raise causes.KnownError(f"/{file.path}", "address_unusable")


def lying(files: Iterable[File]) -> tuple[Lying, ...]:
    """Return files as the manifest knows them."""
    return tuple(
        Lying(file.path, hashlib.sha256(file.content).hexdigest(), len(file.content)) for file in files
    )


def mark_of(name: Name) -> str:
    """Return the key by which others show this output; "" for what is there by itself."""
    key = getattr(outputs.kinds.get(name.kind), "key", "")
    return f"{key}:{name.ident}" if key else ""


def result(output: Output) -> Result:
    """Return what the manifest keeps of an output."""
    return Result(output.name, lying(output.files), output.shown, mark_of(output.name), output.waits)


def shown_files(keys: Iterable[str]) -> set[Name]:
    """Return the pictures and documents among the things shown."""
    by_key = {key: kind.name for kind in outputs.kinds.values() if (key := getattr(kind, "key", ""))}
    split = (key.partition(":") for key in keys)
    return {Name(by_key[name], ident) for name, _colon, ident in split if name in by_key}
