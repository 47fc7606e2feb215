"""Which part of Warta answers which address."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

import cms.api.urls
import cms.media.urls
import cms.moderation.urls
import news.reads.urls
import news.urls
import search.urls

handler404 = "home.errors.not_found"

urlpatterns = [
    path("admin/", include(cms.moderation.urls)),
    path("admin/", include(admin_urls)),
    path("", include(cms.media.urls)),
    path("dokumen/", include(document_urls)),
    path("api/", include(cms.api.urls)),
    path("cari/", include(search.urls)),
    path("", include(news.reads.urls)),
    path("", include(news.urls)),
    path("", include(wagtail_urls)),
]

handler403 = "cms.accounts.views.forbidden"
