"""The addresses of files that stand beside pages in the tree."""

from django.urls import re_path

from cms.publishing.live_files import live_file
from cms.publishing.reading_only import reading_only

urlpatterns = [
    re_path(
        r"^(?P<path>(?:[\w-]+/)*(?:index\.json|feed\.xml)|sitemap(?:-[\w-]+)?\.xml|robots\.txt)$",
        reading_only(live_file),
        name="live_file",
    ),
]
