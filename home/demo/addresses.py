"""The ports of sites that live on this machine follow the port the embedded server listens on."""

from django.conf import settings
from django.db.models import Q
from wagtail.models import Site


def follow_port() -> int:
    """Set the port of every site on localhost to `settings.PORT`; return how many moved.

    Does nothing behind real addresses (ALLOWED_HOSTS given): their ports are their web server's affair.
    """
    if settings.ALLOWED_HOSTS_GIVEN:
        return 0
    local = Q(hostname="localhost") | Q(hostname__endswith=".localhost")
    moved = list(Site.objects.filter(local).exclude(port=settings.PORT).order_by("pk"))
    for site in moved:
        site.port = settings.PORT
        site.save(update_fields=["port"])  # one by one: Wagtail and publishing listen to saves
    return len(moved)
