"""What happens to any page, and to those that are no article."""

from contextlib import suppress
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from cms.moderation.trash.hiding import outside_trash
from cms.moderation.trash.restoring import RestoreRefused, restore
from cms.moderation.trash.rows import Trashed
from cms.moderation.trash.throwing import put_in_trash
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage
from tests.histories.machine import NUMBER, WORDING, History, deed, has_child, publish_page
from tests.newsroom import HOSTS, body_of, pick


class Pages(History):
    """People rename, move, copy, close and delete them, one by one, in branches and in bulk."""

    @deed(number=NUMBER, slug=st.sampled_from(["kabar", "tentang", "baru", "rapat-0"]))
    def rename(self, number: int, slug: str) -> None:
        """Give a page another address; what lies below it moves along."""
        page = self._page(number)
        if page and not has_child(page.get_parent(), slug):
            page = page.specific
            page.slug = slug
            publish_page(page)

    @deed(number=NUMBER)
    def delete(self, number: int) -> None:
        """Delete a page and what lies below it."""
        if page := self._page(number):
            page.specific.delete()

    @deed(number=NUMBER)
    def throw_away(self, number: int) -> None:
        """Put a page and what lies below it into the trash."""
        if (page := self._page(number)) and page.depth > 2:
            put_in_trash(page, get_user_model().objects.get(is_superuser=True), "Keliru.")

    @deed(number=NUMBER)
    def bring_back(self, number: int) -> None:
        """Bring a page back from the trash, where that can be."""
        row = pick(Trashed.objects.standing().order_by("pk"), number)
        if row:
            with suppress(RestoreRefused):
                restore(row, get_user_model().objects.get(is_superuser=True))

    @deed(number=NUMBER)
    def take_down_branch(self, number: int) -> None:
        """Take a page down that may have others below it."""
        if page := self._page(number):
            page.specific.unpublish()

    @deed(number=NUMBER)
    def put_up(self, number: int) -> None:
        """Publish any page again."""
        if page := self._page(number):
            publish_page(page.specific)

    @deed(number=NUMBER, kind=st.sampled_from(["login", "password"]))
    def close_or_open(self, number: int, kind: str) -> None:
        """Make a branch private, or public again if it is private; the office itself too."""
        page = pick(Page.objects.filter(depth__gt=1).order_by("pk"), number)
        known = PageViewRestriction.objects.filter(page=page)
        if known.exists():
            known.get().delete()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type=kind, password="sandi")

    @deed(number=NUMBER, action=st.sampled_from(["publish", "unpublish", "delete"]))
    def act_in_bulk(self, number: int, action: str) -> None:
        """Tick a page and the next one in the admin's list and do one thing to both, through the screen."""
        pages = [page for page in (self._page(number), self._page(number + 1)) if page and page.depth > 3]
        client = Client(headers={"host": HOSTS[0]})
        client.force_login(get_user_model().objects.get(is_superuser=True))
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        ticked = urlencode([("next", "/admin/"), *(("id", page.pk) for page in pages)])
        assert (
            not pages
            or client.post(
                f"{address}?{ticked}", {"include_descendants": "on", "reason": "Keliru."}
            ).status_code
            == 302
        )

    # Standard pages

    def _standard(self, number: int) -> StandardPage | None:
        return pick(outside_trash(StandardPage.objects.order_by("pk")), number)

    @deed(above=NUMBER, number=NUMBER)
    def add_below(self, above: int, number: int) -> None:
        """Put a standard page below another."""
        page = self._standard(above)
        if page and not has_child(page, f"anak-{number}"):
            child = StandardPage(title=f"Anak {number}", slug=f"anak-{number}", body=body_of(number))
            page.add_child(instance=child)

    @deed(number=NUMBER, above=NUMBER)
    def move_branch(self, number: int, above: int) -> None:
        """Move a standard page, with all below it, below another page or office."""
        page = self._standard(number)
        places = [*HomePage.objects.order_by("pk"), *outside_trash(StandardPage.objects.order_by("pk"))]
        target = pick(places, above)
        if page is None or target == page or target.is_descendant_of(page):
            return
        if not has_child(target, page.slug):
            page.move(target, ("first-child", "last-child")[above % 2])

    @deed(number=NUMBER, above=NUMBER)
    def copy_branch(self, number: int, above: int) -> None:
        """Copy a standard page with all below it."""
        page, target = self._standard(number), pick(HomePage.objects.order_by("pk"), above)
        if page:
            slug = f"salinan-{self._next()}"
            page.copy(recursive=True, to=target, update_attrs={"slug": slug, "title": "Salinan"})

    @deed(number=NUMBER, words=WORDING)
    def retitle(self, number: int, words: str) -> None:
        """Change title, text and description of a page that is no article."""
        kinds = StandardPage, NewsIndexPage
        page = pick([page for kind in kinds for page in outside_trash(kind.objects.order_by("pk"))], number)
        if page:
            page.title, page.search_description = f"{words} {number}", words
            if isinstance(page, StandardPage):
                page.lead, page.body = words, body_of(number)
            else:
                page.intro = body_of(1)[-1][1]
            publish_page(page)
