"""Mail about manuscripts: to the right people, after the change, outside the request, each once."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from cms.health.checking import examine as run_health
from cms.moderation.letters import reminding, sending
from cms.moderation.letters.choices import MailChoice, next_digest
from cms.moderation.models import Letter
from home.roles import group_of
from tests.people import next_of, page_of, send, wait

User = get_user_model()
pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def people(office, person):
    """The writer, and two who decide."""
    return (
        person("nadia", "Penulis", office),
        person("ratna", "Penyetuju", office),
        person("budi", "Penyetuju", office),
    )


def delivered(now: dt.datetime | None = None) -> dict[str, list[str]]:
    """Deliver what is due; return the subjects by who got them."""
    mail.outbox.clear()
    sending.deliver(now)
    found: dict[str, list[str]] = {}
    for each in mail.outbox:
        found.setdefault(each.to[0].partition("@")[0], []).append(each.subject)
    return found


def test_those_who_may_decide_are_written_to_when_something_is_submitted(office, people, submit):
    state = submit(office, people[0])
    assert mail.outbox == []  # not in the request
    subject = "Menunggu keputusan Anda: “Rapat Pleno”"
    assert delivered() == {"ratna": [subject], "budi": [subject]}
    letter = mail.outbox[0]
    assert "Nadia mengajukan “Rapat Pleno” (KPU Banten)" in letter.body
    assert f"http://localhost:8000/admin/antrean/{state.pk}/" in letter.body
    assert letter.alternatives[0].mimetype == "text/html"
    assert delivered() == {}


def test_a_submission_that_is_rolled_back_writes_to_nobody(office, people, submit):
    with pytest.raises(RuntimeError), transaction.atomic():
        submit(office, people[0])
        raise RuntimeError
    assert delivered() == {}


@pytest.mark.parametrize(
    ("decision", "subject"),
    [
        ("setuju", "Terbit: “Rapat Pleno”"),
        ("perbaiki", "Perlu diperbaiki: “Rapat Pleno”"),
        ("tolak", "Ditolak: “Rapat Pleno”"),
    ],
)
def test_writer_is_told_of_the_decision_once_with_its_reason(
    client,
    office,
    people,
    submit,
    decision,
    subject,
):
    state = submit(office, people[0])
    delivered()
    client.force_login(people[1])
    send(client, state, decision, "Tanggal <belum> ditulis.")
    if decision == "setuju":
        send(client, next_of(state), decision)
    assert delivered() == {"nadia": [subject]}
    if decision != "setuju":
        assert "“Tanggal <belum> ditulis.”" in mail.outbox[0].body
        assert "Tanggal &lt;belum&gt; ditulis." in mail.outbox[0].alternatives[0].content


def test_a_question_answered_before_the_postman_came_is_not_asked(client, office, people, submit):
    state = submit(office, people[0])
    client.force_login(people[1])
    send(client, state, "perbaiki", "Kurang tanggal.")
    assert delivered() == {"nadia": ["Perlu diperbaiki: “Rapat Pleno”"]}


def test_who_is_given_a_manuscript_is_written_to_with_the_note(client, office, people, submit):
    state = submit(office, people[0])
    delivered()
    client.force_login(people[1])
    client.post(reverse("moderation_hand_over", args=[state.pk]), {"to": people[2].pk, "note": "Saya cuti."})
    assert delivered() == {"budi": ["Dialihkan kepada Anda: “Rapat Pleno”"]}
    assert "Saya cuti." in mail.outbox[0].body


def test_overdue_is_told_once_to_the_office_and_then_once_above(
    office,
    other_office,
    person,
    submit,
):
    writer = person("nadia", "Penulis", other_office)
    person("sri", "Penyetuju", other_office)
    person("tuti", "Penyetuju", other_office)
    person("ratna", "Penyetuju", office)  # of the province, but not its moderator
    person("mira", "Moderator Provinsi", office)
    state = submit(other_office, writer)
    delivered()
    assert reminding.remind() == 0
    wait(state, 25)
    reminding.remind()
    reminding.remind()
    assert set(delivered()) == {"sri", "tuti"}
    wait(state, 49)
    reminding.remind()
    reminding.remind()
    assert delivered() == {"mira": ["Belum diputuskan: “Rapat Pleno”"]}


def test_escalation_goes_to_the_administrators_where_nobody_moderates_above(
    office,
    people,
    submit,
    superuser,
):
    wait(submit(office, people[0]), 49)
    reminding.remind()
    reminding.remind()
    assert delivered()["admin"] == ["Belum diputuskan: “Rapat Pleno”"]


def test_account_chooses_a_digest_at_seven_or_only_what_concerns_it(client, office, people, submit):
    writer, ratna, budi = people
    for user, choice in ((ratna, "daily"), (budi, "mine")):
        client.force_login(user)
        account = client.get(reverse("wagtailadmin_account"))
        assert "Ringkasan sekali sehari" in account.text
        assert "submitted_notifications" not in account.text
        data = {
            "mail-when": choice,
            "locale-preferred_language": "id",
            "locale-current_time_zone": "Asia/Jakarta",
        }
        names = {
            "name_email-first_name": user.first_name,
            "name_email-last_name": "X",
            "name_email-email": user.email,
        }
        theme = {
            "theme-theme": "system",
            "theme-density": "default",
            "theme-contrast": "system",
            "theme-keyboard_shortcuts": "on",
        }
        answer = client.post(reverse("wagtailadmin_account"), data | names | theme)
        assert answer.status_code == 302
    assert set(MailChoice.objects.values_list("when", flat=True)) == {"daily", "mine"}
    submit(office, writer, "Satu")
    submit(office, writer, "Dua")
    assert delivered() == {}
    morning = next_digest(timezone.now(), ZoneInfo("Asia/Jakarta"))
    assert morning.hour == 7
    assert delivered(morning) == {"ratna": ["Ringkasan Warta: 2 kabar"]}
    assert "“Satu”" in mail.outbox[0].body
    assert "“Dua”" in mail.outbox[0].body
    assert delivered(morning) == {}


def test_digest_is_at_seven_where_the_office_is():
    noon = dt.datetime(2026, 11, 26, 23, 30, tzinfo=dt.UTC)  # 06.30 WIB, 08.30 WIT of the 27th
    assert next_digest(noon, ZoneInfo("Asia/Jakarta")).astimezone(dt.UTC).day == 27
    assert next_digest(noon, ZoneInfo("Asia/Jakarta")).astimezone(dt.UTC).hour == 0
    assert next_digest(noon, ZoneInfo("Asia/Jayapura")).astimezone(dt.UTC).hour == 22


def test_mail_server_that_refuses_loses_nothing_and_is_in_the_health_report(
    office,
    people,
    submit,
    settings,
    caplog,
):
    submit(office, people[0])
    settings.EMAIL_BACKEND = "tests.test_letters.DeadBackend"
    now = timezone.now()
    assert sending.deliver(now) == 0
    assert sending.deliver(now) == 0  # it waits before it tries again
    assert set(Letter.objects.values_list("tries", flat=True)) == {1}
    assert "kpu.example" not in caplog.text.partition("letter_not_sent")[2]
    Letter.objects.update(made_at=now - dt.timedelta(hours=1))
    problems = [each.message for result in run_health() for each in result.problems]
    assert any("2 surel belum terkirim" in each for each in problems)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert set(delivered(now + dt.timedelta(minutes=2))) == {"ratna", "budi"}
    assert delivered(now + dt.timedelta(days=1)) == {}


class DeadBackend:
    """A mail server that is down."""

    def __init__(self, **kwargs: object) -> None:
        """Take what Django gives."""

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("ratna@kpu.example")

    def close(self) -> None:
        """Nothing was open."""


def test_postman_who_died_with_a_letter_is_replaced(office, people, submit):
    submit(office, people[0])
    now = timezone.now()
    Letter.objects.update(taken_at=now)
    assert delivered(now) == {}
    assert set(delivered(now + dt.timedelta(minutes=16))) == {"ratna", "budi"}


def test_who_has_left_gets_no_mail(office, people, submit):
    submit(office, people[0])
    User.objects.filter(pk=people[1].pk).update(is_active=False)
    assert set(delivered()) == {"budi"}
    assert Letter.objects.filter(dropped_at=None, sent_at=None).count() == 0
    assert TaskState.objects.count() == 1
    assert group_of(office, "Penyetuju") is not None
    assert page_of(TaskState.objects.get())
