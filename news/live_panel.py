"""The part of an article's form that is asked only once the article is live."""

from wagtail.admin.panels import MultiFieldPanel


class LivePanel(MultiFieldPanel):
    """Fields about a change of what readers read already; a text nobody has read yet is not asked."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            """Ask only of a live page."""
            return bool(self.instance.pk and self.instance.live) and super().is_shown()
