"""The article's editing screen: six fields at first sight, the rest in tabs behind."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page

from cms.moderation.check_panel import CheckPanel
from cms.publishing.office_clock import OfficeForm
from news import changes, form_rules
from news.blocks.catalogue import BODY_BLOCKS
from news.live_panel import LivePanel
from news.written_dates import names_another_day

TITLE_MAX, TAGS_MAX = form_rules.TITLE_MAX, form_rules.TAGS_MAX


class ArticleForm(OfficeForm):
    """Offers the sections of the article's own office, fills in what is known already, states the rules.

    A draft may break any rule the database can bear, so that autosave loses nothing; what is submitted or
    published may not.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        changes.forget_earlier(kwargs.get("instance"))
        super().__init__(*args, **kwargs)
        self._offer_own_corrections()
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

    def _offer_own_corrections(self) -> None:
        if "change_answers" in self.fields:
            own = self.fields["change_answers"].queryset.filter(page_id=self.instance.pk)
            self.fields["change_answers"].queryset = own

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
        """Bind the answer to what is live now, and ask for it before a changed live article goes on."""
        super()._post_clean()
        if "change_kind" not in self.fields or not self.instance.pk:
            return
        self.instance.change_of = self.instance.live_revision_id if self.instance.change_kind else None
        if self.is_deferred_validation or self.errors:
            return
        if missing := changes.what_is_missing(self.instance):
            self.add_error(*missing)

    def _let_corrected_date_speak(self, given: dict[str, Any]) -> None:
        """Drop the dateline an imported text printed once it is given another date than that."""
        day = given.get("event_date")
        if (
            day
            and "event_date" in self.changed_data
            and names_another_day(self.instance.printed_dateline, day)
        ):
            self.instance.printed_dateline = ""


_MISSING = {
    "title": _("Tulis judul berita."),
    "lead": _("Tulis teras berita: apa, siapa, kapan, di mana."),
    "section": _("Pilih rubrik berita ini."),
    "author_unit": _("Isi unit penulis, misalnya Humas KPU Provinsi Banten."),
}
_SLUG_WORDS = _("Alamat hanya memuat huruf, angka, dan tanda hubung, misalnya rapat-pleno-terbuka.")

SLUG_HELP = _(
    "Bagian akhir alamat halaman: huruf kecil, angka, dan tanda hubung. Contoh: rapat-pleno-terbuka."
)

index_panels = [*Page.content_panels, FieldPanel("intro")]
promote_panels = [
    FieldPanel("slug", help_text=SLUG_HELP),
    MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Mesin pencari")),
]

_writing = [
    TitleFieldPanel(
        "title",
        heading=_("Judul"),
        help_text=_("Satu kalimat pendek, paling panjang 110 huruf."),
        placeholder=False,
        classname="",  # Wagtail's large borderless title hides what it is
    ),
    FieldPanel("lead", widget=AdminAutoHeightTextInput(attrs={"rows": 3, "maxlength": 300})),
    FieldPanel("section", widget=forms.Select),  # one tap on a phone, where a chooser takes three
    MultiFieldPanel(
        [
            FieldPanel("hero_image", heading=_("Foto")),
            FieldPanel("hero_alt"),
            FieldPanel("hero_caption"),
            FieldPanel("hero_credit"),
        ],
        heading=_("Foto utama"),
    ),
    FieldPanel("event_date"),
    FieldPanel("body"),
    LivePanel(
        [
            FieldPanel("change_kind", widget=forms.RadioSelect),
            FieldPanel("change_wrong", widget=AdminAutoHeightTextInput(attrs={"rows": 2})),
            FieldPanel("change_right", widget=AdminAutoHeightTextInput(attrs={"rows": 2})),
            FieldPanel("change_answers", widget=forms.Select),
        ],
        heading=_("Apa yang berubah dari yang sudah terbit?"),
    ),
    CheckPanel(),
]
_details = [
    FieldPanel("kind"),
    FieldPanel("short_title"),
    MultiFieldPanel(
        [FieldPanel("topics", widget=forms.CheckboxSelectMultiple), FieldPanel("tags")],
        heading=_("Topik dan tagar"),
    ),
    MultiFieldPanel(
        [FieldPanel("dateline_place"), FieldPanel("show_dateline"), FieldPanel("has_end_mark")],
        heading=_("Teras tanggal"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("author_unit"),
            FieldRowPanel([FieldPanel("writers"), FieldPanel("author_role")]),
            FieldRowPanel([FieldPanel("photographer"), FieldPanel("editor_name")]),
        ],
        heading=_("Penulis dan petugas"),
    ),
    FieldPanel("attachments"),
    FieldPanel("live_status"),
]
_official = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("official_number"), FieldPanel("official_date")]),
            FieldPanel("signatory_role"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
            FieldPanel("supersedes"),
        ],
        heading=_("Pengumuman"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("information_category"),
            FieldPanel("contains_personal_data"),
            FieldPanel("photo_consent"),
        ],
        heading=_("Keterbukaan informasi dan data pribadi"),
    ),
]
_publishing = [
    CommentPanel(),  # an edit handler of our own has comments only if it says so
    FieldRowPanel([FieldPanel("published_at"), FieldPanel("updated_at")]),
    PublishingPanel(),
    FieldRowPanel([FieldPanel("embargo_until"), FieldPanel("review_by")]),
    FieldRowPanel([FieldPanel("priority"), FieldPanel("is_pinned")]),
    FieldPanel("language"),
    FieldPanel("slug", help_text=SLUG_HELP),
    MultiFieldPanel(
        [FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("social_image")],
        heading=_("Mesin pencari dan kartu"),
    ),
    FieldPanel("source_document"),
    MultiFieldPanel([FieldPanel("is_fictional"), FieldPanel("disclaimer")], heading=_("Naskah contoh")),
]

article_tabs = TabbedInterface(
    [
        ObjectList(_writing, heading=_("Tulis")),
        ObjectList(_details, heading=_("Rincian")),
        ObjectList(_official, heading=_("Resmi")),
        ObjectList(_publishing, heading=_("Terbit")),
    ]
)
