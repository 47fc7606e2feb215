"""The addresses of stored files."""

from django.urls import path

from cms.media import views

urlpatterns = [
    path("media/<path:name>", views.serve_media, name="media"),
    # Wagtail's own name and address, so that `document.url` leads here.
    path("dokumen/<int:document_id>/<str:document_filename>", views.serve_document, name="wagtaildocs_serve"),
]
