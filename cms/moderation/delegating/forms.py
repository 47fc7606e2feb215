"""What a person fills in who hands their decisions to a colleague."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.widgets import AdminDateInput

from cms.accounts.models import User
from cms.formats.row_numbers import read_row_number
from cms.moderation.delegating.people import givers, takers_for
from cms.moderation.delegation import Delegation


class _PersonField(forms.ModelChoiceField):
    def to_python(self, value: Any) -> Any:
        """Find nobody under a number no database can keep."""
        if isinstance(value, str) and value and read_row_number(value) is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def label_from_instance(self, obj: Any) -> str:
        return user_display_name(obj)


class DelegationForm(forms.ModelForm):
    """To whom, from which day to which, and why."""

    class Meta:
        model = Delegation
        fields = ("giver", "taker", "starts", "ends", "reason")
        field_classes = {"giver": _PersonField, "taker": _PersonField}
        widgets = {"starts": AdminDateInput, "ends": AdminDateInput}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the colleagues of `user`; an administrator chooses for whom, too."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if user.is_superuser:
            fields["giver"].queryset = givers()
            fields["taker"].queryset = User.objects.filter(is_active=True).order_by(
                "first_name", "username", "pk"
            )
        else:
            del fields["giver"]
            self.instance.giver = user
            fields["taker"].queryset = takers_for(user)
        self._say(fields)

    def _say(self, fields: dict[str, Any]) -> None:
        """Word what is asked and what is wrong for people."""
        fields["taker"].label = _("Wakil")
        fields["taker"].empty_label = _("Pilih rekan")
        fields["taker"].help_text = _("Rekan sekantor yang aktif dan dapat masuk ke ruang redaksi.")
        fields["ends"].help_text = _("Berlaku sampai tengah malam hari itu, lalu berakhir sendiri.")
        fields["reason"].help_text = _("Misalnya: cuti tahunan. Tercatat di jejak.")
        gone = _("Orang ini tidak dapat dipilih: ia harus aktif, sekantor, dan dapat masuk ke ruang redaksi.")
        asked = {
            "giver": _("Pilih siapa yang diwakili."),
            "taker": _("Pilih siapa yang mewakili."),
            "starts": _("Isi hari pertama."),
            "ends": _("Isi hari terakhir."),
            "reason": _("Tulis alasannya."),
        }
        for name, field in fields.items():
            field.error_messages |= {"required": asked[name], "invalid_choice": gone}

    def clean(self) -> dict[str, Any]:
        """Refuse whom it cannot go to, and days that are over."""
        given = super().clean() or {}
        giver, taker, ends = given.get("giver", self._giver()), given.get("taker"), given.get("ends")
        if giver and taker == giver:
            self.add_error("taker", _("Pilih orang lain sebagai wakil."))
        elif giver and taker and not takers_for(giver).filter(pk=taker.pk).exists():
            self.add_error("taker", self.fields["taker"].error_messages["invalid_choice"])
        if ends and given.get("starts") and ends < given["starts"]:
            self.add_error("ends", _("Hari terakhir tidak boleh mendahului hari pertama."))
        elif ends and ends < timezone.localdate():
            self.add_error("ends", _("Hari itu sudah lewat. Pilih hari ini atau sesudahnya."))
        return given

    def _giver(self) -> User | None:
        return self.instance.giver if self.instance.giver_id else None
