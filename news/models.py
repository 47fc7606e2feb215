"""The news index and the news article."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import Page, Revision
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.media.models import Document, Image
from cms.moderation.four_eyes import FourEyes
from cms.publishing.office import office_of_page
from cms.publishing.office_clock import OfficeForm
from news import (
    article_form,
    changes,
    corrections,
    editing,
    office_rules,
    representing,
    taxonomy,
    withdrawals,
)
from news.blocks.catalogue import ATTACHMENT_BLOCKS, BODY_BLOCKS
from news.dates import dateline
from news.querysets import ArticlePages
from news.quick_rows import QuickRows
from news.stream_field import ManyReadStreamField

Section = taxonomy.Section
Topic = taxonomy.Topic
ArticleTag = taxonomy.ArticleTag
TaggedArticle = taxonomy.TaggedArticle
Correction = corrections.Correction
Withdrawal = withdrawals.Withdrawal
WordListEntry = office_rules.WordListEntry
PolicyWindow = office_rules.PolicyWindow
Officeholder = office_rules.Officeholder


@lru_cache(maxsize=50)
def kind_label(kind: str, language: str | None) -> str:
    """Return what readers of a language call a kind of article."""
    return str(dict(NewsArticlePage.Kind.choices).get(kind, kind))


class NewsIndexPage(FourEyes, Page):
    """An office's news: the newest, the archive by month, and every article below it."""

    intro = RichTextField(_("pengantar"), blank=True, features=["bold", "italic", "link"])

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsArticlePage"]
    max_count_per_parent = 1
    api_fields = representing.index_fields
    base_form_class = OfficeForm
    content_panels = editing.index_panels
    promote_panels = editing.promote_panels

    class Meta:
        verbose_name = _("indeks berita")
        verbose_name_plural = _("indeks berita")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Answer for the index alone: its articles have one address each, with year and month (news.urls).

        Raises Http404 for anything below, where Wagtail would show the article a second time.
        """
        if path_components:
            raise Http404
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer with the front of the index."""
        from news import views

        return views.index(request, page=self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the unsaved index as readers would see it."""
        return self.serve(request)


class NewsArticlePage(QuickRows, FourEyes, Page):
    """An article: what happened, told by an office, with everything a reader needs to trust it."""

    class Kind(models.TextChoices):
        NEWS = "news", _("Berita")
        PRESS_RELEASE = "press_release", _("Siaran pers")
        ANNOUNCEMENT = "announcement", _("Pengumuman")
        NOTICE = "notice", _("Pemberitahuan")
        CLARIFICATION = "clarification", _("Klarifikasi")
        GUIDE = "guide", _("Panduan")
        GALLERY = "gallery", _("Galeri")
        OPINION = "opinion", _("Opini")
        LIVE = "live", _("Liputan langsung")

    NOTICE_KINDS = (Kind.ANNOUNCEMENT, Kind.NOTICE)

    class InformationCategory(models.TextChoices):
        PERIODIC = "berkala", _("Informasi berkala")
        IMMEDIATE = "serta_merta", _("Informasi serta-merta")
        ANY_TIME = "setiap_saat", _("Informasi setiap saat")

    class Language(models.TextChoices):
        INDONESIAN = "id", _("Bahasa Indonesia")
        ENGLISH = "en", _("Bahasa Inggris")
        SUNDANESE = "su", _("Bahasa Sunda")
        JAVANESE = "jv", _("Bahasa Jawa")

    class LiveStatus(models.TextChoices):
        ONGOING = "ongoing", _("Sedang berlangsung")
        ENDED = "ended", pgettext_lazy("coverage", "Selesai")

    class Change(models.TextChoices):
        SMALL = "small", _("Perbaikan kecil")
        CORRECTION = "ralat", _("Ralat")

    kind = models.CharField(_("jenis"), max_length=16, choices=Kind, default=Kind.NEWS)
    short_title = models.CharField(
        _("judul pendek"),
        max_length=60,
        blank=True,
        help_text=_("Untuk kartu dan pesan WhatsApp, paling banyak 60 huruf."),
    )
    lead = models.CharField(
        _("teras berita"),
        max_length=300,
        help_text=_("Apa, siapa, kapan, di mana: satu atau dua kalimat, 60 sampai 220 huruf."),
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, related_name="articles", verbose_name=_("rubrik")
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="articles", verbose_name=_("topik"))
    tags = ClusterTaggableManager(
        through="news.TaggedArticle",
        blank=True,
        verbose_name=_("tagar"),
        help_text=_("Paling banyak delapan, dipisah koma."),
    )

    dateline_place = models.CharField(
        _("tempat pada teras tanggal"),
        max_length=60,
        blank=True,
        help_text=_("Kosongkan untuk memakai nama kantor, misalnya KPU BANTEN."),
    )
    event_date = models.DateField(
        _("tanggal peristiwa"),
        null=True,
        blank=True,
        help_text=_("Nama hari dihitung sendiri dari tanggal ini."),
    )
    show_dateline = models.BooleanField(_("tampilkan teras tanggal"), default=True)
    printed_dateline = models.CharField(
        _("teras tanggal naskah asal"), max_length=120, blank=True, editable=False
    )

    published_at = models.DateTimeField(
        _("waktu terbit"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Terisi sendiri saat pertama kali terbit; menentukan urutan dan alamat."),
    )
    updated_at = models.DateTimeField(
        _("diperbarui pada"), null=True, blank=True, help_text=_("Diisi bila isi berubah sesudah terbit.")
    )

    author_unit = models.CharField(
        _("unit penulis"), max_length=120, help_text=_("Misalnya: Humas KPU Provinsi Banten.")
    )
    writers = models.CharField(_("penulis"), max_length=200, blank=True)
    author_role = models.CharField(_("jabatan penulis"), max_length=160, blank=True)
    photographer = models.CharField(_("fotografer"), max_length=120, blank=True)
    editor_name = models.CharField(_("penyunting"), max_length=120, blank=True)

    hero_image = models.ForeignKey(
        Image, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto utama")
    )
    hero_alt = models.CharField(
        _("teks alternatif foto utama"),
        max_length=250,
        blank=True,
        help_text=_("Ceritakan isi foto kepada orang yang tidak dapat melihatnya."),
    )
    hero_caption = models.CharField(_("keterangan foto utama"), max_length=300, blank=True)
    hero_credit = models.CharField(_("kredit foto utama"), max_length=120, blank=True)
    social_image = models.ForeignKey(
        Image,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gambar kartu"),
    )

    body = ManyReadStreamField(BODY_BLOCKS, verbose_name=_("isi"), blank=True)
    has_end_mark = models.BooleanField(_("tanda akhir ***"), default=False)
    attachments = ManyReadStreamField(ATTACHMENT_BLOCKS, verbose_name=_("lampiran"), blank=True)

    priority = models.PositiveSmallIntegerField(
        _("prioritas"), default=5, validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_("1 paling penting, 9 paling ringan."),
    )  # fmt: skip
    is_pinned = models.BooleanField(_("sematkan di halaman depan"), default=False)
    language = models.CharField(
        _("bahasa naskah"), max_length=2, choices=Language, default=Language.INDONESIAN
    )
    live_status = models.CharField(_("status liputan"), max_length=8, choices=LiveStatus, blank=True)

    official_number = models.CharField(_("nomor resmi"), max_length=80, blank=True)
    official_date = models.DateField(_("tanggal surat"), null=True, blank=True)
    signatory_role = models.CharField(_("penanda tangan"), max_length=160, blank=True)
    valid_from = models.DateField(_("berlaku mulai"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("menggantikan"),
    )
    information_category = models.CharField(
        _("kategori informasi"), max_length=12, choices=InformationCategory, blank=True
    )
    contains_personal_data = models.BooleanField(_("memuat data pribadi"), default=False)
    photo_consent = models.BooleanField(_("persetujuan orang dalam foto sudah ada"), default=False)

    embargo_until = models.DateTimeField(_("embargo sampai"), null=True, blank=True)
    review_by = models.DateField(_("tinjau ulang paling lambat"), null=True, blank=True)

    # What a newer version of a live article changes: part of the version, approved with it (news.changes).
    change_kind = models.CharField(
        _("perubahan ini"), max_length=8, choices=Change, blank=True,
        help_text=_("Ralat bila pembaca sempat membaca sesuatu yang keliru; ia tampil di artikel dan di /ralat/."),
    )  # fmt: skip
    change_wrong = models.TextField(
        _("yang keliru"), max_length=1000, blank=True, help_text=_("Apa yang tertulis selama ini.")
    )
    change_right = models.TextField(
        _("yang benar"), max_length=1000, blank=True, help_text=_("Apa yang seharusnya tertulis.")
    )
    change_answers = models.ForeignKey(
        Correction, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("menjawab ralat"),
        help_text=_("Bila ralat yang lalu sendiri keliru: ia tidak dihapus, ralat ini menyebut nomornya."),
    )  # fmt: skip
    change_of = models.BigIntegerField(
        null=True, blank=True, editable=False
    )  # the revision that was live then

    is_fictional = models.BooleanField(_("naskah contoh (fiktif)"), default=False)
    disclaimer = models.CharField(_("penafian"), max_length=300, blank=True)

    legacy_url = models.CharField(_("alamat lama"), max_length=500, blank=True, editable=False)
    legacy_view_count = models.PositiveIntegerField(_("jumlah lihat lama"), default=0, editable=False)
    source_document = models.ForeignKey(
        Document,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("naskah asal"),
    )

    objects = ArticlePages.as_manager_of_pages()
    fixed_at_publication = ("published_at", "updated_at")
    read_beside_form = ("printed_dateline",)

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    api_fields = representing.article_fields
    # A copy is a new text: what the original's publication or import fixed does not belong to it.
    exclude_fields_in_copy = [
        "published_at",
        "updated_at",
        "legacy_url",
        "legacy_view_count",
        "printed_dateline",
        "reads",
        "corrections",
        "withdrawals",
        *changes.FIELDS,
    ]
    base_form_class = article_form.ArticleForm
    edit_handler = editing.article_tabs
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("section"),
        index.FilterField("published_at"),
        index.RelatedFields("tags", [index.SearchField("name")]),
    ]

    class Meta:
        verbose_name = _("artikel")
        verbose_name_plural = _("artikel")
        indexes = [
            models.Index(fields=["section", "-published_at", "-page_ptr"], name="article_section_newest")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(priority__gte=1, priority__lte=9),
                name="article_priority_1_to_9",
                violation_error_message=_("Prioritas diisi 1 sampai 9."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="article_validity_in_order",
                violation_error_message=_("Akhir masa berlaku tidak boleh mendahului awalnya."),
            ),
            models.CheckConstraint(
                condition=models.Q(updated_at=None)
                | models.Q(published_at=None)
                | models.Q(updated_at__gte=models.F("published_at")),
                name="article_updated_after_published",
                violation_error_message=_("Waktu pembaruan tidak boleh mendahului waktu terbit."),
            ),
            models.UniqueConstraint(
                fields=["legacy_url"], condition=~models.Q(legacy_url=""), name="article_legacy_url_once"
            ),
        ]

    def set_url_path(self, parent: Page | None) -> str:
        """Put year and month of publication, in the office's zone, into the address: `/berita/2022/05/x/`."""
        if parent is None:
            return super().set_url_path(parent)
        self.url_path = self.dated_path(parent.url_path, self.zone_below(parent))
        return self.url_path

    def dated_path(self, parent_url_path: str, zone: ZoneInfo) -> str:
        """Return the `url_path` this article has below an index, as the calendar of `zone` counts."""
        moment = (self.published_at or self.first_published_at or timezone.now()).astimezone(zone)
        return f"{parent_url_path}{moment:%Y/%m}/{self.slug}/"

    @staticmethod
    def zone_below(parent: Page) -> ZoneInfo:
        """Return the time zone of the office of `parent`; the installation's where there is none yet."""
        office = office_of_page(parent)
        return office.zone if office else ZoneInfo(settings.TIME_ZONE)

    def with_content_json(self, content: Mapping[str, object]) -> "NewsArticlePage":
        """Rebuild the article from a revision; what its first publication or import fixed stays.

        A printed dateline whose date was corrected may be dropped, never rewritten.
        """
        page = super().with_content_json(content)
        page.published_at = page.published_at or self.published_at
        if not changes.announces(page, self.live_revision_id):
            page.updated_at = page.updated_at or self.updated_at
        if content.get("printed_dateline") != "":
            page.printed_dateline = self.printed_dateline
        page.legacy_url, page.legacy_view_count = self.legacy_url, self.legacy_view_count
        return page

    def save(self, *args: object, **kwargs: object) -> None:
        """Give a live article its time of publication, and the address that follows from it."""
        if self.live and self.published_at is None:
            self.published_at = self.first_published_at or timezone.now()
        if self.published_at:
            self.published_at = self.published_at.replace(microsecond=0)  # lists order by whole seconds
        is_whole = kwargs.get("update_fields") is None
        if self.pk and is_whole:
            self.set_url_path(self.get_parent())
        with transaction.atomic():
            answer = changes.answer_going_live(self) if self.pk and self.live and is_whole else None
            super().save(*args, **kwargs)
            if answer:
                changes.carry_out(self, answer)
            if self.live and is_whole:
                withdrawals.end(self)

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Publish a version; what that tells of the one before is forgotten where that one held personal data."""
        with transaction.atomic():
            is_mended = withdrawals.holds_personal_data(self)
            super().publish(*args, **kwargs)
            if is_mended and not withdrawals.holds_personal_data(self):
                withdrawals.forget_what_was_said(self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a version; what it answered about an earlier change is not about this one."""
        changes.settle(self)
        return super().save_revision(*args, **kwargs)

    def dateline(self, office_dateline: str) -> str:
        """Return `KPU BANTEN - Rabu, 25 Mei 2022 - `, or what an imported text printed, or nothing."""
        place = self.dateline_place or office_dateline
        return dateline(place, self.event_date, printed=self.printed_dateline, is_shown=self.show_dateline)

    def get_kind_display(self) -> str:
        """Return the kind in the reader's words; every card asks, and Django's own looks all kinds up."""
        return kind_label(self.kind, get_language())

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer with the article."""
        from news import article_views

        return article_views.article(request, page=self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the unsaved article as readers would see it."""
        return self.serve(request)


class ReadCount(models.Model):
    """How often an article was read here, a day a row; never part of a page's bytes (decision: counter)."""

    article = models.ForeignKey(NewsArticlePage, on_delete=models.CASCADE, related_name="reads")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "article_id"]
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="read_count_once_a_day")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day:%Y-%m-%d}: {self.count}"
