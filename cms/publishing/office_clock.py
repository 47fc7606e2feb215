"""The screens about a page: the clock of the page's office, whatever clock the account has, and its files alone."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.formats.typed import DateTimeField
from cms.publishing.foreign_files import foreign_files
from cms.publishing.office import Office, office_of_page
from cms.publishing.sent_files import files_in, take_out


class OfficeClock:
    """Lets whoever works on a page see and type its times as its office's clock shows them.

    Wagtail reads the clock of a screen from the profile of the account; what is stored there stays as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Set the clock of a screen whose address names a page, or the page below which one is written."""
        pk = kwargs.get("page_id") or kwargs.get("parent_page_id")
        if not pk or not request.path.startswith("/admin/") or not request.user.is_authenticated:
            return
        page = Page.objects.filter(pk=pk).only("path").first()
        office = office_of_page(page) if page else None
        if office:
            _set_clock(request.user, office.zone)


def _set_clock(user: Any, zone: ZoneInfo) -> None:
    """Change what the request knows of the profile, and nothing that is stored."""
    profile = getattr(user, "wagtail_userprofile", None) or UserProfile(user=user)
    profile.current_time_zone = zone.key


class OfficeForm(WagtailAdminPageForm):
    """A page's form: names the clock of its office beside every time, takes no file of another office."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = self.parent_page or self.instance.get_parent()
        self.office: Office | None = office_of_page(above) if above else None
        for field in self.fields.values():
            if self.office and isinstance(field, DateTimeField):
                words = _("Jam menurut %(zone)s, waktu kantor.") % {"zone": self.office.zone_name}
                field.help_text = f"{field.help_text} {words}".strip()

    def _post_clean(self) -> None:
        """Refuse a picture or document whose number was typed, not chosen: it may be nobody's to see yet."""
        super()._post_clean()
        sent = {name: files_in(field, self.data, name) for name, field in self.fields.items()}
        files = {file for found in sent.values() for file in found}
        foreign = foreign_files(files, self.instance, self.for_user) if files and self.for_user else set()
        for name in [name for name, found in sent.items() if found & foreign]:
            earlier = self.errors.pop(name, None)
            self.add_error(
                name,
                _(
                    "Di sini ada gambar atau dokumen yang bukan milik kantor Anda, jadi tidak dipasang."
                    " Pilih dari koleksi kantor Anda, atau unggah dahulu."
                ),
            )
            self.errors[name].extend(
                earlier.data if earlier else []
            )  # a field of blocks shows its first alone
            self.data = self.data.copy()
            take_out(self.fields[name], self.data, name, foreign)
