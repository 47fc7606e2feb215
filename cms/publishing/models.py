"""What publishing remembers beside the pages themselves: what changed, what lies in the tree, what went wrong."""

from django.db import models
from django.db.models import CompositePrimaryKey, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.publishing import left_addresses

FormerAddress = left_addresses.FormerAddress
FormerList = left_addresses.FormerList


class Epoch(models.Model):
    """A mark that changes whenever anything a page may show has changed."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="epoch_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)


class Batch(models.Model):
    """One publication of one office: what was written, when, why, and how it ended."""

    site_id = models.BigIntegerField()
    as_of = models.DateTimeField(_("keadaan pada"))
    started_at = models.DateTimeField(_("dimulai"), default=timezone.now)
    finished_at = models.DateTimeField(_("selesai"), null=True)
    reason = models.CharField(_("sebab"), max_length=200)
    rendered = models.PositiveIntegerField(_("disusun"), default=0)
    written = models.PositiveIntegerField(_("berkas ditulis"), default=0)
    removed = models.PositiveIntegerField(_("berkas dihapus"), default=0)
    failed = models.PositiveIntegerField(_("gagal"), default=0)

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("penerbitan")
        verbose_name_plural = _("penerbitan")
        indexes = [models.Index(fields=["site_id", "-started_at"], name="batch_newest")]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M:%S} {self.reason}"


class Change(models.Model):
    """The outbox: something readers may see has moved; written in the transaction that moved it."""

    class Scope(models.TextChoices):
        PAGE = "page", _("halaman")
        SUBTREE = "subtree", _("halaman dan semua di bawahnya")
        KEYS = "keys", _("bagian bersama")
        OFFICE = "office", _("seluruh situs")

    at = models.DateTimeField(default=timezone.now)
    site_id = models.BigIntegerField(null=True)  # None: every office
    scope = models.CharField(max_length=8, choices=Scope)
    page_id = models.BigIntegerField(null=True, db_index=True)
    keys = models.JSONField(default=list)
    title = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, related_name="changes")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["site_id", "id"], condition=Q(done_at=None), name="change_waiting"),
            models.Index(fields=["at"], name="change_at"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.page_id or self.keys}"


class Output(models.Model):
    """One thing the tree is made of: its files, and until when they are true."""

    site_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    ident = models.CharField(max_length=60)
    files = models.JSONField(default=list)  # [path, sha256 of the bytes, size in bytes] each
    mark = models.BigIntegerField(
        default=0
    )  # the number of the key that shows it, for pictures and documents
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site_id", "kind", "ident"], name="output_once")]
        indexes = [
            models.Index(fields=["site_id", "until"], name="output_until"),
            models.Index(fields=["site_id", "mark"], name="output_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident}"


class OutputKey(models.Model):
    """That an output showed the thing whose key has this number (cms.publishing.manifest)."""

    pk = CompositePrimaryKey("key", "output_id")
    key = models.BigIntegerField()
    output_id = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key} {self.output_id}"


class OutputRange(models.Model):
    """That an output showed a list from one position to another."""

    list = models.BigIntegerField()
    lowest = models.BigIntegerField()
    highest = models.BigIntegerField()
    output_id = models.BigIntegerField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["list", "highest", "lowest", "output_id"], name="range_stabbed")]

    def __str__(self) -> str:
        return f"{self.list} {self.lowest}..{self.highest}"


class Trace(models.Model):
    """Where a page stood when the tree was last made: the before-image of its next change."""

    pk = CompositePrimaryKey("page_id", "site_id")
    page_id = models.BigIntegerField()
    site_id = models.BigIntegerField()
    data = models.JSONField()

    def __str__(self) -> str:
        return str(self.page_id)


class Tally(models.Model):
    """How many pages a list has in a month, as the tree was last made."""

    site_id = models.BigIntegerField()
    list = models.CharField(max_length=60)
    month = models.CharField(max_length=7)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site_id", "list", "month"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.list} {self.month}: {self.count}"


class Dirty(models.Model):
    """An output that waits to be made again: part of a wide change, or shown by another office."""

    site_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    ident = models.CharField(max_length=60)
    turn = models.PositiveSmallIntegerField(default=0)  # cms.publishing.parts
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site_id", "kind", "ident"], name="dirty_once")]
        indexes = [models.Index(fields=["site_id", "turn", "kind", "ident"], name="dirty_in_turn")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident}"


class Failure(models.Model):
    """An output that could not be made; its last good files stay."""

    site_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    ident = models.CharField(max_length=60)
    page_id = models.BigIntegerField(null=True)
    cause = models.CharField(_("sebab"), max_length=500)  # as cms.publishing.causes keeps it
    since = models.DateTimeField(_("sejak"), default=timezone.now)

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [models.UniqueConstraint(fields=["site_id", "kind", "ident"], name="failure_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident}: {self.cause}"


class Publication(models.Model):
    """How far the tree of one office is."""

    site_id = models.BigIntegerField(primary_key=True)
    hostname = models.CharField(max_length=255)
    as_of = models.DateTimeField(null=True)  # never decreases
    code = models.CharField(
        max_length=64, blank=True
    )  # the version of templates and code the tree was made with
    # The release the rest speaks of; "" is whichever readers see. Another one is seen after a build that was cut off
    # in its last step, and after going back.
    release = models.CharField(max_length=20, blank=True)
    is_whole = models.BooleanField(default=False)  # the tree was made and is known
    is_outdated = models.BooleanField(default=False)  # it has to be made anew, all of it
    is_paused = models.BooleanField(default=False)
    error = models.CharField(max_length=500, blank=True)  # as cms.publishing.causes keeps it
    error_since = models.DateTimeField(null=True)
    is_error_outside = models.BooleanField(default=False)  # the tree here is right, its copy lags behind
    bucket = models.CharField(max_length=500, blank=True)  # the copy of the tree that `Owed` speaks of

    def __str__(self) -> str:
        return self.hostname


class Owed(models.Model):
    """A file of a tree that somebody outside does not know yet as it lies here, or is gone here."""

    class To(models.TextChoices):
        BUCKET = "bucket", _("bucket")
        CACHE = "cache", _("tembolok di depan situs")

    site_id = models.BigIntegerField()
    to = models.CharField(max_length=6, choices=To)
    path = models.CharField(max_length=1024)  # in the tree; "": whatever differs
    stage = models.SmallIntegerField()
    noted_at = models.DateTimeField(default=timezone.now)
    after = models.DateTimeField(null=True)  # not to be tried again before

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site_id", "to", "path"], name="owed_once")]
        indexes = [models.Index(fields=["site_id", "to", "stage", "id"], name="owed_in_turn")]

    def __str__(self) -> str:
        return f"{self.to} {self.path}"


# What is known of the trees; it follows from the rest, and a restored installation makes its trees anew.
DERIVED = (Output, OutputKey, OutputRange, Trace, Tally, Dirty, Failure, Publication, Owed)
