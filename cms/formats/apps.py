"""How Indonesia writes dates: the typed fields, in every editing form."""

from django.apps import AppConfig


class FormatsConfig(AppConfig):
    name = "cms.formats"
    label = "formats"

    def ready(self) -> None:
        from django.db import models
        from wagtail.admin import widgets
        from wagtail.admin.forms.models import register_form_field_override

        from cms.formats import typed

        for column, field, widget in (
            (models.DateField, typed.DateField, widgets.AdminDateInput),
            (models.DateTimeField, typed.DateTimeField, widgets.AdminDateTimeInput),
        ):
            register_form_field_override(column, override={"form_class": field, "widget": widget})
