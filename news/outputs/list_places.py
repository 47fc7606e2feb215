"""Where the lists of sections and topics stand, for the addresses they have left."""

from collections.abc import Collection

from wagtail.models import Site

from cms.publishing import recording
from cms.publishing.former_lists import Place
from cms.publishing.office import Office
from news.article_lists import ArticleList, has_any
from news.cards import section_url, topic_url
from news.models import Section, Topic
from news.outputs.lists import topic_with_articles


class SectionLists:
    """A section has its list at its office, from the first day."""

    name, root = "section", "/rubrik/"

    def places(self, row: Section) -> set[Place]:
        """Return its one place."""
        return {(row.site_id, section_url(row.slug))}

    def standing(self, office: Office, ids: Collection[int]) -> dict[int, str]:
        """Return where sections are, also such as have gone over to another office."""
        for pk in ids:
            recording.note(f"section:{pk}")
        found = {}
        for row in Section.objects.select_related("site").filter(pk__in=ids):
            begin = "" if row.site_id == office.site_id else row.site.root_url
            found[row.pk] = f"{begin}{section_url(row.slug)}"
        return found

    def taken(self, office: Office, paths: Collection[str]) -> set[str]:
        """Return the addresses that are a section's."""
        slugs = Section.objects.filter(site_id=office.site_id, slug__in=_slugs(paths))
        return {section_url(slug) for slug in slugs.values_list("slug", flat=True)}.intersection(paths)


class TopicLists:
    """A topic is every office's, and has its list where there are articles on it."""

    name, root = "topic", "/topik/"

    def places(self, row: Topic) -> set[Place]:
        """Return its place at every office."""
        return {(site_id, topic_url(row.slug)) for site_id in Site.objects.values_list("pk", flat=True)}

    def standing(self, office: Office, ids: Collection[int]) -> dict[int, str]:
        """Return where topics are that the office has written about."""
        topics = {pk: topic_with_articles(office, str(pk)) for pk in sorted(ids)}
        return {pk: topic_url(topic.slug) for pk, topic in topics.items() if topic}

    def taken(self, office: Office, paths: Collection[str]) -> set[str]:
        """Return the addresses that are those of a topic the office has written about."""
        topics = Topic.objects.filter(slug__in=_slugs(paths))
        standing = {topic_url(topic.slug) for topic in topics if has_any(ArticleList(office, topic=topic))}
        return standing.intersection(paths)


def _slugs(paths: Collection[str]) -> list[str]:
    return [path.strip("/").rpartition("/")[2] for path in paths]
