"""What a newer version of a live article says about itself: a small repair, or a correction of something wrong.

The answer is part of the version: autosave keeps it, the API writes it, the approver approves it, and only when
that version goes live the correction is entered. `change_of` names the revision that was live when it was given, so
that an answer never speaks for a later change.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.moderation.checks import Finding, Level, Place
from cms.moderation.texts import text_of
from news import acts
from news.corrections import Correction
from news.richtext import without_block_keys

if TYPE_CHECKING:
    from news.models import NewsArticlePage

SMALL, CORRECTION = "small", "ralat"
_SAID = ("change_kind", "change_wrong", "change_right", "change_answers_id")
FIELDS = ("change_kind", "change_wrong", "change_right", "change_answers", "change_of")


class Answer(NamedTuple):
    """What goes live now, and in place of which revision."""

    kind: str
    before_id: int


def is_changed(page: "NewsArticlePage") -> bool:
    """Ask whether `page`, as it stands in memory, says something else than what readers read."""
    now = type(page)._base_manager.filter(pk=page.pk, live=True).first() if page.pk else None
    if now is None:
        return False
    here, there = _as_read(text_of(page)), _as_read(text_of(now))
    silent = {*FIELDS, *(name for name in page.fixed_at_publication if here.get(name) is None)}
    return any(here.get(name) != there.get(name) for name in (here.keys() | there.keys()) - silent)


def _as_read(said: Any) -> Any:
    """Return a text without the marks a paragraph gets by being opened in the editor's screen."""
    match said:
        case str():
            return without_block_keys(said)
        case list():
            return [_as_read(each) for each in said]
        case dict():
            return {name: _as_read(each) for name, each in said.items()}
    return said


def what_is_missing(page: "NewsArticlePage") -> tuple[str, str] | None:
    """Return which field a changed live article still has to fill, and the sentence that says so."""
    if page.alias_of_id or not page.live or not is_changed(page):
        return None
    if not page.change_kind or page.change_of != page.live_revision_id:
        return "change_kind", _("Artikel ini sudah terbit. Pilih: perbaikan kecil, atau ralat.")
    if page.change_kind == CORRECTION and not page.change_wrong.strip():
        return "change_wrong", _("Tulis apa yang keliru; ralat menyebutnya kepada pembaca.")
    if page.change_kind == CORRECTION and not page.change_right.strip():
        return "change_right", _("Tulis apa yang benar; ralat menyebutnya kepada pembaca.")
    return None


def check_answer(page: Page) -> Iterator[Finding]:
    """Hold back a version of a live article that does not say what it changes, whichever door it is sent through."""
    if isinstance(page, Page) and (missing := what_is_missing(page)):  # ty: ignore[invalid-argument-type]
        field, words = missing
        yield Finding("change_unanswered", Level.ERROR, words, Place(field, _("Perubahan")))


def forget_earlier(page: "NewsArticlePage | None") -> None:
    """Ask anew in the form of a page whose answer is about a change that is live already."""
    if page is not None and (page.change_of is None or page.change_of != page.live_revision_id):
        forget(page)


def settle(page: "NewsArticlePage") -> None:
    """Take out of a version to be saved the answer to a change that is live already."""
    if not page.live or page.live_revision_id is None:
        forget(page)
        return
    if page.change_of != page.live_revision_id:
        known = type(page)._base_manager.filter(pk=page.pk).values_list(*_SAID).first()
        if known == tuple(getattr(page, name) for name in _SAID):
            forget(page)
        page.change_of = page.live_revision_id if page.change_kind else None
    if announces(page, page.live_revision_id):
        page.updated_at = None  # fixed when it goes live


def announces(page: "NewsArticlePage", live_revision_id: int | None) -> bool:
    """Ask whether `page` is a version that corrects what is live."""
    return (
        page.change_kind == CORRECTION and page.change_of is not None and page.change_of == live_revision_id
    )


def answer_going_live(page: "NewsArticlePage") -> Answer | None:
    """Return the answer of a version that is about to take the place of the one it is about; it moves `updated_at`."""
    if not page.change_kind or not page.change_of or page.live_revision_id in (None, page.change_of):
        return None
    row = Page.objects.filter(pk=page.pk, live=True).values_list("live_revision_id", flat=True).first()
    if row is None or row == page.live_revision_id:
        return None
    if page.change_kind == CORRECTION and page.updated_at is None:
        page.updated_at = max(timezone.now().replace(microsecond=0), page.published_at)
    return Answer(page.change_kind, row)


def carry_out(page: "NewsArticlePage", answer: Answer) -> None:
    """Enter the correction of a version that has gone live, or let the history say that it was a small repair."""
    written = Revision.objects.select_related("user").filter(pk=page.live_revision_id).first()
    actor = written.user if written else None
    if answer.kind == SMALL:
        acts.note(acts.SMALL_REPAIR, page, actor)
        return
    earlier = Revision.objects.filter(pk=answer.before_id).values_list("content", flat=True).first()
    entered = Correction.objects.create(
        page=page,
        made_at=page.updated_at or timezone.now(),
        wrong=page.change_wrong,
        right=page.change_right,
        answers=page.change_answers,
        actor_id=actor.pk if actor else None,
        actor_name=(actor.get_full_name() or actor.get_username()) if actor else "",
        before_id=answer.before_id,
        after_id=page.live_revision_id,
        earlier_text=earlier,
    )
    acts.note(acts.CORRECTED, page, actor, correction=entered.label)


def forget(page: "NewsArticlePage") -> None:
    """Take the answer out of `page`."""
    page.change_kind = page.change_wrong = page.change_right = ""
    page.change_answers_id = page.change_of = None
