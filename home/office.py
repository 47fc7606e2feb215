"""How an office comes to exist: its front page, site, news index, people, first pages and approval."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.moderation import permits
from cms.moderation.approvals import Approval
from cms.moderation.putting_live import put_live
from cms.moderation.stages import require_approval
from home import first_pages, oversight, roles
from home.models import HomePage
from news.models import NewsIndexPage

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOSTNAME = re.compile(rf"{_LABEL}(\.{_LABEL})*")


class OfficeRefused(ValueError):
    """What was asked for cannot be opened; the message says why and what to do."""


@transaction.atomic
def open_office(
    *,
    code: str,
    name: str,
    short_name: str,
    level: str,
    hostname: str,
    port: int = 80,
    parent_code: str | None = None,
    dateline: str = "",
    timezone: str = "Asia/Jakarta",
    **details: str | bool,
) -> HomePage:
    """Open the office `code`, or complete what an office opened before lacks; return its front page.

    What the office has edited since stays: only what is empty or absent is filled. `details` are further
    fields of HomePage (city, address, hours, phone, email, description, is_demo).
    Raises OfficeRefused, in Indonesian, and changes nothing.
    """
    parent = _parent(parent_code)
    home = HomePage.objects.filter(code=code).first()
    _check_address(home, hostname, port)
    if home is None:
        _check_short_name(short_name)
        _remove_welcome_page()
        home = _front_page(
            HomePage(
                title=name,
                slug=f"kantor-{code.replace('.', '-')}",
                name=name,
                short_name=short_name,
                code=code,
                level=level,
                parent_office=parent,
                dateline=dateline or short_name.upper(),
                timezone=timezone,
                **details,
            )
        )
    site = _site(home, hostname, port)
    index = _index(home)
    groups = roles.ensure_groups(home)
    require_approval(home, home.short_name, groups[roles.EDITOR], groups[roles.APPROVER])
    oversight.ensure_oversight(home)
    first_pages.fill(home, site, index)
    return home


def _parent(code: str | None) -> HomePage | None:
    if not code:
        return None
    parent = HomePage.objects.filter(code=code).first()
    if parent is None:
        raise OfficeRefused(
            _("Kantor induk dengan kode %(code)s belum ada. Buka kantor induk itu lebih dahulu.")
            % {"code": code}
        )
    return parent


def _check_address(home: HomePage | None, hostname: str, port: int) -> None:
    """Refuse an address another office has, and a second address for an office that has one."""
    if not _HOSTNAME.fullmatch(hostname) or not 0 < port < 65_536:
        raise OfficeRefused(
            _("Alamat %(host)s dengan porta %(port)s tidak dapat dipakai. Contoh: kab-lebak.kpu.go.id.")
            % {"host": hostname, "port": port}
        )
    own = Site.objects.filter(root_page_id=home.pk).first() if home else None
    if own and own.hostname != hostname:
        raise OfficeRefused(
            _("Kantor %(code)s sudah beralamat %(host)s. Ubah alamatnya lewat Pengaturan > Situs.")
            % {"code": home.code, "host": own.hostname}
        )
    other = Site.objects.filter(hostname=hostname).exclude(root_page_id=home.pk if home else None)
    taken = next((site for site in other if not _is_welcome(site.root_page.specific)), None)
    if taken and (own is None or taken.port == port):
        raise OfficeRefused(
            _("Alamat %(host)s sudah dipakai %(office)s. Pilih alamat lain.")
            % {"host": hostname, "office": taken.root_page.title}
        )


def _check_short_name(short_name: str) -> None:
    """Groups are known to people by the short name, so two offices cannot share one."""
    if HomePage.objects.filter(short_name__iexact=short_name).exists():
        raise OfficeRefused(
            _("Nama singkat %(name)s sudah dipakai kantor lain. Pilih nama singkat yang berbeda.")
            % {"name": short_name}
        )


def _front_page(home: HomePage) -> HomePage:
    try:
        home.live = False
        Page.get_first_root_node().add_child(instance=home)
        put_live(home, Approval.Kind.STRUCTURE)
        return home
    except ValidationError as error:
        lines = [
            f"{HomePage._meta.get_field(field).verbose_name}: {' '.join(messages)}"
            for field, messages in error.message_dict.items()
            if field != "__all__"
        ]
        raise OfficeRefused(
            _("Kantor belum dibuka. Perbaiki: %(list)s") % {"list": "; ".join(lines or error.messages)}
        ) from error


def _is_welcome(page: Page) -> bool:
    """Return whether `page` is the one every new Wagtail comes with: nobody has written anything there."""
    return type(page) is Page and page.depth == 2 and page.slug == "home" and page.numchild == 0


def _remove_welcome_page() -> None:
    for page in Page.objects.filter(depth=2, slug="home").specific():
        if _is_welcome(page):
            with permits.opened_for([page.pk], "welcome"):
                page.delete()  # its site goes with it


def _site(home: HomePage, hostname: str, port: int) -> Site:
    site = Site.objects.filter(root_page_id=home.pk).first()
    return site or Site.objects.create(
        hostname=hostname,
        port=port,
        site_name=home.name,
        root_page=home,
        is_default_site=not Site.objects.filter(is_default_site=True).exists(),
    )


def _index(home: HomePage) -> NewsIndexPage:
    index = NewsIndexPage.objects.child_of(home).first()
    if index is None:
        index = NewsIndexPage(title="Berita", slug="berita", show_in_menus=True, live=False)
        home.add_child(instance=index)
        put_live(index, Approval.Kind.STRUCTURE)
    return index
