"""What is asked before a page goes into the trash, and before it comes back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.formats.row_numbers import read_row_number
from cms.moderation.trash.hiding import outside_trash


class ThrowForm(forms.Form):
    """Why: what readers may have read is not taken away without a reason."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tersimpan di Sampah dan di jejak. Wajib bila ada yang sedang terbit."),
    )  # fmt: skip

    def ask_for_reason(self, *, has_live: bool) -> bool:
        """Return whether the form, which is valid otherwise, gives the reason that is needed."""
        if has_live and not self.cleaned_data["reason"].strip():
            self.add_error("reason", _("Tulis alasannya: ada halaman yang sedang terbit."))
        return not self.errors


class _PlaceChooser(AdminPageChooser):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Take what is no number of a page for nothing chosen: Wagtail's chooser would fail when it shows it again."""
        typed = super().value_from_datadict(data, files, name)
        return None if read_row_number(typed) is None else typed


class RestoreForm(forms.Form):
    """Below which page it comes back."""

    place = forms.ModelChoiceField(
        Page.objects.none(), label=_("Di bawah halaman"), widget=_PlaceChooser,
        error_messages={
            "required": _("Pilih halaman tempat ia dipulihkan."),
            "invalid_choice": _("Halaman itu tidak ada, atau ada di Sampah. Pilih halaman lain."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, kind: type[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.queryset = outside_trash(Page.objects.filter(depth__gt=1))
        field.widget = _PlaceChooser(target_models=kind.allowed_parent_page_models())
