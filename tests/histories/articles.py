"""What happens to articles."""

import datetime as dt
from io import StringIO

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from hypothesis import strategies as st
from wagtail.models import Page

from cms.media.models import Document, Image
from cms.publishing.office import office_of_page
from news.models import Correction, NewsArticlePage, Section, Topic, Withdrawal
from news.withdrawing import may_withdraw, withdraw
from tests.histories.machine import NUMBER, WORDING, History, deed, has_child, publish_page
from tests.newsroom import KINDS, OLD, body_of, pick, write_article


class Articles(History):
    """People write, change, move, correct and withdraw them, at once or later."""

    @deed(where=NUMBER, number=NUMBER, when=st.sampled_from([None, *OLD]), pinned=st.booleans())
    def write(self, where: int, number: int, when: dt.datetime | None, pinned: bool) -> None:
        """Publish a new article."""
        if index := self._index(where):
            write_article(index, number, published_at=when, is_pinned=pinned)

    @deed(where=NUMBER, number=NUMBER)
    def draft(self, where: int, number: int) -> None:
        """Write an article nobody may read yet."""
        if index := self._index(where):
            write_article(index, number, live=False)

    @deed(number=NUMBER, words=WORDING, body=NUMBER)
    def edit(self, number: int, words: str, body: int) -> None:
        """Change the words of an article and publish it."""
        if page := self._article(number):
            page.title, page.lead, page.body = f"{words} {body}", f"Teras {words}", body_of(body)
            page.updated_at = max(self.now, page.published_at) if page.published_at else None
            publish_page(page)

    @deed(number=NUMBER, words=WORDING)
    def keep_a_draft(self, number: int, words: str) -> None:
        """Change an article without publishing."""
        if (page := self._article(number)) and not page.alias_of_id:
            page.title = f"Naskah {words}"
            page.save_revision()

    @deed(number=NUMBER, kind=st.sampled_from(KINDS), pinned=st.booleans(), image=NUMBER)
    def dress(self, number: int, kind: str, pinned: bool, image: int) -> None:
        """Change the kind of an article, whether it is pinned, and its picture."""
        if page := self._article(number):
            page.kind, page.is_pinned = kind, pinned
            page.hero_image = pick([None, *Image.objects.order_by("pk")], image)
            page.attachments = [("document", row) for row in Document.objects.all()[: image % 2]]
            page.supersedes = pick(NewsArticlePage.objects.exclude(pk=page.pk).order_by("pk"), image)
            page.save()

    @deed(number=NUMBER, section=NUMBER, topics=NUMBER)
    def file_elsewhere(self, number: int, section: int, topics: int) -> None:
        """Change section and topics of an article."""
        if page := self._article(number):
            own = Section.objects.filter(site__root_page=page.get_parent().get_parent().pk)
            page.section = pick(own, section) or page.section
            page.topics = [topic for place, topic in enumerate(Topic.objects.all()) if topics >> place & 1]
            page.tags.set(["pilkada", "suara"][: topics % 3])
            page.save()

    @deed(number=NUMBER, when=st.sampled_from(OLD))
    def redate(self, number: int, when: dt.datetime) -> None:
        """Change when an article was published, and with it its address."""
        if page := self._article(number):
            page.published_at, page.updated_at = when, None
            publish_page(page)

    @deed(number=NUMBER)
    def unpublish(self, number: int) -> None:
        """Take an article down."""
        if page := self._article(number):
            page.unpublish()

    @deed(number=NUMBER)
    def publish_draft(self, number: int) -> None:
        """Let the latest text of an article go live."""
        if page := self._article(number):
            publish_page(page.get_latest_revision_as_object())

    @deed(number=NUMBER)
    def revert(self, number: int) -> None:
        """Publish the oldest text of an article again."""
        if (page := self._article(number)) and (first := page.revisions.order_by("created_at", "pk").first()):
            publish_page(first.as_object())

    @deed(number=NUMBER)
    def copy_article(self, number: int) -> None:
        """Copy an article beside itself, live as it is."""
        if page := self._article(number):
            page.copy(update_attrs={"slug": f"salinan-{self._next()}"})

    @deed(number=NUMBER, where=NUMBER)
    def mirror(self, number: int, where: int) -> None:
        """Make an alias of an article, perhaps at the other office."""
        page, index = self._article(number), self._index(where)
        if page and index and not page.alias_of:
            page.create_alias(parent=index, update_slug=f"cermin-{self._next()}")

    @deed(number=NUMBER, where=NUMBER)
    def move_article(self, number: int, where: int) -> None:
        """Move an article to an index, perhaps of the other office."""
        page, index = self._article(number), self._index(where)
        if page and index and page.get_parent().pk != index.pk and not has_child(index, page.slug):
            page.move(index, "last-child")

    @deed(number=NUMBER, days=st.integers(0, 3))
    def note(self, number: int, days: int) -> None:
        """Enter a note about an article in the register."""
        if page := self._article(number):
            Correction.objects.create(
                page=page, kind="catatan", text=f"Yang benar {days}.", made_at=OLD[days]
            )

    @deed(number=NUMBER, kind=st.sampled_from(["small", "ralat"]), body=NUMBER)
    def correct(self, number: int, kind: str, body: int) -> None:
        """Publish another text of an article, as a small repair or a correction."""
        page = self._article(number)
        if page is None or page.alias_of_id:
            return
        page.lead, page.body = f"Teras {body}", body_of(body)
        page.change_kind, page.change_of = kind, page.live_revision_id
        page.change_wrong, page.change_right = f"Salah {body}.", f"Benar {body}."
        publish_page(page)

    @deed(number=NUMBER, mode=st.sampled_from(Withdrawal.Mode.values), to=NUMBER, personal=st.booleans())
    def withdraw(self, number: int, mode: str, to: int, personal: bool) -> None:
        """Take an article from readers, with a reason; `put_up` and `publish_draft` bring it back."""
        page, somebody = self._article(number), get_user_model().objects.get(is_superuser=True)
        if page and may_withdraw(page, somebody) and office_of_page(page):
            target = self._page(to) if mode == Withdrawal.Mode.REDIRECT else None
            withdraw(page, somebody, mode, "Keliru.", target=target, has_personal_data=personal)

    @deed(number=NUMBER)
    def let_the_hour_come(self, number: int) -> None:
        """Schedule an article; its hour comes."""
        if (page := self._article(number)) and not page.alias_of_id:
            page.title, page.go_live_at = f"Terjadwal {number}", timezone.now() - dt.timedelta(minutes=1)
            page.save_revision(approved_go_live_at=page.go_live_at)
            call_command("publish_scheduled", stdout=StringIO())

    @deed(number=NUMBER)
    def schedule(self, number: int) -> None:
        """Promise an article for later; one that was published by no revision goes down until then."""
        if (page := self._article(number)) and not page.alias_of_id:
            page.go_live_at = timezone.now() + dt.timedelta(hours=1)
            publish_page(page)

    @deed(number=NUMBER)
    def let_it_expire(self, number: int) -> None:
        """Let an article's last hour come."""
        if page := self._article(number):
            Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
            call_command("publish_scheduled", stdout=StringIO())
