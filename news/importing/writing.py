"""A batch of drafts, written as published pages in a fixed number of statements and one transaction."""

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision

from cms.moderation import permits
from cms.moderation.approvals import Approval, ImportBatch
from cms.moderation.texts import digest_of
from cms.publishing import epoch, outbox
from news.importing.drafts import Draft, Target
from news.importing.filing import Filing
from news.importing.indexes import add_to_indexes
from news.importing.shapes import identity
from news.models import NewsArticlePage, TaggedArticle

LOG_ACTION = "news.import"


class IndexGone(Exception):
    """The news index was deleted while the import ran."""


@transaction.atomic
def write(drafts: Sequence[Draft], target: Target, batch: ImportBatch) -> int:
    """Make articles of `drafts`: all of them come to exist, with everything Wagtail keeps, or none.

    They go live under an approval that names `batch` and the line, and says that nobody here has read them.

    Returns how many were made: one that another import made meanwhile is passed over.
    Raises IndexGone, or what the database answers to a row it does not take.
    """
    parent = _locked_parent(target)
    known = set(
        NewsArticlePage.objects.filter(legacy_url__in=[draft.legacy_url for draft in drafts])
        .order_by()
        .values_list("legacy_url", flat=True)
    )
    drafts = [draft for draft in drafts if draft.legacy_url not in known]
    if not drafts:
        return 0
    filing = Filing(drafts, target.site_id)
    articles = _articles(drafts, parent, target, filing)
    _insert(articles)
    _file(articles, drafts, filing)
    _go_live(articles, drafts, _revise(articles), batch)
    add_to_indexes(articles)
    log(parent.specific, LOG_ACTION, data={"file": batch.file_name, "count": len(articles)})
    epoch.advance()
    outbox.note_pages(target.site_id, [article for article in articles if article.live])
    return len(articles)


def _locked_parent(target: Target) -> Page:
    """Return the index, its row held: whoever adds a page there meanwhile waits (add_child locks it too)."""
    try:
        return Page.objects.select_for_update().get(pk=target.index_id)
    except ObjectDoesNotExist:
        raise IndexGone from None


def _articles(drafts: Sequence[Draft], parent: Page, target: Target, filing: Filing) -> list[NewsArticlePage]:
    children = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last = children.order_by("-path").first()
    step = last._get_lastpos_in_path() if last else 0
    locale, kind = Locale.get_default(), ContentType.objects.get_for_model(NewsArticlePage)
    articles = []
    for offset, (draft, slug) in enumerate(zip(drafts, _free_slugs(drafts, parent), strict=True), start=1):
        article = NewsArticlePage(
            **draft.columns,
            draft_title=draft.columns["title"],
            slug=slug,
            legacy_url=draft.legacy_url,
            section=filing.section(draft.section),
            body=NewsArticlePage.body.field.stream_block.to_python(draft.body),
            path=Page._get_path(parent.path, parent.depth + 1, step + offset),
            depth=parent.depth + 1,
            locale=locale,
            content_type=kind,
            translation_key=identity(draft.legacy_url),
        )
        _date(article, draft.live, target)
        article.url_path = article.dated_path(parent.url_path, target.zone)
        articles.append(article)
    return articles


def _date(article: NewsArticlePage, live: bool, target: Target) -> None:
    """Give the moments Wagtail keeps: an old article was published when it was, not when it came here."""
    shown = article.updated_at or article.published_at or target.now
    article.live, article.has_unpublished_changes = live, not live
    if live:
        article.first_published_at, article.last_published_at = article.published_at, shown
    # The explorer sorts by this: an imported archive keeps its order there.
    article.latest_revision_created_at = min(shown, target.now)


