"""What is asked of a person: a user name, an address of their own, a name, a position."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.forms.auth import LoginForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from cms.accounts.models import User


class OwnAddressMixin(forms.ModelForm):
    """Demands an e-mail address nobody else has, and a name; one name is enough for an Indonesian."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].label = _("Nama depan")
        self.fields["last_name"].label = _("Nama belakang")
        self.fields["last_name"].required = False
        self.fields["email"].label = _("Alamat surel")
        self.fields["email"].error_messages |= {
            "required": _("Isi alamat surel; tautan atur ulang kata sandi dikirim ke sana."),
            "invalid": _("Tulis alamat surel yang lengkap, misalnya nama@kantor.go.id."),
        }

    def _taken(self, **lookup: str) -> bool:
        return User.objects.exclude(pk=self.instance.pk).filter(**lookup).exists()

    def clean_email(self) -> str:
        """Refuse an address another person logs in with, however it is capitalised."""
        email = self.cleaned_data["email"]
        if self._taken(email__iexact=email):
            raise ValidationError(_("Alamat surel ini sudah dipakai pengguna lain."))
        return email


class OwnNameMixin(OwnAddressMixin):
    """Demands a user name nobody else has, however it is capitalised."""

    def clean_username(self) -> str:
        """Refuse a name another person logs in with."""
        username = self.cleaned_data["username"]
        if self._taken(username__iexact=username):
            raise ValidationError(_("Nama pengguna ini sudah dipakai."))
        return username


class PersonCreationForm(OwnNameMixin, UserCreationForm):
    """A new person."""

    class Meta(UserCreationForm.Meta):
        fields = {*UserCreationForm.Meta.fields, "position"}


class PersonEditForm(OwnNameMixin, UserEditForm):
    """A known person."""

    class Meta(UserEditForm.Meta):
        fields = {*UserEditForm.Meta.fields, "position"}


class NameForm(OwnAddressMixin, NameEmailForm):
    """What people change about themselves on their account page."""

    class Meta(NameEmailForm.Meta):
        fields = [*NameEmailForm.Meta.fields, "position"]


class SignInForm(LoginForm):
    """Says that either name will do."""

    error_messages = {
        **LoginForm.error_messages,
        "invalid_login": _(
            "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."
        ),
        "inactive": _("Akun ini dinonaktifkan. Hubungi administrator kantor Anda."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Nama pengguna atau surel")
        self.fields["username"].widget.attrs |= {
            "placeholder": "",
            "autocomplete": "username",
            "autocapitalize": "none",
        }
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].widget.attrs |= {"placeholder": "", "autocomplete": "current-password"}
