"""What a person fills in who publishes at once, reviews afterwards, or takes an approval back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.moderation.queue.decisions import Read
from cms.moderation.urgent.after_reviews import AfterReview

_LONGEST, _SHORTEST = 2000, 20
_CHOICES = [
    (choice.value, choice.label) for choice in AfterReview.Outcome if choice != AfterReview.Outcome.SUPERSEDED
]


class ReasonForm(forms.Form):
    """A reason that others read: a few words are none."""

    reason = forms.CharField(
        label=_("Alasan"),
        min_length=_SHORTEST,
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 3, "aria-describedby": "id_reason_helptext"}),
        error_messages={
            "required": _("Tulis alasannya. Rekan Anda membacanya."),
            "min_length": _("Tulis alasannya dalam kalimat, paling sedikit %(limit_value)d huruf."),
        },
    )

    @property
    def help_text(self) -> str:
        """Return how long the reason has to be."""
        return _("Paling sedikit %(count)d huruf; dibaca rekan Anda dan tersimpan selamanya.") % {
            "count": _SHORTEST
        }


class UrgentForm(ReasonForm):
    """Why it cannot wait, and which text it is about."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @property
    def read(self) -> Read:
        """Return the text that was on the screen."""
        return Read(self.cleaned_data["revision"], self.cleaned_data["digest"])


class AfterReviewForm(forms.Form):
    """What the second person says."""

    outcome = forms.ChoiceField(
        label=_("Hasil tinjauan"),
        choices=_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dahulu hasil tinjauan Anda.")},
    )
    reason = forms.CharField(
        label=_("Catatan"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 3, "aria-describedby": "id_reason_helptext"}),
        help_text=_("Wajib bila diralat atau diturunkan; penulis dan yang menerbitkan membacanya."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where it is not right."""
        given = super().clean() or {}
        outcome = given.get("outcome")
        if outcome and outcome != AfterReview.Outcome.CONFIRMED and not given.get("reason"):
            self.add_error("reason", _("Tulis apa yang keliru."))
        return given
