"""What happens to what many pages show: pictures, documents, menus, the office, sections, topics, redirects."""

from django.core.files.base import ContentFile
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Site

from cms.media import processing
from cms.media.models import Document, Image
from home.models import HomePage
from news.models import ArticleTag, NewsArticlePage, Section, Topic
from tests import uploads
from tests.histories.machine import NUMBER, WORDING, History, deed, delete_row, publish_page
from tests.newsroom import add_picture, pick


class Offices(History):
    """People change what stands on many pages at once."""

    @deed(number=NUMBER, change=st.sampled_from(["words", "file", "delete"]))
    def change_picture(self, number: int, change: str) -> None:
        """Change what a picture says, replace it, or delete it."""
        image = pick(Image.objects.order_by("pk"), number)
        if image is None:
            add_picture("green")
        elif change == "words":
            image.title = image.description = f"Foto {number}"
            image.save()
        elif change == "file":
            image.file = ContentFile(uploads.photograph(40 + number, 30), name="lain.jpg")
            image.save()
            processing.process(image.pk)
        else:
            delete_row(image)

    @deed(number=NUMBER, change=st.sampled_from(["words", "file", "delete"]))
    def change_document(self, number: int, change: str) -> None:
        """Change what a document is called, replace it, or delete it."""
        document = pick(Document.objects.order_by("pk"), number)
        if document is None:
            Document.objects.create(title="Surat", file=ContentFile(uploads.pdf(1), name="surat.pdf"))
        elif change == "delete":
            delete_row(document)
        else:
            document.title, document.official_number = f"Surat {number}", f"{number}/2026"
            if change == "file":
                document.file = ContentFile(uploads.pdf(1 + number), name="lain.pdf")
            document.save()

    @deed(kind=st.sampled_from(["login", "password"]))
    def close_or_open_files(self, kind: str) -> None:
        """Keep all pictures and documents from the public, or let everybody have them again."""
        collection = Collection.get_first_root_node()
        known = CollectionViewRestriction.objects.filter(collection=collection)
        if known.exists():
            known.get().delete()
        else:
            CollectionViewRestriction.objects.create(
                collection=collection, restriction_type=kind, password="sandi"
            )

    @deed(where=NUMBER, number=NUMBER, words=WORDING)
    def change_menu(self, where: int, number: int, words: str) -> None:
        """Change the menus of an office."""
        home = pick(HomePage.objects.order_by("pk"), where)
        page = self._page(number)
        entry = {"text": words, "page": page if number % 2 else None, "url": "" if number % 2 else "/topik/"}
        home.main_menu = [("link", entry)] if number % 3 else []
        home.footer_menu = [("link", entry)] if number % 3 == 1 else home.footer_menu
        publish_page(home)

    @deed(where=NUMBER, number=NUMBER, words=WORDING, zone=st.sampled_from(HomePage.Zone.values))
    def change_office(self, where: int, number: int, words: str, zone: str) -> None:
        """Change what every page of an office says."""
        home = pick(HomePage.objects.order_by("pk"), where)
        home.name, home.short_name, home.description = f"KPU {words}", f"KPU {where} {words}", words
        home.timezone, home.dateline = zone, f"KPU {words}"
        home.logo = pick([None, *Image.objects.order_by("pk")], number)
        home.parent_office = pick([None, *HomePage.objects.exclude(pk=home.pk).order_by("pk")], number)
        publish_page(home)

    @deed(number=NUMBER, words=WORDING, change=st.sampled_from(["new", "name", "place", "delete"]))
    def change_section(self, number: int, words: str, change: str) -> None:
        """Make, rename, reorder or delete a section."""
        section = pick(Section.objects.order_by("pk"), number)
        if change == "new" or section is None:
            site = pick(Site.objects.order_by("pk"), number)
            Section.objects.create(site=site, name=words, slug=_free_slug(Section, number, site=site))
        elif change == "delete":
            delete_row(section)
        else:
            section.name = f"{words} {number}" if change == "name" else section.name
            section.position = number if change == "place" else section.position
            section.save()

    @deed(number=NUMBER, slug=NUMBER, site=NUMBER)
    def move_section(self, number: int, slug: int, site: int) -> None:
        """Give a section another address, perhaps one that another had, perhaps at the other office."""
        if section := pick(Section.objects.order_by("pk"), number):
            section.site = pick(Site.objects.order_by("pk"), site) if site % 4 == 0 else section.site
            section.slug = _free_slug(Section, slug, site=section.site)
            section.save()

    @deed(number=NUMBER, change=st.sampled_from(["new", "name", "merge", "delete", "tag"]))
    def change_topic(self, number: int, change: str) -> None:
        """Make, rename, merge or delete a topic; rename a tag."""
        topic, tag = (
            pick(Topic.objects.order_by("pk"), number),
            pick(ArticleTag.objects.order_by("pk"), number),
        )
        count = self._next()
        if change == "tag" and tag:
            tag.name = f"tagar {tag.pk} {count}"
            tag.save()
        elif change == "new" or topic is None:
            Topic.objects.create(name=f"Topik {count}", slug=_free_slug(Topic, number))
        elif change in ("merge", "delete"):
            other = Topic.objects.exclude(pk=topic.pk).order_by("pk").first()
            for page in NewsArticlePage.objects.filter(topics=topic) if change == "merge" else ():
                page.topics = [other, *page.topics.exclude(pk=topic.pk)] if other else []
                page.save()
            topic.delete()
        else:
            topic.name = f"Topik {topic.pk} {count}" if change == "name" else topic.name
            topic.save()

    @deed(number=NUMBER, slug=NUMBER)
    def move_topic(self, number: int, slug: int) -> None:
        """Give a topic another address, perhaps one that another had."""
        if topic := pick(Topic.objects.order_by("pk"), number):
            topic.slug = _free_slug(Topic, slug)
            topic.save()

    @deed(number=NUMBER, page=NUMBER, change=st.sampled_from(["new", "edit", "delete"]))
    def change_redirect(self, number: int, page: int, change: str) -> None:
        """Make, change or delete a redirect, of one office or of all."""
        known = pick(Redirect.objects.order_by("pk"), number)
        target = self._page(page) if page % 2 else None
        link = "" if target else ("/berita/", "https://kpu.go.id/")[page % 4 // 2]
        lists = ("/rubrik/alamat-0", "/topik/alamat-1")
        path = (*lists, "/lama", "/berita", f"/{target.slug}" if target else "/lain", "/kabar/rapat")[
            number % 6
        ]
        site = pick([None, *Site.objects.order_by("pk")], number)
        if change == "delete" and known:
            known.delete()
        elif change == "edit" and known:
            known.redirect_page, known.redirect_link = target, link
            known.save()
        elif not Redirect.objects.filter(old_path=path).exists():
            Redirect.objects.create(old_path=path, site=site, redirect_page=target, redirect_link=link)


def _free_slug(model: type[Section | Topic], number: int, **within: object) -> str:
    """Return one of few addresses, so that old ones are taken again."""
    taken = set(model.objects.filter(**within).values_list("slug", flat=True))
    return next(slug for slug in (f"alamat-{each}" for each in range(number % 3, 99)) if slug not in taken)
