"""Pemeriksaan: the screens on which an office keeps its word list, its register of posts and its quiet periods."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views import snippets as views

from news.office_rule_policy import PageRightPolicy
from news.office_rules import Officeholder, PolicyWindow, WordListEntry
from news.snippets import OwnOfficeMixin, name_the_site

WORDS_POLICY = PageRightPolicy(WordListEntry, "change")
HOLDERS_POLICY = PageRightPolicy(Officeholder, "change")
WINDOWS_POLICY = PageRightPolicy(PolicyWindow, "publish")  # who answers for what goes out


class RuleForm(WagtailAdminModelForm):
    """Offers only the offices whose rules the person keeps."""

    policy: PageRightPolicy

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            name_the_site(self, self.policy.sites_of(self.for_user))


class WordForm(RuleForm):
    """A word as it is looked for: in small letters, without spaces around it."""

    policy = WORDS_POLICY

    def clean_wrong(self) -> str:
        """Return it as the checks compare it."""
        return " ".join(self.cleaned_data["wrong"].lower().split())


class HolderForm(RuleForm):
    """Somebody in a post; the checks compare name and post word by word."""

    policy = HOLDERS_POLICY

    def clean_name(self) -> str:
        """Return it with single spaces."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_position(self) -> str:
        """Return it with single spaces."""
        return " ".join(self.cleaned_data["position"].split())


class WindowForm(RuleForm):
    """A quiet period."""

    policy = WINDOWS_POLICY


def _guarded(view: type[Any]) -> type[Any]:
    return type(f"Own{view.__name__}", (OwnOfficeMixin, view), {})


class _RuleViewSet(views.SnippetViewSet):
    """What they have in common: nobody meets another office's rows."""

    list_per_page = 50
    copy_view_enabled = False
    edit_view_class = _guarded(views.EditView)
    delete_view_class = _guarded(views.DeleteView)
    usage_view_class = _guarded(views.UsageView)
    history_view_class = _guarded(views.HistoryView)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """Return the rows of the person's offices."""
        rows = self.permission_policy.instances_user_has_any_permission_for(request.user, {"change"})
        return rows.select_related("site__root_page")


class WordViewSet(_RuleViewSet):
    """Daftar kata: beside the words that every office shares."""

    model = WordListEntry
    icon = "edit"
    menu_label = _("Daftar kata")
    list_display = ["wrong", "right", "kind"]
    ordering = ["wrong"]
    edit_handler = ObjectList(
        [
            FieldPanel("site"),
            FieldRowPanel([FieldPanel("wrong"), FieldPanel("right")]),
            FieldPanel("kind"),
        ],
        base_form_class=WordForm,
    )


class HolderViewSet(_RuleViewSet):
    """Pejabat: who held which post, and when."""

    model = Officeholder
    icon = "user"
    menu_label = _("Pejabat")
    list_display = ["name", "position", "term"]
    ordering = ["position", "-starts"]
    edit_handler = ObjectList(
        [
            FieldPanel("site"),
            FieldRowPanel([FieldPanel("name"), FieldPanel("position")]),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
            FieldPanel("includes_below"),
        ],
        base_form_class=HolderForm,
    )


class WindowViewSet(_RuleViewSet):
    """Masa tenang."""

    model = PolicyWindow
    icon = "lock"
    menu_label = _("Masa tenang")
    list_display = ["name", "starts", "ends"]
    ordering = ["-starts"]
    edit_handler = ObjectList(
        [
            FieldPanel("site"),
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
            FieldPanel("includes_below"),
            FieldPanel("terms"),
        ],
        base_form_class=WindowForm,
    )


class RuleGroup(views.SnippetViewSetGroup):
    """The menu of all three."""

    items = (WordViewSet, HolderViewSet, WindowViewSet)
    menu_label = _("Pemeriksaan")
    menu_icon = "clipboard-list"
    menu_order = 260
