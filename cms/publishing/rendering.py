"""What a batch shows: outputs rendered from the snapshot, staged where they differ, put off where they lead ahead."""

from collections.abc import Iterable, Iterator, Mapping

from cms.publishing import making, manifest, parts, planning, recording, tallies
from cms.publishing.ahead import Ahead
from cms.publishing.manifest import Result
from cms.publishing.office import Office
from cms.publishing.outputs import Name, Stage, kinds, place_in_line
from cms.publishing.parts import Turn
from cms.publishing.planning import SHELL, Work
from cms.publishing.settling import Made
from cms.publishing.standing_in import stand_in
from cms.publishing.trees.contract import Tree, digest_of


def render(office: Office, work: Work, tree: Tree) -> Made:
    """Render what `work` names and stage the files that are not as they lie; run inside the snapshot."""
    made = Made()
    if SHELL in work.names:
        with recording.guarded():
            _render_shell(office, work, made)
    made.ahead = _ahead_of(work)
    with recording.guarded(), tallies.known_to(office.site_id, work.counts, complete=work.counts_all):
        files = {name for name in work.names if planning.is_shown_file(name)}
        _render_names(office, work, work.names - files - {SHELL}, tree, made)
        _render_shown_files(office, work, files, tree, made)
    work.close(is_all_there=made.ahead.is_all_there)
    _plan_removals(made, _taken_over(office, tree, made))
    return made


def _ahead_of(work: Work) -> Ahead:
    with recording.reading():
        return Ahead(work.turns, work.names, dict(work.traces))


def take_away(site_id: int) -> Made:
    """Take away all there is: what stands at the root of the site is no office any more."""
    made = Made(known={entry.name: entry for entry in manifest.all_entries(site_id)})
    made.results = [Result(name, (), recording.Recording()) for name in made.known]
    _plan_removals(made, set())
    return made


def _render_shell(office: Office, work: Work, made: Made) -> None:
    """Render what every page shows; only if it looks different now has every page to be made again."""
    (output,) = making.make(office, [SHELL])
    if isinstance(output, making.Failed):
        made.failed.append(output)
        return
    if _ahead_of(work).must_wait(SHELL, output.shown):
        work.put_off(SHELL, Turn.PAGE)  # a menu with a page that is still to come
        return
    result = making.result(output)
    with recording.reading():
        made.known |= manifest.entries(office.site_id, [SHELL])
        if not (SHELL in made.known and made.known[SHELL].files == result.files):
            planning.everything_now_or_later(work, office)
            work.names.discard(SHELL)
            work.abroad |= {
                found
                for found in manifest.showing([f"office:{office.site_id}"])
                if found[0] != office.site_id
            }
            planning.take_waiting(work, office)
    made.results.append(result)


def _render_names(office: Office, work: Work, names: Iterable[Name], tree: Tree, made: Made) -> None:
    names = set(names)
    with recording.reading():
        made.known |= manifest.entries(office.site_id, names)
    known = {file.path for entry in made.known.values() for file in entry.files}
    for output in _outputs(office, names, made):
        result = making.result(output)
        before = _files_before(made, output.name)
        if made.ahead.must_wait(output.name, output.shown):
            _put_off(work, made, result, before)
            continue
        for file, lies in zip(output.files, result.files, strict=True):
            if before.get(lies.path) != lies.digest:
                turn = place_in_line(kinds[output.name.kind].stage, is_known=lies.path in known)
                tree.stage(file, turn)
                made.addresses.append(lies.path)
                made.written += 1
        made.results.append(_with_old_files(work, made, result))


def _outputs(office: Office, names: Iterable[Name], made: Made) -> Iterator[making.Output]:
    """Yield what could be rendered, and what stands in for a new page that could not."""
    for output in making.make(office, names):
        if not isinstance(output, making.Failed):
            yield output
            continue
        made.failed.append(output)
        instead = None if _has_files(made, output.name) else stand_in(office, output.name)
        if instead:
            yield instead


def _files_before(made: Made, name: Name) -> dict[str, str]:
    return {file.path: file.digest for file in made.known[name].files} if name in made.known else {}


def _put_off(work: Work, made: Made, result: Result, before: Mapping[str, str]) -> None:
    """Leave in place what readers find now, and let nothing point to where it will be."""
    if any(file.path not in before for file in result.files):
        with recording.reading():
            made.ahead.hide(result.name)
    work.put_off(result.name, parts.turn_of(result.name, is_new=not before))
    made.known.pop(result.name, None)


def _with_old_files(work: Work, made: Made, result: Result) -> Result:
    """Keep former pictures and styles while pages wait that may show them."""
    is_last = made.ahead.is_all_there and not work.has_more()
    if is_last or parts.stage_of(result.name) != Stage.FILE or result.name not in made.known:
        return result
    paths = {file.path for file in result.files}
    old = [file for file in made.known[result.name].files if file.path and file.path not in paths]
    if old:
        work.put_off(result.name, Turn.OLD_FILES)
    return result._replace(files=[*result.files, *old])


def _has_files(made: Made, name: Name) -> bool:
    return name in made.known and bool(made.known[name].files)


def _render_shown_files(office: Office, work: Work, asked: set[Name], tree: Tree, made: Made) -> None:
    """Make those pictures and documents of `asked` that are still shown, add what is shown from now on.

    Those nobody shows any more are taken away. Only when all else is rendered is it known which.
    """
    with recording.reading():
        before = manifest.shown_before([entry.pk for entry in made.known.values()])
        lost = set().union(*before.values()) if before else set()
        now = {key for result in made.results for key in result.shown.keys}
        wanted = making.shown_files(now)
        lying = manifest.entries(office.site_id, wanted | asked).keys()
        lost -= {manifest.number(key) for key in now}
        unshown = manifest.marked(office.site_id, lost)
        rendered = {entry.pk for entry in made.known.values()}
        gone = {
            name
            for mark, name in unshown.items()
            if not manifest.shown_elsewhere(office.site_id, mark, rendered)
        }
        made.known |= manifest.entries(office.site_id, gone)
    _render_names(office, work, (wanted - lying) | ((asked & lying) - gone), tree, made)
    made.results += [Result(name, (), recording.Recording()) for name in sorted(gone)]


def _plan_removals(made: Made, kept: set[str]) -> None:
    """Take away the files outputs had and have no more; those that are `kept` belong to others now."""
    made.removals = sorted({file.path for file in _left_behind(made)} - kept)
    made.addresses += made.removals


def _left_behind(made: Made) -> list[manifest.Lying]:
    """Return the files outputs had and no output of the batch has now."""
    now = {file.path for result in made.results for file in result.files}
    before = [made.known[result.name] for result in made.results if result.name in made.known]
    return [file for entry in before for file in entry.files if file.path and file.path not in now]


def _taken_over(office: Office, tree: Tree, made: Made) -> set[str]:
    """Return the files left behind where an earlier part of a wide change has laid another output's."""
    left = _left_behind(made)
    strange = {file.path for file in left if digest_of(tree, file.path) not in ("", file.digest)}
    if not strange:
        return strange  # nearly always: all outputs need not be asked
    done = {result.name for result in made.results}
    others = (entry for entry in manifest.all_entries(office.site_id) if entry.name not in done)
    return strange & {file.path for entry in others for file in entry.files}
