"""What a person fills in on the screen "Periksa"."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name

from cms.accounts.models import User
from cms.moderation.queue.decisions import Decision, Read

_LONGEST = 2000


class DecisionForm(forms.Form):
    """A decision, its reason, and which text it is about."""

    decision = forms.ChoiceField(
        label=_("Keputusan"),
        choices=Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dahulu keputusan Anda.")},
    )
    reason = forms.CharField(
        label=_("Alasan"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Wajib bila naskah dikembalikan atau ditolak; penulisnya membacanya."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the answer is no."""
        given = super().clean() or {}
        says_no = given.get("decision") in (Decision.CHANGES, Decision.REFUSE)
        if says_no and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Tulis alasannya: apa yang harus diperbaiki, atau mengapa ditolak."))
        return given

    @property
    def read(self) -> Read:
        """Return the text that was decided about."""
        return Read(self.cleaned_data["revision"], self.cleaned_data["digest"])


class WaiverForm(forms.Form):
    """Which finding is waived and why, and in which text."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=24)
    waiver_reason = forms.CharField(
        label=_("Alasan"),
        max_length=_LONGEST,
        error_messages={"required": _("Tulis alasannya: mengapa temuan ini bukan kesalahan.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @property
    def read(self) -> Read:
        """Return the text that was read."""
        return Read(self.cleaned_data["revision"], self.cleaned_data["digest"])


class HandOverForm(forms.Form):
    """To whom, and what they should know."""

    to = forms.ChoiceField(
        label=_("Alihkan kepada"), error_messages={"required": _("Pilih rekan yang akan menangani.")}
    )
    note = forms.CharField(
        label=_("Catatan"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Tulis catatan singkat untuk rekan Anda.")},
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        """Offer `colleagues`."""
        super().__init__(*args, **kwargs)
        self.colleagues = {str(each.pk): each for each in colleagues}
        names = [(pk, user_display_name(each)) for pk, each in self.colleagues.items()]
        self.fields["to"].choices = [("", _("Pilih rekan")), *names]

    @property
    def taker(self) -> User:
        """Return who was chosen."""
        return self.colleagues[self.cleaned_data["to"]]
