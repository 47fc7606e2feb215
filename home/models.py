"""HomePage, which is an office and its front page, and StandardPage."""

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.media.models import Image
from cms.moderation.four_eyes import FourEyes
from cms.publishing.office_clock import OfficeForm
from home import editing, representing
from news.blocks.catalogue import BODY_BLOCKS
from news.stream_field import ManyReadStreamField


class MenuLinkBlock(blocks.StructBlock):
    """One entry of a menu: a page of the site, or an address elsewhere."""

    text = blocks.CharBlock(label=_("Teks"), max_length=40)
    page = blocks.PageChooserBlock(label=_("Halaman"), required=False)
    url = blocks.CharBlock(
        label=_("Alamat"),
        required=False,
        help_text=_("Diisi bila bukan halaman situs ini, misalnya https://jdih.kpu.go.id/."),
    )

    class Meta:
        label = _("Tautan menu")
        icon = "link"


class SocialLinkBlock(blocks.StructBlock):
    """One account of the office on a social network."""

    network = blocks.ChoiceBlock(
        label=_("Jaringan"),
        choices=[
            ("facebook", "Facebook"), ("instagram", "Instagram"), ("x", "X"), ("youtube", "YouTube"),
            ("tiktok", "TikTok"), ("whatsapp", "WhatsApp"), ("telegram", "Telegram"),
        ],
    )  # fmt: skip
    url = blocks.URLBlock(label=_("Alamat"))

    class Meta:
        label = _("Akun")
        icon = "link-external"


class HomePage(FourEyes, Page):
    """An office and the front page of its site, edited like any page: with history and approval."""

    class Level(models.TextChoices):
        NATIONAL = "nasional", _("Nasional")
        PROVINCE = "provinsi", _("Provinsi")
        REGENCY = "kabupaten", _("Kabupaten")
        CITY = "kota", _("Kota")

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", _("WIB (UTC+7)")
        WITA = "Asia/Makassar", _("WITA (UTC+8)")
        WIT = "Asia/Jayapura", _("WIT (UTC+9)")

    name = models.CharField(_("nama kantor"), max_length=120, help_text=_("Misalnya: KPU Provinsi Banten."))
    short_name = models.CharField(_("nama singkat"), max_length=40, help_text=_("Misalnya: KPU Banten."))
    code = models.CharField(
        _("kode wilayah"), max_length=13, unique=True,
        validators=[
            RegexValidator(r"^\d{2}(\.\d{2}){0,3}$|^0$", _("Kode wilayah Kemendagri, misalnya 36, 36.02."))
        ],
    )  # fmt: skip
    level = models.CharField(_("tingkat"), max_length=9, choices=Level)
    parent_office = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="child_offices",
        verbose_name=_("kantor induk"),
    )
    dateline = models.CharField(_("teks teras tanggal"), max_length=60, help_text=_("Misalnya: KPU BANTEN."))
    timezone = models.CharField(_("zona waktu"), max_length=20, choices=Zone, default=Zone.WIB)
    description = models.CharField(_("keterangan situs"), max_length=200, blank=True)
    logo = models.ForeignKey(
        Image, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )

    city = models.CharField(_("kota"), max_length=60, blank=True)
    address = models.TextField(_("alamat"), max_length=300, blank=True)
    hours = models.CharField(_("jam layanan"), max_length=120, blank=True)
    phone = models.CharField(_("telepon"), max_length=40, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    social_links = StreamField([("account", SocialLinkBlock())], verbose_name=_("media sosial"), blank=True)

    main_menu = StreamField([("link", MenuLinkBlock())], verbose_name=_("menu utama"), blank=True)
    footer_menu = StreamField([("link", MenuLinkBlock())], verbose_name=_("menu kaki"), blank=True)
    is_demo = models.BooleanField(_("kantor contoh"), default=False, editable=False)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["news.NewsIndexPage", "home.StandardPage"]
    api_fields = representing.office_fields
    base_form_class = OfficeForm
    edit_handler = editing.office_tabs

    class Meta:
        verbose_name = _("kantor")
        verbose_name_plural = _("kantor")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent_office=models.F("page_ptr")), name="office_not_its_own_parent"
            )
        ]

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer with the front page."""
        from home import views

        return views.front(request, page=self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the unsaved front page as readers would see it."""
        return self.serve(request)


class StandardPage(FourEyes, Page):
    """A page that is not news: about the office, privacy, accessibility."""

    lead = models.CharField(_("pengantar"), max_length=300, blank=True)
    body = ManyReadStreamField(BODY_BLOCKS, verbose_name=_("isi"), blank=True)

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    api_fields = representing.standard_fields
    base_form_class = OfficeForm
    content_panels = editing.standard_panels
    promote_panels = editing.promote_panels

    class Meta:
        verbose_name = _("halaman biasa")
        verbose_name_plural = _("halaman biasa")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer with the page."""
        from home import views

        return views.standard(request, page=self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the unsaved page as readers would see it."""
        return self.serve(request)
