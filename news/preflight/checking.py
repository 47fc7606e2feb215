"""All checks of an article, in the order in which their findings are told."""

from collections.abc import Callable, Iterable, Iterator

from cms.moderation.checks import Finding
from news.models import NewsArticlePage
from news.preflight import (
    completeness,
    figures,
    gambling,
    links,
    names,
    neutrality,
    personal,
    season,
    sentences,
    tables,
    timing,
    titles,
    weekdays,
    wording,
)
from news.preflight.article import Article
from news.preflight.describing import describe

CHECKS: tuple[Callable[[Article], Iterator[Finding]], ...] = (
    weekdays.check_weekdays,
    weekdays.check_possible,
    season.check_season,
    timing.check_order,
    names.check_posts,
    names.check_spelling,
    personal.check_personal_data,
    gambling.check_addresses,
    gambling.check_words,
    gambling.check_hidden,
    neutrality.check_neutrality,
    completeness.check_lead,
    completeness.check_filing,
    completeness.check_alt,
    tables.check_sums,
    figures.check_figures,
    links.check_links,
    links.check_headings,
    titles.check_claims,
    titles.check_shouting,
    titles.check_length,
    completeness.check_news,
    completeness.check_summary,
    wording.check_terms,
    wording.check_twice,
    wording.check_punctuation,
    sentences.check_paragraphs,
    sentences.check_sentences,
    timing.check_relative,
)


def findings(article: Article) -> list[Finding]:
    """Return what all checks say of a description."""
    return [finding for check in CHECKS for finding in check(article)]


def check_article(page: NewsArticlePage) -> Iterable[Finding]:
    """Return what all checks say of an article, saved or not."""
    return findings(describe(page))
