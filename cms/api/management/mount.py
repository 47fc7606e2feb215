"""The addresses of the management API, each behind the door."""

from django.urls import URLPattern, include, path, re_path
from wagtail.api.v3.urls import api
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.api.management.by_words import search_titles
from cms.api.management.describing import SERVED
from cms.api.management.door import nowhere, tokens_only
from cms.api.management.explorer import explorer, schema
from cms.api.management.own_files import for_keepers_of_redirects, narrow_files
from cms.api.management.paging import stay_within_lists
from cms.api.management.refusing import register_words


def _patterns() -> list[URLPattern]:
    api.openapi_url = None  # and with it its page, which loads a script from another host
    register_words(api)
    narrow_files()
    search_titles()
    stay_within_lists()
    found, _app, _namespace = api.urls
    served = [pattern for pattern in found if str(pattern.pattern).startswith(SERVED)]
    redirects = [pattern for pattern in served if str(pattern.pattern).startswith("redirects/")]
    decorate_urlpatterns(redirects, for_keepers_of_redirects)
    return decorate_urlpatterns(served, tokens_only)


patterns = _patterns()

urlpatterns = [
    path("docs/", explorer, name="management_explorer"),
    path("openapi.json", schema, name="management_schema"),
    path("", include((patterns, "ninja"), namespace="wagtailapi_v3")),
    re_path("", tokens_only(nowhere)),
]
