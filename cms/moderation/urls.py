"""Addresses of the admin answered before Wagtail answers them."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.moderation import screens
from cms.moderation.letters.account import AccountScreen
from cms.moderation.trash import explore_views

urlpatterns = decorate_urlpatterns(
    [
        path("account/", AccountScreen.as_view()),
        path("pages/<int:parent_page_id>/", explore_views.explore),
        path("pages/<int:parent_page_id>/results/", explore_views.explore_results),
        path("choose-page/<int:parent_page_id>/", screens.KnownBranchView.as_view()),
        path("choose-page/chosen-multiple/", screens.KnownPagesView.as_view()),
        path("reports/page-types-usage/", screens.PageTypesView.as_view()),
        path("reports/page-types-usage/results/", screens.PageTypesView.as_view(results_only=True)),
    ],
    require_admin_access,
)
