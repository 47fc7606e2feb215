"""Where the APIs are mounted."""

from django.urls import include, path, re_path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.api.answering import nothing_here, public
from cms.api.management import mount
from cms.api.viewsets import Documents, Images, Pages

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", Pages)
router.register_endpoint("images", Images)
router.register_endpoint("documents", Documents)

_patterns, _app, _namespace = router.urls

urlpatterns = [
    path("v2/", include((decorate_urlpatterns(_patterns, public), _app), namespace=_namespace)),
    path("v3/", include(mount)),
    re_path("", nothing_here),
]
