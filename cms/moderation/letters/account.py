"""The account's own choice of mail, in place of Wagtail's, which speaks of mail nobody sends any more."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    NotificationsSettingsPanel,
    notifications_tab,
)
from wagtail.users.models import UserProfile

from cms.moderation.letters.choices import MailChoice


class MailForm(forms.ModelForm):
    """When mail comes; and whether comments are worth one."""

    class Meta:
        model = MailChoice
        fields = ["when"]
        widgets = {"when": forms.RadioSelect}

    comments = forms.BooleanField(
        label=_("Kabari saya tentang komentar pada naskah yang saya ikuti"), required=False
    )

    def __init__(self, *args: Any, profile: UserProfile, **kwargs: Any) -> None:
        """Take the profile in which Wagtail keeps what concerns comments."""
        super().__init__(*args, **kwargs)
        self.profile = profile
        self.fields["comments"].initial = profile.updated_comments_notifications

    def save(self, commit: bool = True) -> MailChoice:
        """Keep both."""
        self.profile.updated_comments_notifications = self.cleaned_data["comments"]
        self.profile.save(update_fields=["updated_comments_notifications"])
        return super().save(commit)


class MailPanel(BaseSettingsPanel):
    """Surel: at once, once a day, or what concerns me."""

    name = "mail"
    title = _("Surel")
    tab = notifications_tab
    order = 100

    def get_form(self) -> MailForm:
        """Return the form of the account."""
        row = MailChoice.objects.filter(user=self.user).first() or MailChoice(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return MailForm(data, instance=row, prefix=self.name, profile=self.profile)


class AccountScreen(AccountView):
    """The account without Wagtail's notifications."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Return the panels that do something."""
        return [panel for panel in super().get_panels() if not isinstance(panel, NotificationsSettingsPanel)]


def mail_panel(request: HttpRequest, user: Any, profile: UserProfile) -> MailPanel:
    """Make the panel for an account."""
    return MailPanel(request, user, profile)
