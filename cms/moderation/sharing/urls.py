"""The addresses outsiders open: a live door that no published tree knows."""

from django.urls import path

from cms.moderation.sharing.opening import shared_draft, shared_picture

urlpatterns = [
    path("naskah/<str:token>/", shared_draft, name="shared_draft"),
    path("naskah/<str:token>/gambar/<str:code>", shared_picture, name="shared_picture"),
]
