"""Withdrawals: that an article was taken from readers, by whom, when, why, and what stands at its address since."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.publishing import recording
from cms.publishing.office import Office
from cms.publishing.restrictions import restricted_paths
from news import acts

if TYPE_CHECKING:
    from news.models import NewsArticlePage


class Withdrawal(models.Model):
    """One withdrawal; it ends when the article goes live again, and the row stays."""

    class Mode(models.TextChoices):
        NOTICE = "notice", _("Tampilkan pemberitahuan dengan alasan")
        REDIRECT = "redirect", _("Alihkan ke halaman lain")
        GONE = "gone", _("Hapus tanpa keterangan")

    page = models.ForeignKey("news.NewsArticlePage", on_delete=models.CASCADE, related_name="withdrawals")
    site_id = models.BigIntegerField(editable=False)
    path = models.CharField(_("alamat"), max_length=500, editable=False)  # root-relative, with both slashes
    mode = models.CharField(_("cara"), max_length=8, choices=Mode)
    reason = models.TextField(_("alasan"), max_length=1000)
    target = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("halaman tujuan")
    )  # fmt: skip
    has_personal_data = models.BooleanField(_("memuat data pribadi"), default=False)
    redirect_id = models.BigIntegerField(null=True, editable=False)
    actor_id = models.BigIntegerField(null=True, editable=False)
    actor_name = models.CharField(max_length=255, blank=True, editable=False)
    made_at = models.DateTimeField(_("waktu"), default=timezone.now)
    ended_at = models.DateTimeField(_("berakhir"), null=True, editable=False)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("penarikan")
        verbose_name_plural = _("penarikan")
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(ended_at=None), name="article_withdrawn_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()}: {self.page_id}"


def keys_of(row: Withdrawal) -> set[str]:
    """Return what changes with a withdrawal: its notice, and what the lists of old addresses say."""
    ways = {f"way:{row.path}", f"way:{row.path}index.json"}
    return {f"output:withdrawal:{row.pk}", f"left:{row.site_id}", *ways}


def why_not_at_once(page: Page) -> str:
    """Return why one person alone does not bring back a withdrawn article; "" for any other page."""
    if not Withdrawal.objects.filter(page_id=page.pk, ended_at=None).exists():
        return ""
    return gettext("Artikel ini ditarik. Ia kembali hanya bila diajukan dan disetujui lagi.")


def end(page: "NewsArticlePage") -> None:
    """Let the withdrawal of a page that is live again be history."""
    for row in Withdrawal.objects.filter(page_id=page.pk, ended_at=None):
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        for redirect in Redirect.objects.filter(pk=row.redirect_id):
            redirect.delete()
        acts.note(acts.WITHDRAWAL_ENDED, page)
        if row.has_personal_data:
            from news.erasing import erase_texts, forget_slugs

            erase_texts(page, None, keep=page.live_revision_id)
            forget_slugs(page)


def holds_personal_data(page: "NewsArticlePage") -> bool:
    """Ask whether `page` is withdrawn because of somebody's personal data."""
    return Withdrawal.objects.filter(page_id=page.pk, ended_at=None, has_personal_data=True).exists()


def forget_what_was_said(page: "NewsArticlePage") -> None:
    """Erase what its publication has told of the text before."""
    from cms.moderation.erasing.pages import erase_words

    erase_words(page, None)


def standing(office: Office) -> models.QuerySet[Withdrawal]:
    """Return the withdrawals of an office whose address keeps a notice; whoever shows one records its page."""
    rows = Withdrawal.objects.filter(
        site_id=office.site_id, mode=Withdrawal.Mode.NOTICE, ended_at=None, page__live=False
    )
    for path in restricted_paths(office.epoch):
        rows = rows.exclude(page__path__startswith=path)
    return rows.select_related("page")


def notices(office: Office) -> Mapping[int, str]:
    """Return the address that keeps a notice, by the id of the page that stood there."""
    with recording.reading():
        return dict(standing(office).order_by().values_list("page_id", "path"))
