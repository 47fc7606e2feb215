"""Corrections (ralat): numbered public statements of what was wrong and what is right, which nobody edits away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from cms.publishing.office import office_of_page
from cms.publishing.outbox import site_of

if TYPE_CHECKING:
    from news.listed import ListedArticle
    from news.models import NewsArticlePage


class CorrectionFixedError(RuntimeError):
    """A correction was to be changed or removed: it is answered by another one instead."""


class Correction(models.Model):
    """One entry of the register of an office. The article it is about links it, and so does every alias of it.

    `text` is the whole of a note, or of a correction from before there were two fields.
    """

    class Kind(models.TextChoices):
        CORRECTION = "ralat", _("Ralat")
        NOTE = "catatan", _("Catatan redaksi")

    page = models.ForeignKey("news.NewsArticlePage", on_delete=models.CASCADE, related_name="corrections")
    site_id = models.BigIntegerField(editable=False)  # of the office that numbered it
    year = models.PositiveSmallIntegerField(_("tahun"), editable=False)
    number = models.PositiveIntegerField(_("nomor"), editable=False)
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind, default=Kind.CORRECTION)
    made_at = models.DateTimeField(_("waktu"), default=timezone.now)
    wrong = models.TextField(_("yang keliru"), max_length=1000, blank=True)
    right = models.TextField(_("yang benar"), max_length=1000, blank=True)
    text = models.TextField(_("isi ralat"), max_length=1000, blank=True)
    answers = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answered_by"
    )
    # Kept as a number and a name: an account that is deleted leaves its corrections.
    actor_id = models.BigIntegerField(null=True, editable=False)
    actor_name = models.CharField(max_length=255, blank=True, editable=False)
    before_id = models.BigIntegerField(
        null=True, editable=False
    )  # revisions: what was live, and what became so
    after_id = models.BigIntegerField(null=True, editable=False)
    # The text readers had until then; kept here because revisions may be purged.
    earlier_text = models.JSONField(null=True, editable=False)
    version = models.PositiveIntegerField(
        null=True, editable=False
    )  # the how manieth text of the article that was
    is_erased = models.BooleanField(default=False, editable=False)  # its words were somebody's personal data

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("ralat")
        verbose_name_plural = _("ralat")
        constraints = [
            models.UniqueConstraint(fields=["site_id", "year", "number"], name="correction_number_once"),
            models.UniqueConstraint(fields=["page", "version"], name="correction_version_once"),
            models.CheckConstraint(
                condition=Q(is_erased=True) | ~Q(text="") | (~Q(wrong="") & ~Q(right="")),
                name="correction_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Enter it under the next number of its office; raises CorrectionFixedError for one that is entered."""
        if not self._state.adding:
            raise CorrectionFixedError(self.label)
        self.made_at = self.made_at.replace(microsecond=0)
        with transaction.atomic():
            self._number()
            super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: raises CorrectionFixedError."""
        raise CorrectionFixedError(self.label)

    @property
    def label(self) -> str:
        """Return the number as people cite it: `3/2026`."""
        return f"{self.number}/{self.year}"

    @property
    def statement(self) -> str:
        """Return everything it says as one text, for feeds and machines; "" where its words were erased."""
        if self.text or self.is_erased:
            return self.text
        return f"{_('Yang keliru:')} {self.wrong} {_('Yang benar:')} {self.right}"

    def _number(self) -> None:
        self.site_id = site_of(self.page.path) or 0
        # Whoever numbers at the same time waits here.
        list(Site.objects.select_for_update().filter(pk=self.site_id).values_list("pk"))
        self.year = self.made_at.astimezone(_zone_of(self.page)).year
        own = Correction.objects.filter(site_id=self.site_id, year=self.year)
        self.number = (own.aggregate(last=Max("number"))["last"] or 0) + 1
        if self.earlier_text is not None:
            others = Correction.objects.filter(page_id=self.page_id)
            self.version = (others.aggregate(last=Max("version"))["last"] or 0) + 1


def corrections_by_page(pages: Iterable[Page]) -> Mapping[int, list[Correction]]:
    """Return the corrections of each of `pages` by its id, newest first; those of an alias are its source's."""
    return corrections_by_id((page.pk, page.alias_of_id) for page in pages if page.pk)


def corrections_by_id(pages: Iterable[tuple[int, int | None]]) -> Mapping[int, list[Correction]]:
    """Return the corrections of pages that are known by their id and that of their source."""
    sources: dict[int, list[int]] = defaultdict(list)
    for pk, source in pages:
        sources[source or pk].append(pk)
    found: dict[int, list[Correction]] = {}
    rows = Correction.objects.filter(page_id__in=sources).select_related("answers").defer("earlier_text")
    for row in rows:
        for pk in sources[row.page_id]:
            found.setdefault(pk, []).append(row)
    return found


def changed_at(page: "ListedArticle | NewsArticlePage", corrections: Iterable[Correction]) -> Any:
    """Return when readers were last told something else: published, updated or corrected; None for a draft."""
    moments = (page.published_at, page.updated_at, *(each.made_at for each in corrections))
    return max(filter(None, moments), default=None)


def _zone_of(page: Page) -> ZoneInfo:
    office = office_of_page(page)
    return office.zone if office else ZoneInfo(settings.TIME_ZONE)
