"""What the editing screens of Wagtail show of the demo."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from home.demo.tour import tour_for


@hooks.register("construct_homepage_panels", order=500)  # after those who clear the list
def show_tour(request: HttpRequest, panels: list[Component]) -> None:
    """Add the tour."""
    if tour := tour_for(request):
        panels.append(tour)
