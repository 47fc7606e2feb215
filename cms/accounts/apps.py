"""The people who may log in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    verbose_name = _("Akun")

    def ready(self) -> None:
        from wagtail.admin.views import account

        from cms.accounts import forms, signals

        signals.connect()
        # Wagtail has settings for the other account forms, none for this one.
        account.NameEmailSettingsPanel.form_class = forms.NameForm
