"""Which part of Warta answers which address."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls
from wagtail.views import serve

import cms.api.urls
import cms.media.urls
import cms.moderation.sharing.urls
import cms.moderation.urls
import cms.publishing.urls
import news.reads.urls
import news.urls
import search.urls
from cms.publishing.reading_only import reading_only

handler404 = "home.errors.not_found"

urlpatterns = [
    path("admin/", include(cms.moderation.urls)),
    path("admin/", include(admin_urls)),
    path("", include(cms.media.urls)),
    path("", include(cms.moderation.sharing.urls)),
    path("dokumen/", include(document_urls)),
    path("api/", include(cms.api.urls)),
    path("cari/", include(search.urls)),
    path("", include(news.reads.urls)),
    path("", include(cms.publishing.urls)),
    path("", include(news.urls)),
    re_path(r"^(?!_util/)((?:[\w-]+/)*)$", reading_only(serve)),  # pages; below _util/ are Wagtail's doors
    path("", include(wagtail_urls)),
]

handler403 = "cms.accounts.views.forbidden"
