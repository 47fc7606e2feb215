"""Waivers: an approver answers for an error the checks find, about exactly those words, with a reason."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.moderation.checks import Finding, Level, blocking, run_checks
from cms.moderation.eligible import writers_of
from cms.moderation.texts import digest_of, text_of
from cms.moderation.trail import name_of

LOG_ACTION = "moderation.waive"
_LONGEST = 255
_KEY = re.compile(r' data-block-key=\\"[^"\\]*\\"')  # the editor's own, in JSON; it says nothing


class Waivers(models.QuerySet["Waiver"]):
    """What somebody answers for."""

    def give(self, page: Page, revision: Revision, finding: Finding, user: User, reason: str) -> "Waiver":
        """Let `finding` no longer hold back the text of `revision`, which `page` says; logged, also in the trail.

        The finding's own words stay out: they may be somebody's personal data, and no log forgets.
        """
        waiver = self.create(
            page_id=page.pk,
            revision_id=revision.pk,
            digest=digest_of(revision.content),
            code=finding.code,
            place=finding.place.path[:_LONGEST],
            fingerprint=finding.fingerprint,
            about=_digest_of_part(text_of(page), finding),
            actor_id=user.pk,
            actor_name=name_of(user)[:_LONGEST],
            reason=reason,
        )
        told = {"code": finding.code, "place": finding.place.label, "fingerprint": finding.fingerprint}
        log(page, LOG_ACTION, user=user, data={"comment": reason, "noted": told}, revision=revision)
        return waiver


class Waiver(models.Model):
    """Somebody answers for one finding. Rows are inserted and never changed (four_eyes_rules).

    `fingerprint` names the finding; `about` is the digest of the block or field it stands in: where these words are
    changed, it has to be waived anew.
    """

    page_id = models.PositiveBigIntegerField(_("halaman"))
    revision_id = models.PositiveBigIntegerField(_("revisi"))
    digest = models.CharField(_("sidik isi"), max_length=64)
    code = models.CharField(_("pemeriksaan"), max_length=64)
    place = models.CharField(_("tempat"), max_length=_LONGEST, blank=True)
    fingerprint = models.CharField(max_length=24)
    about = models.CharField(max_length=64)
    # Kept as a number and a name: an account that is deleted leaves its decisions.
    actor_id = models.PositiveBigIntegerField(_("oleh"))
    actor_name = models.CharField(_("nama"), max_length=255)
    reason = models.TextField(_("alasan"))
    made_at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = Waivers.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "fingerprint", "about", "actor_id"], name="waiver_once"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="waiver_has_reason"),
        ]
        verbose_name = _("pengesampingan")
        verbose_name_plural = _("pengesampingan")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.code}"


def standing(page: Page, findings: Iterable[Finding]) -> dict[str, Waiver]:
    """Return the waiver that holds for each error among `findings` about `page`, by fingerprint.

    The words must be those that were waived; and whoever has had a hand in the text since answers for nothing in it.
    """
    errors = {each.fingerprint: each for each in findings if each.level == Level.ERROR}
    if not errors or page.pk is None:
        return {}
    rows = list(Waiver.objects.filter(page_id=page.pk, fingerprint__in=errors).order_by("pk"))
    if not rows:
        return {}
    text, writers = text_of(page), writers_of(page)
    return {
        row.fingerprint: row
        for row in rows
        if row.actor_id not in writers and row.about == _digest_of_part(text, errors[row.fingerprint])
    }


def answered(page: Page) -> list[tuple[Finding, Waiver | None]]:
    """Return what the checks find in `page`, each with the waiver that answers for it, if somebody has given one."""
    findings = run_checks(page)
    waivers = standing(page, findings)
    return [(finding, waivers.get(finding.fingerprint)) for finding in findings]


def held_back(page: Page) -> list[Finding]:
    """Return the errors in `page` that nobody has waived."""
    found = blocking(page)
    waived = standing(page, found)
    return [finding for finding in found if finding.fingerprint not in waived]


def _digest_of_part(text: Mapping[str, Any], finding: Finding) -> str:
    """Return the digest of the block or field a finding is about; of the whole text where it is about no part."""
    name, _dot, rest = finding.place.path.partition(".")
    part = text.get(name, text)
    if isinstance(part, list) and rest:
        part = _block(part, rest.partition(".")[0]) or part
    said = _KEY.sub("", json.dumps(_as_filled_in(part), sort_keys=True, ensure_ascii=False))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _as_filled_in(part: Any) -> Any:
    """Leave out what an editor's form adds without a person's doing: empty fields, and the ids of items in a list."""
    if isinstance(part, list):
        return [_as_filled_in(each) for each in part]
    if isinstance(part, dict):
        is_item = {"type", "value", "id"} == part.keys()
        return {
            name: _as_filled_in(each)
            for name, each in part.items()
            if each and not (is_item and name == "id")
        }
    return part


def _block(blocks: list[Any], key: str) -> Any:
    if key.startswith("@"):
        place = int(key[1:])
        return blocks[place] if place < len(blocks) else None
    return next((each for each in blocks if isinstance(each, dict) and each.get("id") == key), None)
