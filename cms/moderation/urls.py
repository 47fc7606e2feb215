"""Addresses of the admin answered before Wagtail answers them."""

from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.moderation import reading_screens, screens
from cms.moderation.letters.account import AccountScreen
from cms.moderation.taking_back_views import TakeBackView
from cms.moderation.trash import explore_views, throw_views, usage

_ours = decorate_urlpatterns(
    [
        path("account/", AccountScreen.as_view()),
        path("pages/<int:parent_page_id>/", explore_views.explore),
        path("pages/<int:parent_page_id>/results/", explore_views.explore_results),
        path("pages/<int:page_id>/usage/", usage.PageUsageView.as_view()),
        path("images/usage/<int:image_id>/", usage.PictureUsageView.as_view()),
        path("documents/usage/<int:document_id>/", usage.FileUsageView.as_view()),
        path("choose-page/<int:parent_page_id>/", screens.KnownBranchView.as_view()),
        path("choose-page/chosen-multiple/", screens.KnownPagesView.as_view()),
        path("pages/<int:page_id>/delete/", throw_views.throw),
        path("pages/<int:page_id>/history/", reading_screens.ReadHistoryView.as_view()),
        path(
            "pages/<int:page_id>/history/results/", reading_screens.ReadHistoryView.as_view(results_only=True)
        ),
        path("pages/<int:page_id>/view_draft/", reading_screens.ReadDraftView.as_view()),
        path(
            "pages/<int:page_id>/revisions/<int:revision_id>/view/",
            reading_screens.ReadRevisionView.as_view(),
        ),
        path("pages/<int:page_id>/revisions/<int:revision_id>/unschedule/", TakeBackView.as_view()),
        re_path(
            r"^pages/(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$",
            reading_screens.ReadComparisonView.as_view(),
        ),
        path("bulk/wagtailcore/page/<str:action>/", screens.act_on_known),
        path("snippets/choose/<path:path>/create/", screens.make_no_snippet),
        path("reports/page-types-usage/", screens.PageTypesView.as_view()),
        path("reports/page-types-usage/results/", screens.PageTypesView.as_view(results_only=True)),
    ],
    require_admin_access,
)
# As Wagtail's own addresses: in the admin, what is not there is answered by the admin's page.
urlpatterns = decorate_urlpatterns(_ours, display_custom_404)
