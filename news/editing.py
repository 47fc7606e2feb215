"""The article's editing screen: six fields at first sight, the rest in tabs behind."""

from django import forms
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
from news.live_panel import LivePanel

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
