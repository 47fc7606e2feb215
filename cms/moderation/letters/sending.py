"""The postman: takes letters out of the outbox and hands them to the mail server, each once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.moderation.letters.rows import Letter
from cms.moderation.letters.words import language_of
from cms.moderation.urgent.after_reviews import AfterReview

logger = structlog.get_logger(__name__)

BATCH = 50
FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(hours=6)
KEPT = dt.timedelta(days=30)  # for who asks whether a letter was sent
_ASKING = frozenset(
    {Letter.Kind.SUBMITTED, Letter.Kind.HANDED_OVER, Letter.Kind.OVERDUE, Letter.Kind.ESCALATED}
)


def deliver(now: dt.datetime | None = None) -> int:
    """Send what is due; returns how many mails went out. What fails is tried again, ever more slowly."""
    now = now or timezone.now()
    letters = _take(now)
    if not letters:
        return 0
    connection, sent = get_connection(), 0
    try:
        for mail in _mails(letters):
            sent += _send(mail, connection)
    finally:
        connection.close()
    return sent


def forget_old(now: dt.datetime | None = None) -> None:
    """Remove what was sent long ago: it names people."""
    limit = (now or timezone.now()) - KEPT
    Letter.objects.filter(sent_at__lt=limit).delete()
    Letter.objects.filter(dropped_at__lt=limit).delete()


@transaction.atomic
def _take(now: dt.datetime) -> list[Letter]:
    """Mark due letters as taken before any is sent, so that no other postman takes them too."""
    due = Letter.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    letters = list(due.select_related("to")[:BATCH])
    digests = {letter.to_id for letter in letters if letter.is_digest}
    if digests:  # all of a person's digest goes into one mail
        known = [letter.pk for letter in letters]
        more = Letter.objects.due(now).filter(is_digest=True, to__in=digests).exclude(pk__in=known)
        letters += more.select_for_update(skip_locked=True, of=("self",)).select_related("to")
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(taken_at=now)
    kept = [letter for letter in letters if _is_wanted(letter)]
    dropped = {letter.pk for letter in letters} - {letter.pk for letter in kept}
    Letter.objects.filter(pk__in=dropped).update(dropped_at=now)
    return kept


def _is_wanted(letter: Letter) -> bool:
    """A question that was answered meanwhile, and an account that has gone, want no mail."""
    if not letter.to.is_active or not letter.to.email:
        return False
    if letter.kind == Letter.Kind.UNREVIEWED:
        return AfterReview.objects.waiting().filter(pk=letter.after_review_id).exists()
    if letter.task_state_id is None or letter.kind not in _ASKING:
        return True
    return TaskState.objects.filter(pk=letter.task_state_id, status=TaskState.STATUS_IN_PROGRESS).exists()


def _mails(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Return what goes out together: the digest of a person, any other letter by itself."""
    digests: dict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        if letter.is_digest:
            digests[letter.to_id].append(letter)
    return [[letter] for letter in letters if not letter.is_digest] + list(digests.values())


def _send(letters: list[Letter], connection: BaseEmailBackend) -> int:
    rows = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
    try:
        _mail(letters[0].to, letters, connection).send()
    except Exception as error:  # noqa: BLE001 (whatever a mail server does, no letter is lost)
        tries = letters[0].tries + 1
        pause = min(FIRST_PAUSE * 2 ** min(tries - 1, 12), LONGEST_PAUSE)
        reason = type(error).__name__
        rows.update(tries=tries, error=reason[:80], taken_at=None, not_before=timezone.now() + pause)
        # No address: a log is not for personal data, and an error of a mail server often has one.
        logger.warning("letter_not_sent", letters=len(letters), reason=reason, again_in=str(pause))
        return 0
    rows.update(sent_at=timezone.now(), error="")
    return 1


def _mail(to: User, letters: list[Letter], connection: BaseEmailBackend) -> EmailMultiAlternatives:
    with translation.override(language_of(to)):
        base = settings.WAGTAILADMIN_BASE_URL
        told = {
            "name": user_display_name(to),
            "letters": [(letter, f"{base}{letter.address}") for letter in letters],
            "base": base,
        }
        mail = EmailMultiAlternatives(
            _subject(letters),
            render_to_string("moderation/letters/letter.txt", told),
            to=[to.email],
            connection=connection,
            headers={"Auto-Submitted": "auto-generated", "X-Warta-Letter": str(letters[0].pk)},
        )
        mail.attach_alternative(render_to_string("moderation/letters/letter.html", told), "text/html")
    return mail


def _subject(letters: list[Letter]) -> str:
    if not letters[0].is_digest:
        return letters[0].subject
    count = len(letters)
    words = ngettext("Ringkasan Warta: %(count)d kabar", "Ringkasan Warta: %(count)d kabar", count)
    return words % {"count": count}
