"""A waiting manuscript, opened for who decides about it."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Comment, Page, PageLogEntry, Revision, TaskState

from cms.accounts.models import User
from cms.moderation.deciders import why_not_theirs
from cms.moderation.difference.comparing import Difference, compare
from cms.moderation.difference.fields import labels_of
from cms.moderation.eligible import writers_of
from cms.moderation.queue.claims import AlreadyDecided, Claim
from cms.moderation.queue.people import deciders, own_texts_of
from cms.moderation.queue.waiting import concerns, ended_for, waiting, waiting_for
from cms.moderation.texts import digest_of

_ENTRIES = 8  # of the history that are shown


class OwnText(Http404):
    """The manuscript waits for somebody else because the person who asks has written in it; the message says so."""


@dataclass
class Manuscript:
    """The newest text of a page that waits at `state`, for `user`."""

    state: TaskState
    user: User

    @cached_property
    def stored(self) -> Page:
        """Return the page as its row is: what readers see, if it is live."""
        return Page.objects.get(pk=int(self.state.workflow_state.object_id)).specific

    @cached_property
    def revision(self) -> Revision:
        """Return the text that is decided about."""
        return self.stored.latest_revision or self.state.revision

    @cached_property
    def page(self) -> Page:
        """Return the page as the text describes it."""
        return self.revision.as_object()

    @cached_property
    def digest(self) -> str:
        """Return what the text is known by: revisions are overwritten in place."""
        return digest_of(self.revision.content)

    @cached_property
    def claim(self) -> Claim | None:
        """Return who has it in hand."""
        return Claim.objects.select_related("user", "given_by").filter(task_state_id=self.state.pk).first()

    @cached_property
    def actions(self) -> set[str]:
        """Return what the stage lets `user` do: "approve", "reject"."""
        task = self.state.task.specific
        return {name for name, _label, _modal in task.get_actions(self.stored, self.user)}

    def difference(self) -> Difference:
        """Return what the text changes of what is live."""
        return compare(self.stored if self.stored.live else None, self.page)

    def colleagues(self) -> list[User]:
        """Return to whom it may be handed over: not to oneself, for which there is "Saya tangani"."""
        without = {self.user.pk, self.claim.user_id if self.claim else None}
        return [each for each in deciders(self.state, self.stored) if each.pk not in without]

    def writers(self) -> list[User]:
        """Return whose text it is: who began the page, and everybody who wrote in it since its last approval."""
        ids = writers_of(self.stored)
        people = {user.pk: user for user in User.objects.filter(pk__in=ids).order_by("pk")}
        owner = self.stored.owner
        return [
            *([owner] if owner else []),
            *(user for pk, user in people.items() if pk != self.stored.owner_id),
        ]

    def comments(self) -> list[dict[str, object]]:
        """Return the open comments with the names of their fields."""
        labels = labels_of(type(self.stored))
        rows = Comment.objects.filter(page_id=self.stored.pk, resolved_at=None).select_related("user")
        return [
            {
                "pk": row.pk,
                "by": user_display_name(row.user),
                "text": row.text,
                "at": row.created_at,
                "field": labels.get(row.contentpath.split(".")[0], ""),
                "replies": row.replies.count(),
            }
            for row in rows.order_by("created_at", "pk")
        ]

    def history(self) -> QuerySet[PageLogEntry]:
        """Return what was done with the page last."""
        entries = PageLogEntry.objects.filter(page_id=self.stored.pk).select_related("user")
        return entries.order_by("-timestamp", "-pk")[:_ENTRIES]


def open_manuscript(pk: int, user: User) -> Manuscript:
    """Return the manuscript of the state `pk`.

    Raises AlreadyDecided; OwnText where the four eyes forbid it; Http404 for what `user` has nothing to do with.
    """
    found = waiting_for(user).select_related("workflow_state__requested_by", "task").filter(pk=pk).first()
    if found:
        return Manuscript(found, user)
    if ended_for(user).filter(pk=pk).exists():
        raise AlreadyDecided
    own = waiting().filter(concerns(user), own_texts_of(user), pk=pk).first()
    if own:
        raise OwnText(why_not_theirs(user, Manuscript(own, user).stored, own))
    raise Http404


def who_decided(pk: int) -> TaskState | None:
    """Return an ended state with who ended it."""
    return TaskState.objects.select_related("finished_by", "workflow_state").filter(pk=pk).first()
