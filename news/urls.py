"""The addresses of articles and of their lists; everything else of a site is found in the page tree."""

from django.urls import path, re_path, register_converter

from cms.publishing.reading_only import reading_only
from news import article_views, correction_views, views


class FourDigits:
    """A year."""

    regex = r"\d{4}"
    to_python = staticmethod(int)
    to_url = staticmethod("{:04}".format)


class TwoDigits:
    """A month."""

    regex = r"0[1-9]|1[0-2]"
    to_python = staticmethod(int)
    to_url = staticmethod("{:02}".format)


register_converter(FourDigits, "yyyy")
register_converter(TwoDigits, "mm")

urlpatterns = [
    path("rubrik/<slug:slug>/", reading_only(views.section), name="section"),
    path("rubrik/<slug:slug>/arsip/", reading_only(views.section_archive), name="section_archive"),
    path(
        "rubrik/<slug:slug>/arsip/<yyyy:year>/<mm:month>/",
        reading_only(views.section_month),
        name="section_month",
    ),
    path("topik/<slug:slug>/arsip/", reading_only(views.topic_archive), name="topic_archive"),
    path(
        "topik/<slug:slug>/arsip/<yyyy:year>/<mm:month>/",
        reading_only(views.topic_month),
        name="topic_month",
    ),
    path("topik/", reading_only(views.topics), name="topics"),
    path("topik/<slug:slug>/", reading_only(views.topic), name="topic"),
    path("ralat/", reading_only(correction_views.register), name="corrections"),
    path("ralat/<yyyy:year>/", reading_only(correction_views.register), name="corrections_year"),
    path(
        "<slug:index_slug>/<yyyy:year>/<mm:month>/<slug:slug>/versi/<int:number>/",
        reading_only(correction_views.version_at),
        name="version",
    ),
    re_path(
        r"^(?P<path>[\w/-]+)/(?P<name>(?:tabel|grafik)-[1-9]\d?\.csv)$",
        reading_only(article_views.data_file),
        name="data_file",
    ),
    path("<slug:index_slug>/arsip/", reading_only(views.archive), name="archive"),
    path("<slug:index_slug>/arsip/<yyyy:year>/", reading_only(views.archive), name="archive_year"),
    path("<slug:index_slug>/arsip/<yyyy:year>/<mm:month>/", reading_only(views.month), name="month"),
    path(
        "<slug:index_slug>/<yyyy:year>/<mm:month>/<slug:slug>/",
        reading_only(article_views.article_at),
        name="article",
    ),
]
