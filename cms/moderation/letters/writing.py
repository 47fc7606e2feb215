"""Who is written to, and what: one letter a person for each thing that happens to a manuscript."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, TaskState, WorkflowState

from cms.accounts.models import User
from cms.moderation.eligible import administrators, people_above
from cms.moderation.letters.choices import MailChoice, choice_of, next_digest
from cms.moderation.letters.rows import Letter
from cms.moderation.letters.words import language_of, told
from cms.moderation.queue import people
from cms.moderation.queue.claims import Claim
from cms.moderation.urgent.after_reviews import AfterReview
from cms.publishing.office import office_of_page
from cms.publishing.telling import zone_of

Kind = Letter.Kind


def submitted(state: TaskState, user: User | None) -> None:
    """Write to those who may decide at the stage that has begun."""
    page = page_of(state.workflow_state)
    if page:
        write(Kind.SUBMITTED, _deciders(state, page), page, state=state, by=user)


def returned(workflow: WorkflowState, user: User | None) -> None:
    """Write to the writers what has to be mended."""
    _answer(Kind.RETURNED, workflow, user)


def refused(workflow: WorkflowState, user: User | None) -> None:
    """Write to the writers why it ends here."""
    _answer(Kind.REFUSED, workflow, user)


def approved(workflow: WorkflowState, user: User | None) -> None:
    """Write to the writers that it is live, or will be."""
    _answer(Kind.APPROVED, workflow, user)


def handed_over(claim: Claim) -> None:
    """Write to who has it now."""
    state = claim.task_state
    page = page_of(state.workflow_state)
    if page:
        write(
            Kind.HANDED_OVER,
            [claim.user],
            page,
            state=state,
            by=claim.given_by,
            words=claim.note,
            is_mine=True,
        )


def overdue(state: TaskState) -> None:
    """Remind those who may decide at the stage; who has taken it in hand in any case."""
    page = page_of(state.workflow_state)
    if page is None:
        return
    claim = Claim.objects.select_related("user").filter(task_state=state).first()
    holder = [claim.user] if claim else []
    write(Kind.OVERDUE, holder, page, state=state, is_mine=True)
    others = [each for each in _deciders(state, page) if each not in holder]
    write(Kind.OVERDUE, others, page, state=state)


def escalated(state: TaskState) -> None:
    """Tell those who moderate above the office."""
    page = page_of(state.workflow_state)
    if page:
        write(Kind.ESCALATED, people_above(page) or administrators(), page, state=state)


def page_of(workflow: WorkflowState) -> Page | None:
    """Return the page a workflow is about; None for a snippet's."""
    found = workflow.content_object
    return found if isinstance(found, Page) else None


def _deciders(state: TaskState, page: Page) -> list[User]:
    return people.deciders(state, page) or list(administrators())


def _answer(kind: Kind, workflow: WorkflowState, user: User | None) -> None:
    page, state = page_of(workflow), workflow.current_task_state
    if page is None:
        return
    submitter, owner = workflow.requested_by, page.owner
    last = page.latest_revision.user if page.latest_revision else None
    writers = {each.pk: each for each in (submitter, owner, last) if each}
    words = state.comment if state else ""
    write(kind, writers.values(), page, by=user, words=words, is_mine=True)


def write(
    kind: Kind,
    people: Iterable[User],
    page: Page,
    *,
    state: TaskState | None = None,
    review: AfterReview | None = None,
    by: User | None = None,
    words: str = "",
    is_mine: bool = False,
) -> None:
    """Put a letter to each of `people` into the outbox, as each has chosen; nobody is told of their own act."""
    office, now = office_of_page(page), timezone.now()
    for person in people:
        when = choice_of(person)
        if (
            not person.is_active
            or (by and person.pk == by.pk)
            or (when == MailChoice.When.MINE and not is_mine)
        ):
            continue
        is_digest = when == MailChoice.When.DAILY
        with translation.override(language_of(person)):
            Letter.objects.create(
                to=person,
                kind=kind,
                words=words,
                task_state=state,
                after_review=review,
                address=_address(page, state, review),
                is_digest=is_digest,
                not_before=next_digest(now, zone_of(office)) if is_digest else now,
                **told(kind, page, office, state, review, by),
            )


def _address(page: Page, state: TaskState | None, review: AfterReview | None) -> str:
    if review:
        return reverse("moderation_after_review", args=[review.pk])
    return (
        reverse("moderation_review", args=[state.pk])
        if state
        else reverse("wagtailadmin_pages:edit", args=[page.pk])
    )
