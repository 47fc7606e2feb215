"""Rubrik & topik: the screens of the two controlled lists, each office seeing its own sections."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, TitleFieldPanel
from wagtail.models import Site
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views import snippets as views

from cms.accounts.models import User
from cms.moderation.trash.usage import TellsTrash
from news import desks
from news.models import NewsArticlePage, Section, Topic


class OfficePolicy(ModelPermissionPolicy):
    """Who may touch a section: the model's permission, and only where the person works."""

    def instances_user_has_any_permission_for(self, user: User, actions: set[str]) -> QuerySet[Section]:
        """Return the sections of the person's offices, if the model's permission is there at all."""
        allowed = super().instances_user_has_any_permission_for(user, actions)
        return allowed if user.is_superuser else allowed.filter(site__in=desks.sites_of(user))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Section) -> bool:
        """Refuse a section of another office."""
        known = super().user_has_permission_for_instance(user, action, instance)
        return known and (user.is_superuser or desks.sites_of(user).filter(pk=instance.site_id).exists())


class OwnOfficeMixin:
    """Opens a row of an office only to the people its policy names."""

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        """Return what is to be shown; PermissionDenied where it is another office's."""
        found = super().get_object(*args, **kwargs)  # ty: ignore[unresolved-attribute]
        if not self.permission_policy.user_has_any_permission_for_instance(  # ty: ignore[unresolved-attribute]
            self.request.user, {"change", "delete", "view"}, found
        ):
            raise PermissionDenied
        return found


class UsageView(TellsTrash, views.UsageView):
    """What stands under a section or topic, in the trash too."""


def _guarded(view: type[Any]) -> type[Any]:
    return type(f"Own{view.__name__}", (OwnOfficeMixin, view), {})


def name_the_site(form: WagtailAdminModelForm, sites: QuerySet[Site]) -> None:
    """Let a form offer these offices by name, and take the only one there is."""
    field = form.fields.get("site")
    if field is None:
        return
    field.queryset = sites
    field.label_from_instance = lambda site: site.root_page.title
    if len(sites) == 1:
        field.initial = form.initial.setdefault("site", sites[0].pk)


class SectionForm(WagtailAdminModelForm):
    """Offers only the offices the person works for, by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            name_the_site(self, desks.sites_of(self.for_user))

    def clean(self) -> dict[str, Any]:
        """Refuse an address another section of the same office has."""
        given = super().clean() or self.cleaned_data
        site, slug = given.get("site"), given.get("slug")
        if (
            site
            and slug
            and Section.objects.exclude(pk=self.instance.pk).filter(site=site, slug=slug).exists()
        ):
            self.add_error("slug", _("Rubrik dengan alamat ini sudah ada di kantor itu. Pilih alamat lain."))
        return given  # ty: ignore[invalid-explicit-return]


class TopicForm(WagtailAdminModelForm):
    """Says which word is taken already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["unique"] = _("Topik dengan nama ini sudah ada.")
        self.fields["slug"].error_messages["unique"] = _(
            "Topik dengan alamat ini sudah ada. Pilih alamat lain."
        )


class SectionViewSet(views.SnippetViewSet):
    """Rubrik: every office keeps its own."""

    model = Section
    icon = "folder-open-1"
    menu_label = _("Rubrik")
    list_display = ["name", "site", "position"]
    list_per_page = 50
    ordering = ["site", "position", "name"]
    copy_view_enabled = False
    edit_view_class = _guarded(views.EditView)
    delete_view_class = _guarded(views.DeleteView)
    usage_view_class = _guarded(UsageView)
    history_view_class = _guarded(views.HistoryView)
    edit_handler = ObjectList(
        [
            FieldPanel("site"),
            TitleFieldPanel("name", placeholder=False),
            FieldPanel("slug"),
            FieldPanel("description"),
            FieldPanel("position"),
        ],
        base_form_class=SectionForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        """Return the sections of the person's offices."""
        return Section.objects.filter(site__in=desks.sites_of(request.user)).select_related("site__root_page")


class TopicViewSet(views.SnippetViewSet):
    """Topik: shared by all offices, kept by who administers them all."""

    model = Topic
    icon = "tag"
    menu_label = _("Topik")
    list_display = ["name", "description"]
    list_per_page = 50
    ordering = ["name"]
    copy_view_enabled = False
    usage_view_class = UsageView
    edit_handler = ObjectList(
        [TitleFieldPanel("name", placeholder=False), FieldPanel("slug"), FieldPanel("description")],
        base_form_class=TopicForm,
    )


class FilingGroup(views.SnippetViewSetGroup):
    """The menu of both."""

    items = (SectionViewSet, TopicViewSet)
    menu_label = _("Rubrik & topik")
    menu_icon = "folder-open-1"
    menu_order = 250


def articles_filed_under(item: Section | Topic) -> int:
    """Count the articles that stand under `item`, in the page or in its latest draft."""
    if isinstance(item, Section):
        named = Q(section=item) | Q(latest_revision__content__section=item.pk)
    else:
        named = Q(topics=item)
    return NewsArticlePage.objects.filter(named).distinct().count()


def refuse_deleting_what_is_used(request: HttpRequest, items: list[Any]) -> HttpResponse | None:
    """Send who would delete a section or topic in use back, with the reason; None lets it pass."""
    for item in items:
        if isinstance(item, Section | Topic) and (count := articles_filed_under(item)):
            words = _(
                "%(kind)s “%(name)s” masih dipakai %(count)d artikel. Pindahkan dulu artikel itu, lalu hapus."
            )
            kind = str(item._meta.verbose_name).capitalize()
            messages.error(request, words % {"kind": kind, "name": item, "count": count})
            return redirect(reverse(item.snippet_viewset.get_url_name("list")))
    return None