def _free_slugs(drafts: Iterable[Draft], parent: Page) -> list[str]:
    """Return a slug nobody else below `parent` has for each draft: `judul`, `judul-2`, `judul-3`."""
    bases = [draft.slug for draft in drafts]
    siblings = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1).order_by()
    taken = set(siblings.filter(slug__in=bases).values_list("slug", flat=True))
    if taken or len(set(bases)) < len(bases):
        taken = set(siblings.values_list("slug", flat=True))
    slugs, next_number, reserved = [], dict.fromkeys(bases, 2), set(bases)
    for base in bases:
        slug = base
        while slug in taken or (slug != base and slug in reserved):
            slug = f"{base}-{next_number[base]}"
            next_number[base] += 1
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _insert(articles: Sequence[NewsArticlePage]) -> None:
    """Insert page rows, then article rows: Django's bulk_create refuses a model with a parent table."""
    columns = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    # As drafts: live they are made when everything they consist of is there, and approved.
    pages = Page.objects.bulk_create(
        Page(**{name: getattr(article, name) for name in columns} | {"live": False}) for article in articles
    )
    for article, page in zip(articles, pages, strict=True):
        article.pk = article.id = page.pk
        article._state.adding, article._state.db = False, page._state.db
    rows = NewsArticlePage._base_manager.get_queryset()
    rows._batched_insert(list(articles), NewsArticlePage._meta.local_concrete_fields, None)
    parent_path = articles[0].path[: -Page.steplen]
    Page.objects.filter(path=parent_path).update(numchild=F("numchild") + len(articles))


def _file(articles: Sequence[NewsArticlePage], drafts: Sequence[Draft], filing: Filing) -> None:
    """Attach tags and topics, in the tables and in memory, so that nothing below asks the database again."""
    relations = [relation.get_accessor_name() for relation in get_all_child_relations(NewsArticlePage)]
    through = NewsArticlePage.topics.through
    tagged, filed = [], []
    for article, draft in zip(articles, drafts, strict=True):
        tags = [filing.tags[name.casefold()] for name in draft.tags]
        topics = list(dict.fromkeys(filing.topics[label.slug] for label in draft.topics))
        items = [TaggedArticle(tag=tag, content_object=article) for tag in tags]
        held = {name: [] for name in relations} | {"tagged_items": items, "topics": topics}
        article._cluster_related_objects = held
        tagged += items
        filed += [through(newsarticlepage_id=article.pk, topic_id=topic.pk) for topic in topics]
    TaggedArticle.objects.bulk_create(tagged)
    through.objects.bulk_create(filed)


def _revise(articles: Sequence[NewsArticlePage]) -> list[Revision]:
    """Give each article the one revision its history begins with."""
    kind = ContentType.objects.get_for_model(NewsArticlePage)
    base = ContentType.objects.get_for_model(Page)
    made = Revision.objects.bulk_create(
        [
            Revision(
                content_type=kind,
                base_content_type=base,
                object_id=str(article.pk),
                created_at=article.latest_revision_created_at,
                object_str=str(article),
                content=article.serializable_data(),
            )
            for article in articles
        ]
    )
    own = Revision.objects.filter(base_content_type=base, object_id=Cast(OuterRef("pk"), CharField())).values(
        "pk"
    )[:1]
    Page.objects.filter(pk__in=[article.pk for article in articles]).update(latest_revision=Subquery(own))
    return made


def _go_live(
    articles: Sequence[NewsArticlePage],
    drafts: Sequence[Draft],
    revisions: Sequence[Revision],
    batch: ImportBatch,
) -> None:
    live = [row for row in zip(articles, drafts, revisions, strict=True) if row[0].live]
    Approval.objects.bulk_create(
        Approval(
            page_id=article.pk,
            revision_id=revision.pk,
            digest=digest_of(revision.content),
            kind=Approval.Kind.IMPORT,
            batch=batch,
            line=draft.line,
        )
        for article, draft, revision in live
    )
    ids = [article.pk for article, _draft, _revision in live]
    with permits.opened_for(ids, "import"):
        Page.objects.filter(pk__in=ids).update(live=True, live_revision=F("latest_revision"))
