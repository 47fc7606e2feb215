"""The editing screens of an office and of a standard page."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page

from news.editing import SLUG_HELP

promote_panels = [
    FieldPanel("slug", help_text=SLUG_HELP),
    MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Mesin pencari")),
]
standard_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]

office_tabs = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
                FieldPanel("description"),
                FieldPanel("dateline"),
                FieldPanel("logo"),
                FieldRowPanel([FieldPanel("code"), FieldPanel("level")]),
                FieldRowPanel([FieldPanel("parent_office"), FieldPanel("timezone")]),
            ],
            heading=_("Kantor"),
        ),
        ObjectList(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("city"), FieldPanel("hours")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("social_links"),
            ],
            heading=_("Kontak"),
        ),
        ObjectList([FieldPanel("main_menu"), FieldPanel("footer_menu")], heading=_("Menu")),
        ObjectList([CommentPanel(), *promote_panels], heading=_("Promosi")),
    ]
)
