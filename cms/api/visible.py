"""What the read API may show of an office: live pages behind no restriction, and the files those pages show."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, IntegerField, Model, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex, Site

from cms.publishing.office import Office, office_of_page
from cms.publishing.restrictions import restricted_paths
from news.withdrawal_proof import Look, seen
from news.withdrawals import Withdrawal


def pages(office: Office) -> QuerySet:
    """Return the pages anybody may read on the office's site, whoever asks: answers are cached for all."""
    found = Page.objects.live().filter(path__startswith=office.path)
    for path in restricted_paths(office.epoch):
        found = found.exclude(path__startswith=path)
    return found


def files(model: type[Model], office: Office) -> QuerySet:
    """Return the images or documents that a public page of the office shows.

    A picture uploaded for a draft is as unpublished as the draft; so is the manuscript an article came from.
    Files in a private collection stay private even where a page shows them.
    """
    showing = pages(office).order_by().annotate(key=Cast("pk", CharField())).values("key")
    shown = (
        ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            to_content_type=ContentType.objects.get_for_model(model),
            object_id__in=showing,
        )
        .exclude(model_path="source_document")
        .annotate(target=Cast("to_object_id", IntegerField()))
        .values("target")
    )
    found = model._default_manager.filter(pk__in=shown)
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        found = found.exclude(collection__path__startswith=path)
    return found.order_by("pk")


def look(row: Withdrawal) -> Look:
    """Say whether the read API still shows a withdrawn article."""
    site = Site.objects.select_related("root_page").filter(pk=row.site_id).first()
    office = office_of_page(site.root_page) if site else None
    return seen(_("API v2"), office is not None and pages(office).filter(pk=row.page_id).exists())
