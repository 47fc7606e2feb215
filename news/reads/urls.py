"""The address of the counter."""

from django.urls import path

from news.reads import views

urlpatterns = [path("hitung/<int:pk>/", views.reads, name="reads")]
