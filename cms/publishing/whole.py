"""Everything an office has, rendered from the database alone: for a clean build, and to verify a tree."""

from collections.abc import Iterator

from cms.publishing import making, manifest, outputs, recording, tallies
from cms.publishing.making import Failed, Output
from cms.publishing.office import Office
from cms.publishing.outputs import Name, Trace


def standing(office: Office) -> tuple[dict[int, Trace], set[Name]]:
    """Return where every page stands and the names of all outputs but the files others show."""
    now = dict(outputs.traces(office))
    names = set(outputs.standing_names(office)).union(*(trace.outputs for trace in now.values()))
    return now, names


def render_everything(office: Office) -> Iterator[Output | Failed]:
    """Render all outputs of an office, what is shown by others last; run inside a snapshot and `as_of`."""
    now, names = standing(office)
    counts = tallies.counted(now.values(), office.zone)
    shown: set[str] = set()
    with recording.guarded(), tallies.known_to(office.site_id, counts, complete=True):
        for output in making.make(office, names):
            if isinstance(output, Output):
                shown |= output.shown.keys
            yield output
        yield from making.make(office, making.shown_files(shown))


def clean_digests(office: Office) -> tuple[dict[str, str], set[Name]]:
    """Return the digest of every file a clean build has, by path, and the outputs that cannot be rendered."""
    files: dict[str, str] = {}
    failed: set[Name] = set()
    for output in render_everything(office):
        if isinstance(output, Failed):
            failed.add(output.name)
        else:
            files |= {path: digest for path, digest, _size in making.lying(output.files) if path}
    return files, failed


def differences(office: Office, tree_digests: dict[str, str]) -> list[str]:
    """Return the paths at which a tree differs from a clean build; outputs that cannot be rendered are exempt."""
    clean, failed = clean_digests(office)
    exempt = {
        file.path for entry in manifest.entries(office.site_id, failed).values() for file in entry.files
    }
    paths = (clean.keys() | tree_digests.keys()) - exempt
    return sorted(path for path in paths if clean.get(path) != tree_digests.get(path))
