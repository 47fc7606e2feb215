"""The article's editing screen: six fields at first sight, the rest in tabs behind."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.models import Page

from cms.publishing.office import office_of_page

TITLE_MAX = 110
TAGS_MAX = 8


class ArticleForm(WagtailAdminPageForm):
    """Offers the sections of the article's own office, and fills in what the office already knows."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        office = office_of_page(self.parent_page or self.instance.get_parent())
        sections = self.fields.get("section")
        if sections is not None and office is not None:
            sections.queryset = sections.queryset.filter(site_id=office.site_id)
        unit = self.fields.get("author_unit")
        if unit is not None and office is not None and not self.instance.author_unit:
            unit.initial = self.initial["author_unit"] = _("Humas %(office)s") % {"office": office.name}

    def clean_tags(self) -> list[str]:
        """Refuse more tags than a reader can use."""
        tags = self.cleaned_data["tags"]
        if len(tags) > TAGS_MAX:
            self.add_error("tags", _("Paling banyak delapan tagar; sekarang %(now)d.") % {"now": len(tags)})
        return tags


index_panels = [*Page.content_panels, FieldPanel("intro")]
promote_panels = [
    FieldPanel("slug"),
    MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Mesin pencari")),
]

_writing = [
    FieldPanel("title", heading=_("Judul")),
    FieldPanel("lead"),
    FieldPanel("section"),
    MultiFieldPanel(
        [
            FieldPanel("hero_image"),
            FieldPanel("hero_alt"),
            FieldPanel("hero_caption"),
            FieldPanel("hero_credit"),
        ],
        heading=_("Foto utama"),
    ),
    FieldPanel("event_date"),
    FieldPanel("body"),
]
_details = [
    FieldPanel("kind"),
    FieldPanel("short_title"),
    MultiFieldPanel([FieldPanel("topics"), FieldPanel("tags")], heading=_("Topik dan tagar")),
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
    InlinePanel("corrections", heading=_("Ralat dan catatan"), label=_("Ralat")),
]
_publishing = [
    FieldRowPanel([FieldPanel("published_at"), FieldPanel("updated_at")]),
    PublishingPanel(),
    FieldRowPanel([FieldPanel("embargo_until"), FieldPanel("review_by")]),
    FieldRowPanel([FieldPanel("priority"), FieldPanel("is_pinned")]),
    FieldPanel("language"),
    FieldPanel("slug"),
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
