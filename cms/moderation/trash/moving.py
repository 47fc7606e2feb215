"""Moves a page that nobody reads to another place under another slug, with all below it."""

from django.db.models import QuerySet
from treebeard.mp_tree import MP_MoveHandler
from wagtail.models import Page
from wagtail.signals import post_page_move, pre_page_move

_STEM = 230  # letters of a slug that leave room for a number


def branch_of(page: Page) -> QuerySet[Page]:
    """Return `page` and what lies below it, as the database has it."""
    return Page.objects.filter(path__startswith=page.path).order_by("path")


def move_draft(page: Page, parent: Page, slug: str) -> Page:
    """Put `page` last below `parent` under `slug`; return it as it is then.

    Wagtail's own move refuses a slug that is free where the page goes and taken where it stands, and gives an
    article the address of any page.
    """
    said = {
        "sender": page.specific_class,
        "parent_page_before": page.get_parent(update=True),
        "parent_page_after": parent,
        "url_path_before": page.url_path,
        "url_path_after": f"{parent.url_path}{slug}/",
    }
    pre_page_move.send(instance=page, **said)
    MP_MoveHandler(page, parent, "last-child").process()
    moved = Page.objects.get(pk=page.pk).specific
    moved.slug = slug
    moved.save(clean=False)  # addresses of what lies below follow from the new slug
    post_page_move.send(instance=moved, **said)
    return moved


def free_slug(parent: Page, wanted: str) -> str:
    """Return `wanted`, numbered where another page below `parent` has it."""
    stem, number, slug = wanted[:_STEM], 1, wanted
    taken = set(parent.get_children().filter(slug__startswith=stem).values_list("slug", flat=True))
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def slug_in_trash(page: Page) -> str:
    """Return the slug of a page in the trash: no two have the same id."""
    return f"{page.slug[:_STEM]}-{page.pk}"
