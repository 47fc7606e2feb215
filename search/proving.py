"""Whether readers still find a withdrawn article by its title."""

from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.publishing.office import office_of_page
from news.models import NewsArticlePage
from news.withdrawal_proof import Look, seen
from news.withdrawals import Withdrawal
from search import asking, engine


def look(row: Withdrawal) -> Look:
    """Search for the title as a reader would, among what readers may read."""
    site = Site.objects.select_related("root_page").filter(pk=row.site_id).first()
    office = office_of_page(site.root_page) if site else None
    if office is None:
        return seen(_("Pencarian"), False)
    words = asking.read(row.page.title).words
    readable = NewsArticlePage.objects.readable_in(office).filter(pk=row.page_id)
    found = engine.matching(readable, words) if words else readable
    return seen(_("Pencarian"), found.exists())
