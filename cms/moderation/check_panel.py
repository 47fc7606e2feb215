"""The panel "Pemeriksaan" on a page's editing form."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static


class CheckPanel(Panel):
    """Shows what the checks find in the form as it stands, while it is being written."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Pemeriksaan"), "icon": "clipboard-list", **kwargs})

    @property
    def clean_name(self) -> str:
        """Name the panel in ids and addresses."""
        return "pemeriksaan"

    class BoundPanel(Panel.BoundPanel):
        template_name = "moderation/check_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add where to ask."""
            return {**super().get_context_data(parent_context), "ask_url": self._ask_url()}

        def _ask_url(self) -> str:
            if self.instance.pk:
                return reverse("check_page", args=[self.instance.pk])
            meta, parent = self.instance._meta, self.form.parent_page
            return reverse("check_new_page", args=[meta.app_label, meta.model_name, parent.pk])

        @property
        def media(self) -> forms.Media:
            """Return the scripts and the style of the panel."""
            names = ("form-places.js", "checks.js")
            return forms.Media(
                js=[versioned_static(f"moderation/{name}") for name in names],
                css={"all": [versioned_static("moderation/checks.css")]},
            )
