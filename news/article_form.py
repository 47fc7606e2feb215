"""The article's form: offers what is known already, keeps what is typed, states the rules."""

import datetime as dt
import uuid
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.moderation.deciders import why_held_back
from cms.publishing.office_clock import OfficeForm
from news import changes, form_rules
from news.blocks.catalogue import BODY_BLOCKS
from news.written_dates import names_another_day

_MISSING = {
    "title": _("Tulis judul berita."),
    "lead": _("Tulis teras berita: apa, siapa, kapan, di mana."),
    "section": _("Pilih rubrik berita ini."),
    "author_unit": _("Isi unit penulis, misalnya Humas KPU Provinsi Banten."),
}
_SLUG_WORDS = _("Alamat hanya memuat huruf, angka, dan tanda hubung, misalnya rapat-pleno-terbuka.")


class ArticleForm(OfficeForm):
    """Offers the sections of the article's own office, fills in what is known already, states the rules.

    A draft may break any rule the database can bear, so that autosave loses nothing; what is submitted or
    published may not.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        changes.forget_earlier(kwargs.get("instance"))
        super().__init__(*args, **kwargs)
        self._ask_about_the_change()
        office = self.office
        sections = self.fields.get("section")
        if sections is not None and office is not None:
            sections.queryset = sections.queryset.filter(site_id=office.site_id)
            sections.empty_label = _("Pilih rubrik")
        unit = self.fields.get("author_unit")
        if unit is not None and office is not None and not self.instance.author_unit:
            # Translators: readers see it in the byline, so it stays Indonesian.
            unit.initial = self.initial["author_unit"] = _("Humas %(office)s") % {"office": office.name}
        if "body" in self.fields and self.instance.pk is None and not self.is_bound:
            # A writer starts to write at once; an empty paragraph shows nothing.
            first = {"type": "paragraph", "value": "", "id": str(uuid.uuid4())}
            self.initial["body"] = BODY_BLOCKS.to_python([first])
        self._word_errors()

    def _word_errors(self) -> None:
        for name, words in _MISSING.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = words
        if "slug" in self.fields:
            self.fields["slug"].required = False  # an empty one is made from the title on saving
            self.fields["slug"].error_messages["invalid"] = _SLUG_WORDS

    def _ask_about_the_change(self) -> None:
        if "change_answers" in self.fields:
            own = self.fields["change_answers"].queryset.filter(page_id=self.instance.pk)
            self.fields["change_answers"].queryset = own
        if "change_kind" in self.fields:
            kinds = [each for each in self.fields["change_kind"].choices if each[0]]
            self.fields["change_kind"].choices = [("", _("Belum dijawab")), *kinds]

    def clean_slug(self) -> str:
        """Leave a taken address to be numbered on saving, until readers know it or the writer insists on it.

        Autosave must not be refused because last month's announcement has the same title.
        """
        slug = self.cleaned_data["slug"]
        is_ours = slug == slugify(self.cleaned_data.get("title", "")) or self.is_deferred_validation
        is_known = self.instance.pk is not None and self.instance.live
        if is_known or not is_ours:
            return slug
        return slug if Page._slug_is_available(slug, self.parent_page, self.instance) else ""

    def clean_published_at(self) -> dt.datetime | None:
        """Keep the seconds, which decide the order of lists and which no one can type."""
        return self._with_its_seconds("published_at")

    def clean_updated_at(self) -> dt.datetime | None:
        """Keep the seconds of a moment nobody has changed."""
        return self._with_its_seconds("updated_at")

    def _with_its_seconds(self, name: str) -> dt.datetime | None:
        typed, known = self.cleaned_data[name], getattr(self.instance, name)
        is_same = typed and known and typed == known.replace(second=0, microsecond=0)
        return known if is_same else typed

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Show the open form the address its draft was given."""
        updates = super().get_field_updates_for_resave()
        is_other = "slug" in self.fields and self.instance.slug != self.data.get("slug")
        return [*updates, ("slug", self.instance.slug)] if is_other else updates

    def clean(self) -> dict[str, Any]:
        """Add, at the field concerned, a sentence for every rule that is broken."""
        given = super().clean()
        self._let_corrected_date_speak(given)
        rules = form_rules.ALWAYS if self.is_deferred_validation else form_rules.ALL
        for field, words in form_rules.broken(given, rules):
            if field in self.fields and field not in self.errors:
                self.add_error(field, words)
        return given

    def _post_clean(self) -> None:
        """Ask for what a text has to have before it goes on."""
        super()._post_clean()
        self._ask_what_changes()
        self._hold_back()

    def _ask_what_changes(self) -> None:
        """Bind the answer to what is live now, and ask for it before a changed live article goes on."""
        if "change_kind" not in self.fields or not self.instance.pk:
            return
        self.instance.change_of = self.instance.live_revision_id if self.instance.change_kind else None
        if self.is_deferred_validation or self.errors:
            return
        if missing := changes.what_is_missing(self.instance):
            self.add_error(*missing)

    def _hold_back(self) -> None:
        """Refuse to send on what the checks hold something against, for a draft is kept in any state."""
        is_sent_on = {"action-submit", "action-restart-workflow"} & self.data.keys()
        if is_sent_on and not self.errors and (words := why_held_back(self.instance)):
            self.add_error(None, words)

    def _let_corrected_date_speak(self, given: dict[str, Any]) -> None:
        """Drop the dateline an imported text printed once it is given another date than that."""
        day = given.get("event_date")
        if (
            day
            and "event_date" in self.changed_data
            and names_another_day(self.instance.printed_dateline, day)
        ):
            self.instance.printed_dateline = ""
