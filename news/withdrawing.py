"""Taking an article from readers: at once, by one person, with a reason."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.accounts.models import User
from cms.moderation.taking_back import take_back_all
from cms.publishing.office import office_of_page
from news import acts
from news.erasing import erase_corrections, erase_texts
from news.models import NewsArticlePage
from news.withdrawals import Withdrawal


def may_withdraw(page: NewsArticlePage, user: User) -> bool:
    """Ask whether `user` may take `page` from readers: whoever may take it down, once it is live."""
    return page.live and not page.alias_of_id and page.permissions_for_user(user).can_unpublish()


@transaction.atomic
def withdraw(
    page: NewsArticlePage,
    actor: User,
    mode: str,
    reason: str,
    *,
    target: Page | None = None,
    has_personal_data: bool = False,
) -> Withdrawal:
    """Take a live article from readers; its address then answers as `mode` says. Only an approval brings it back.

    With personal data the words of its corrections and its earlier texts go too; the last text stays for whoever
    mends it, until it is live again.
    Raises PermissionDenied.
    """
    if not may_withdraw(page, actor):
        raise PermissionDenied(_("Anda tidak dapat menarik artikel ini."))
    office = office_of_page(page)
    if office is None:
        raise PermissionDenied(_("Artikel ini tidak berada di situs mana pun."))
    path = f"/{page.url_path[len(office.url_path) :]}"
    row = Withdrawal.objects.create(
        page=page,
        site_id=office.site_id,
        path=path,
        mode=mode,
        reason=reason,
        target=target,
        has_personal_data=has_personal_data,
        redirect_id=_lead_on(path, office.site_id, target) if mode == Withdrawal.Mode.REDIRECT else None,
        actor_id=actor.pk,
        actor_name=actor.get_full_name() or actor.get_username(),
        made_at=timezone.now().replace(microsecond=0),
    )
    take_back_all([page.pk], actor, reason)
    if has_personal_data:
        erase_corrections(page, actor)
    acts.note(acts.WITHDREW, page, actor, mode=mode, reason=reason, personal_data=has_personal_data)
    page.unpublish(user=actor)
    if has_personal_data:
        erase_texts(page, actor, keep=page.latest_revision_id)
    return row


def _lead_on(path: str, site_id: int, target: Page | None) -> int:
    """Return the id of the redirect that leads from the address to `target`; one that stood there gives way."""
    old_path = Redirect.normalise_path(path)
    Redirect.objects.filter(old_path=old_path, site_id=site_id).delete()
    made = Redirect(old_path=old_path, site=Site.objects.get(pk=site_id), redirect_page=target)
    made.save()
    return made.pk
