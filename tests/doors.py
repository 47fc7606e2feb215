"""Every address of the admin, from the URL configuration itself, with what has to stand in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page, Revision, TaskState

from news.models import NewsArticlePage

# What leads away from here or would end the tester's own session; nothing of an office is behind it.
OTHER = {
    "wagtailadmin_logout", "wagtailadmin_login", "wagtailadmin_error_test", "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done", "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite",
}  # fmt: skip
ABOUT_PAGES = {"page_id", "parent_page_id", "page_to_move_id", "revision_id", "task_state_id"}


@dataclass(frozen=True)
class Door:
    """One address pattern of the admin."""

    name: str
    pattern: str
    wants: tuple[str, ...]

    @property
    def is_about_pages(self) -> bool:
        """Whether a page is named in the address."""
        return bool(ABOUT_PAGES & set(self.wants))

    def addresses(self, known: Mapping[str, Sequence[object]]) -> Iterator[str]:
        """Yield the addresses with each of the values `known` of what it wants; an unknown name is a KeyError."""
        for values in product(*(known[name] for name in self.wants)):
            yield "/" + self.pattern % dict(zip(self.wants, values, strict=True))


def admin_doors() -> list[Door]:
    """Return all of them but OTHER."""
    found = _walk(get_resolver(), "", "")
    return [door for door in found if door.pattern.startswith("admin/") and door.name not in OTHER]


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[Door]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each, before + _plain(each), inner)
        else:
            yield from _door(each, before, space)


def _door(pattern: URLPattern, before: str, space: str) -> Iterator[Door]:
    regex = pattern.pattern.regex.pattern
    for form, wants in normalize(regex)[:1]:
        if not any(name.startswith("_") for name in wants):
            yield Door(f"{space}{pattern.name or ''}", before + form, tuple(wants))


def _plain(resolver: URLResolver) -> str:
    return next((form for form, _wants in normalize(resolver.pattern.regex.pattern)), "")


def about(page: NewsArticlePage, place: Page) -> dict[str, Sequence[object]]:
    """Return what stands in addresses about `page`, which might be moved below `place`."""
    revisions = Revision.objects.filter(object_id=str(page.pk)).order_by("-pk").values_list("pk", flat=True)
    state = TaskState.objects.filter(revision__object_id=str(page.pk)).order_by("-pk").first()
    return {
        "page_id": [page.pk],
        "page_pk": [page.pk],
        "pk": [page.pk],
        "path": ["news/section"],
        "object_id": [page.pk],
        "parent_page_id": [page.get_parent().pk],
        "page_to_move_id": [page.pk],
        "destination_id": [place.pk],
        "revision_id": list(revisions[:1]) or [0],
        "before": list(revisions[:1]) or [0],
        "after": list(revisions[:1]) or [0],
        "revision_id_a": ["earliest"],
        "revision_id_b": ["latest"],
        "task_state_id": [state.pk if state else 0],
        "task_id": [state.task_id if state else 0],
        "workflow_state_id": [state.workflow_state_id if state else 0],
        "action_name": ["approve", "reject", "publish"],
        "content_type_app_name": ["news"],
        "content_type_model_name": ["newsarticlepage"],
        "app_label": ["wagtailcore"],
        "app_name": ["wagtailcore"],
        "model_name": ["page"],
        "action": [each.action_type for each in _bulk_actions()],
        # A publishing batch, a delivery, a claim: whatever such a number names, it is not theirs.
        **{name: [page.pk] for name in ("session_id", "query_id", "uploaded_file_id")},
    }


def _bulk_actions() -> Sequence[type]:
    return list(bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page"))
