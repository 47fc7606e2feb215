"""Taking every word out of an article that stays withdrawn: what an operator does where nobody mends it."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.contrib.redirects.models import Redirect

from cms.moderation.erasing.rows import ERASED
from cms.moderation.sharing.giving import end_links
from cms.moderation.taking_back import cancel_workflows
from cms.moderation.texts import is_text
from cms.moderation.trash.rows import Trashed
from cms.publishing.forgetting import forget_addresses, forget_names, forget_things
from cms.publishing.outbox import note_keys
from news.erasing import erase_corrections, erase_texts
from news.models import NewsArticlePage
from news.taxonomy import ArticleTag
from news.withdrawals import Withdrawal, holds_personal_data, keys_of

# Where and when, and of which language: nobody's words.
_KEPT = frozenset({"id", "page_ptr", "locale", "published_at"})


class NotEmptied(ValueError):
    """An article cannot be emptied; the message says why and what to do."""


def why_not(page: NewsArticlePage) -> str:
    """Return why `page` is not emptied, as a sentence; "" if it is."""
    if holds_personal_data(page) and not page.live:
        return ""
    said = _(
        "“%(title)s” tidak sedang ditarik karena data pribadi. Tarik dahulu artikelnya, dan centang"
        " “Memuat data pribadi”."
    )
    return said % {"title": page.title}


@transaction.atomic
def empty_article(page: NewsArticlePage) -> None:
    """Empty the draft, slug, former addresses and reason of withdrawal of `page` too, and those of its aliases.

    Nothing brings them back. Raises NotEmptied, and then nothing has happened.
    """
    known = NewsArticlePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if reason := why_not(known):
        raise NotEmptied(reason)
    articles = [known, *NewsArticlePage.objects.filter(alias_of_id=known.pk).order_by("pk")]
    ids = [article.pk for article in articles]
    cancel_workflows(ids, None)
    end_links(ids, None)
    slugs = _slugs_of(articles)
    _forget_reasons(known)
    erase_corrections(known, None)
    tags = _tags_of(articles)
    for article in articles:
        _empty(article)
        erase_texts(article, None, keep=None, is_mended=False)
    unused = ArticleTag.objects.filter(pk__in=tags, tagged_articles=None)
    names = set(unused.order_by("pk").values_list("name", flat=True))
    unused.delete()
    forget_things(names, ERASED)
    _forget_ways(known, ids, slugs)


def _slugs_of(articles: Collection[NewsArticlePage]) -> set[str]:
    """Return what the last part of their addresses was called, and will have been."""
    found = {article.slug for article in articles}
    for article in articles:
        found |= {str(row.content.get("slug") or article.slug) for row in article.revisions.order_by("pk")}
        rows = Withdrawal.objects.filter(page=article).order_by("pk")
        found |= {path.rstrip("/").rpartition("/")[2] for path in rows.values_list("path", flat=True)}
    return found


def _tags_of(articles: Collection[NewsArticlePage]) -> set[int]:
    """Return the ids of the tags they have, or have had: one may be a name."""
    found = set()
    for article in articles:
        for row in article.revisions.order_by("pk"):
            found |= {item["tag"] for item in row.content.get("tagged_items", ())}
    return found


def _forget_reasons(page: NewsArticlePage) -> None:
    for row in Withdrawal.objects.filter(page=page).order_by("pk"):
        row.reason = ERASED
        row.save(update_fields=["reason"])


def _empty(article: NewsArticlePage) -> None:
    """Let an article that nobody reads say nothing, under a slug that tells only its number."""
    blank = NewsArticlePage(title=ERASED, slug=f"dihapus-{article.pk}")
    for field in article._meta.concrete_fields:
        if is_text(field.name) and field.name not in _KEPT:
            setattr(article, field.attname, getattr(blank, field.attname))
    for relation in get_all_child_relations(NewsArticlePage):
        if relation.get_accessor_name() != "wagtail_admin_comments":
            getattr(article, relation.get_accessor_name()).set([])
    for many in get_all_child_m2m_relations(NewsArticlePage):
        getattr(article, many.name).set([])
    article.draft_title = ERASED
    article.save(clean=False)


def _forget_ways(page: NewsArticlePage, ids: Collection[int], slugs: Collection[str]) -> None:
    """Let no address of before lead anywhere, or be named."""
    rows = list(Withdrawal.objects.filter(page=page).order_by("pk"))
    own = Q(redirect_page__in=ids) | Q(pk__in=[row.redirect_id for row in rows])
    for redirect in Redirect.objects.filter(own).order_by("pk"):
        redirect.delete()
    for row in rows:
        note_keys(keys_of(row), site_id=row.site_id)
        row.path = f"/{page.url_path.strip('/').partition('/')[2]}/"
        row.save(update_fields=["path"])
    for pk in ids:
        forget_addresses(pk, f"dihapus-{pk}")
        Trashed.objects.filter(page_id=pk).update(slug=f"dihapus-{pk}", url_path="")
    forget_names(slugs, {row.site_id for row in rows}, ERASED)
