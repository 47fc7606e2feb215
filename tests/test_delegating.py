"""Perwakilan: an approver on leave hands their decisions to a colleague, through a screen of the admin."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.moderation.models import Delegation, TrailEntry
from tests.people import next_of, page_of, queue, send, titles

pytestmark = pytest.mark.four_eyes


@pytest.fixture
def people(office, person):
    """An approver, a second one, an editor and a writer of the office."""
    roles = {"ratna": "Penyetuju", "budi": "Penyetuju", "tuti": "Penyunting", "nadia": "Penulis"}
    return {name: person(name, role, office) for name, role in roles.items()}


def day(later: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=later)).isoformat()


def hand_over(client, taker, first=0, last=3, **said):
    data = {
        "taker": getattr(taker, "pk", taker),
        "starts": day(first),
        "ends": day(last),
        "reason": "Cuti tahunan",
        **said,
    }
    return client.post(reverse("moderation_delegations"), data, follow=True)


def test_approver_on_leave_lets_a_colleague_decide_and_ends_it(client, office, people, submit):
    state = submit(office, people["nadia"])
    client.force_login(people["ratna"])
    assert reverse("moderation_delegations") in queue(client)
    assert "Tuti mewakili Ratna" in hand_over(client, people["tuti"]).text
    entry = TrailEntry.objects.get(act="delegated")
    assert (entry.actor_id, entry.details["taker_id"]) == (people["ratna"].pk, people["tuti"].pk)
    client.force_login(people["tuti"])
    assert titles(queue(client)) == ["Rapat Pleno"]
    send(client, state, "setuju")
    send(client, next_of(state), "setuju")
    assert page_of(state).live
    client.force_login(people["ratna"])
    row = Delegation.objects.get()
    client.post(reverse("moderation_end_delegation", args=[row.pk]))
    assert not Delegation.objects.exists()
    assert TrailEntry.objects.filter(act="delegation_ended", actor_id=people["ratna"].pk).exists()


def test_approver_is_told_what_is_wrong_with_a_delegation(client, office, other_office, people, person):
    client.force_login(people["ratna"])
    stranger = person("ujang", "Penyetuju", other_office)
    auditor = person("dewi", "Auditor", office)
    outsider = User.objects.create_user("pembaca", "pembaca@kpu.example")
    cannot = "Orang ini tidak dapat dipilih"
    for taker in (people["ratna"], stranger, auditor, outsider):
        assert cannot in hand_over(client, taker).text, taker
    User.objects.filter(pk=people["tuti"].pk).update(is_active=False)
    assert cannot in hand_over(client, people["tuti"]).text
    for said in ("x", "9" * 19, "9" * 5000, ""):
        assert hand_over(client, said).status_code == 400
    before = hand_over(client, people["budi"], first=3, last=1)
    assert "Hari terakhir tidak boleh mendahului hari pertama." in before.text
    assert "Hari itu sudah lewat" in hand_over(client, people["budi"], first=-3, last=-1).text
    assert "Tulis alasannya." in hand_over(client, people["budi"], reason="").text
    assert not Delegation.objects.exists()


def test_nobody_hands_over_or_ends_what_is_not_theirs(client, office, people):
    client.force_login(people["ratna"])
    hand_over(client, people["tuti"], giver=people["budi"].pk)
    row = Delegation.objects.get()
    assert row.giver == people["ratna"]
    address = reverse("moderation_end_delegation", args=[row.pk])
    client.force_login(people["budi"])
    assert client.post(address).status_code == 404
    client.force_login(people["tuti"])
    assert "Tuti mewakili Ratna" in client.get(reverse("moderation_delegations")).text
    client.post(address)
    client.force_login(people["nadia"])
    assert client.get(reverse("moderation_delegations")).status_code == 302
    assert Delegation.objects.filter(pk=row.pk).exists()


def test_administrator_sees_all_and_hands_over_for_somebody_who_fell_ill(client, office, people):
    root = User.objects.create_superuser("admin", "admin@kpu.example")
    client.force_login(root)
    assert (
        "Pilih orang lain sebagai wakil." in hand_over(client, people["ratna"], giver=people["ratna"].pk).text
    )
    assert "Pilih siapa yang diwakili." in hand_over(client, people["tuti"]).text
    assert "Tuti mewakili Ratna" in hand_over(client, people["tuti"], giver=people["ratna"].pk).text
    client.post(reverse("moderation_end_delegation", args=[Delegation.objects.get().pk]))
    assert not Delegation.objects.exists()
