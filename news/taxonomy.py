"""Section and topic: the two controlled lists an article is filed under."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.models import Site
from wagtail.search import index


class Section(index.Indexed, models.Model):
    """Rubrik: one of an office's fixed departments; an article stands in exactly one."""

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="sections", verbose_name=_("kantor")
    )
    name = models.CharField(_("nama"), max_length=60)
    slug = models.SlugField(_("alamat"), max_length=60)
    description = models.CharField(_("keterangan"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        ordering = ["position", "name", "pk"]
        verbose_name = _("rubrik")
        verbose_name_plural = _("rubrik")
        constraints = [models.UniqueConstraint(fields=["site", "slug"], name="section_slug_once_per_office")]

    def __str__(self) -> str:
        return self.name


class Topic(index.Indexed, models.Model):
    """Topik: a subject every office shares, with a page of its own on each site."""

    name = models.CharField(_("nama"), max_length=60, unique=True)
    slug = models.SlugField(_("alamat"), max_length=60, unique=True)
    description = models.CharField(_("keterangan"), max_length=300, blank=True)

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("topik")
        verbose_name_plural = _("topik")

    def __str__(self) -> str:
        return self.name


class ArticleTag(TagBase):
    """Tagar: a free word."""

    class Meta:
        verbose_name = _("tagar")
        verbose_name_plural = _("tagar")


class TaggedArticle(ItemBase):
    """A tag on an article; several of one article keep the order they were given in."""

    tag = models.ForeignKey(ArticleTag, on_delete=models.CASCADE, related_name="tagged_articles")
    content_object = ParentalKey(
        "news.NewsArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        verbose_name = _("tagar artikel")
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tag_once_per_article")]
