"""Addresses readers knew and nothing stands at any more: rows written in the transaction that makes them old."""

from django.db import models
from django.utils import timezone


class FormerAddress(models.Model):
    """An address readers knew and a live page has left; it leads to the page, or says that it is gone."""

    site_id = models.BigIntegerField()
    path = models.CharField(max_length=500)  # root-relative, with both slashes
    ident = models.CharField(max_length=17)  # a digest of the path, short enough to name an output
    page_id = models.BigIntegerField()
    beside = models.JSONField(default=list)  # what stood below it then, as in cms.publishing.beside_pages
    left_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["site_id", "path"], name="former_address_once")]
        indexes = [models.Index(fields=["page_id"], name="former_address_page")]

    def __str__(self) -> str:
        return self.path


class FormerList(models.Model):
    """An address at which readers knew a list, and more below it; all of it leads where the list is now, or is gone."""

    site_id = models.BigIntegerField()
    path = models.CharField(max_length=500)  # root-relative, with both slashes
    ident = models.CharField(max_length=17)  # a digest of the path, short enough to name an output
    kind = models.CharField(max_length=20)  # the name of a kind of list (cms.publishing.former_lists)
    row_id = models.BigIntegerField()  # of what the list is made of
    left_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["site_id", "path"], name="former_list_once")]

    def __str__(self) -> str:
        return self.path
