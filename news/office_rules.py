"""What an office itself adds to the checks: its word list, who holds which post, and when it must stay silent."""

from django.contrib.admin import display
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from cms.moderation.days import Days, in_order
from news.dates import from_to


class WordListEntry(models.Model):
    """Daftar kata: how the office writes a word, beside the list everybody shares."""

    class Kind(models.TextChoices):
        SPELLING = "spelling", _("Salah tulis")
        FOREIGN = "foreign", _("Kata asing")
        ALLOWED = "allowed", _("Boleh dipakai")

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="word_list", verbose_name=_("kantor")
    )
    wrong = models.CharField(
        _("tertulis"), max_length=80, help_text=_("Kata atau frasa yang dicari, misalnya kedepannya.")
    )
    right = models.CharField(
        _("seharusnya"), max_length=80, blank=True, help_text=_("Penggantinya, misalnya ke depannya.")
    )
    kind = models.CharField(
        _("jenis"),
        max_length=8,
        choices=Kind,
        default=Kind.SPELLING,
        help_text=_("“Boleh dipakai” menghentikan peringatan tentang kata itu di kantor ini."),
    )

    class Meta:
        ordering = ["wrong", "pk"]
        verbose_name = _("kata")
        verbose_name_plural = _("daftar kata")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "wrong"],
                name="word_once_per_office",
                violation_error_message=_("Kata ini sudah ada di daftar kantor."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="allowed") | ~models.Q(right=""),
                name="word_has_its_right_form",
                violation_error_message=_("Isi kata yang seharusnya, atau pilih “Boleh dipakai”."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wrong} \u2192 {self.right}" if self.right else self.wrong


class PolicyWindow(Days):
    """Masa tenang: days on which nothing the office publishes may favour or harm a contestant.

    UU 7/2017 article 287(5). What was public before stays public.
    """

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="policy_windows", verbose_name=_("kantor")
    )
    name = models.CharField(_("nama"), max_length=120, help_text=_("Misalnya: Masa tenang Pemilu 2029."))
    includes_below = models.BooleanField(
        _("termasuk kantor bawahan"),
        default=True,
        help_text=_("Kantor provinsi: untuk semua kabupaten/kota di bawahnya."),
    )
    terms = models.TextField(
        _("nama peserta"),
        max_length=4000,
        blank=True,
        help_text=_("Nama calon, pasangan calon, dan partai; satu baris, satu nama."),
    )

    class Meta:
        ordering = ["-starts", "pk"]
        verbose_name = _("masa tenang")
        verbose_name_plural = _("masa tenang")
        constraints = [
            in_order("policy_window_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class Officeholder(models.Model):
    """Pejabat: who held which post, from when to when; never how to reach them."""

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="officeholders", verbose_name=_("kantor")
    )
    name = models.CharField(
        _("nama"), max_length=120, help_text=_("Seperti harus tertulis di berita, tanpa gelar.")
    )
    position = models.CharField(
        _("jabatan"), max_length=120, help_text=_("Dengan kantornya, misalnya Ketua KPU Banten.")
    )
    starts = models.DateField(_("menjabat sejak"))
    ends = models.DateField(
        _("menjabat sampai"), null=True, blank=True, help_text=_("Kosongkan selama masih menjabat.")
    )
    includes_below = models.BooleanField(
        _("termasuk kantor bawahan"),
        default=True,
        help_text=_("Berita semua kabupaten/kota di bawahnya juga diperiksa."),
    )

    class Meta:
        ordering = ["position", "-starts", "pk"]
        verbose_name = _("pejabat")
        verbose_name_plural = _("pejabat")
        constraints = [
            in_order("officeholder_in_order"),
            models.UniqueConstraint(
                fields=["site", "name", "position", "starts"],
                name="officeholder_once_per_office",
                violation_error_message=_("Pejabat ini sudah ada di daftar kantor."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.position}"

    @display(description=_("masa jabatan"), ordering="starts")
    def term(self) -> str:
        """Return from when to when."""
        return from_to(self.starts, self.ends)
