"""The screens on which an administrator keeps the office's people."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users

from cms.accounts.forms import PersonCreationForm, PersonEditForm


class PeopleView(users.IndexView):
    """The list of people, with position and address."""

    @cached_property
    def columns(self) -> list[Column]:
        """Put position and address beside the name."""
        own = [Column("position", label=_("Jabatan")), Column("email", label=_("Surel"))]
        theirs = super().columns
        return [*theirs[:2], *own, *theirs[2:]]


class UserViewSet(users.UserViewSet):
    """People, kept through our forms."""

    index_view_class = PeopleView
    template_prefix = "accounts/people/"

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        """Return the form that knows `position`."""
        return PersonEditForm if for_update else PersonCreationForm
