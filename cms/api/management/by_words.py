"""`?search=` of the management API: what carries all the words in its title, drafts by their newest."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.api.v3.schemas.params import SearchSchema
from wagtail.models import Page

from cms.api.management.refusing import Misread
from search import asking


def search_titles() -> None:
    """Put our search in the place of Wagtail's, which fails on a bracket and takes seconds on a long list."""
    SearchSchema.search_queryset = _with_words


def _with_words(asked: Any, request: HttpRequest, rows: QuerySet) -> QuerySet:
    if asked.search is None:
        return rows
    question = asking.read(asked.search)
    if not question.words:
        raise Misread(400, question.message)
    column = "draft_title" if issubclass(rows.model, Page) else "title"
    for word in question.words:
        rows = rows.filter(**{f"{column}__icontains": word})
    return rows
