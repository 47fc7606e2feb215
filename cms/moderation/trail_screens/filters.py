"""What the page "Jejak" is narrowed down to."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Site

from cms.accounts.models import User
from cms.formats.row_numbers import read_row_number
from cms.moderation.trail_entries import Act, TrailEntry
from cms.publishing.office import office_of_site


class _Day(forms.DateField):
    """A day the trail can know of."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    default_validators = [
        MinValueValidator(dt.date(2000, 1, 1), _("Isi tahun 2000 atau sesudahnya.")),
        MaxValueValidator(dt.date(2199, 12, 31), _("Isi tahun 2199 atau sebelumnya.")),
    ]


class TrailFilter(forms.Form):
    """Office, person, act, article, first and last day; whatever is empty does not narrow."""

    kantor = forms.TypedChoiceField(label=_("Kantor"), required=False, coerce=int, empty_value=None)
    orang = forms.TypedChoiceField(label=_("Orang"), required=False, coerce=int, empty_value=None)
    tindakan = forms.ChoiceField(
        label=_("Tindakan"), required=False, choices=[("", _("Semua tindakan")), *Act.choices]
    )
    naskah = forms.CharField(
        label=_("Judul atau nomor halaman"), required=False, max_length=255, empty_value=""
    )
    dari = _Day(label=_("Dari tanggal"), required=False)
    sampai = _Day(label=_("Sampai tanggal"), required=False)

    def __init__(self, *args: Any, sites: list[Site], entries: QuerySet[TrailEntry], **kwargs: Any) -> None:
        """Offer the offices `sites`, and the people who did what `entries` tell."""
        super().__init__(*args, **kwargs)
        self._entries = entries
        self.fields["kantor"].choices = [("", _("Semua kantor")), *((site.pk, _name(site)) for site in sites)]
        self.fields["orang"].choices = [("", _("Semua orang")), *self._people()]
        if len(sites) < 2:
            del self.fields["kantor"]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or {}
        first, last = given.get("dari"), given.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Tanggal akhir tidak boleh mendahului tanggal awal."))
        return given

    def narrowed(self) -> QuerySet[TrailEntry]:
        """Return the entries that are asked for; none while something is filled in wrongly."""
        if not self.is_valid():
            return self._entries.none()
        given = self.cleaned_data
        conditions = {
            "site_id": given.get("kantor"),
            "actor_id": given["orang"],
            "act": given["tindakan"],
            "at__gte": _begin(given["dari"]),
            "at__lt": _begin(given["sampai"], 1),
        }
        asked = {name: value for name, value in conditions.items() if value not in (None, "")}
        return self._entries.filter(_about(given["naskah"].strip()), **asked)

    def _people(self) -> list[tuple[int, str]]:
        did = self._entries.order_by().filter(actor_id=OuterRef("pk"))
        people = User.objects.filter(Exists(did)).order_by("first_name", "last_name", "username", "pk")
        found = {person.pk: user_display_name(person) for person in people}
        asked = read_row_number(self.data.get("orang"))
        if asked is not None and asked not in found:  # an account that was deleted
            gone = self._entries.filter(actor_id=asked).values_list("actor", flat=True).first()
            found |= {asked: gone} if gone else {}
        return list(found.items())


def _begin(day: dt.date | None, days: int = 0) -> dt.datetime | None:
    """Return the midnight with which a day begins, or one `days` later."""
    return make_aware(dt.datetime.combine(day, dt.time.min) + dt.timedelta(days)) if day else None


def _name(site: Site) -> str:
    office = office_of_site(site)
    return office.short_name if office else site.hostname


def _about(words: str) -> Q:
    if (number := read_row_number(words)) is not None:
        return Q(page_id=number)
    return Q(page_title__icontains=words) if words else Q()
