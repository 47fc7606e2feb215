"""Which text a person has had on the screen: nobody approves what they have not read."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.texts import digest_of


class SeenText(models.Model):
    """The text of a page that a person opened last."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="seen_text_last_one")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.page_id}"


def note_seen(user: User, page: Page) -> None:
    """Remember that the newest text of `page` is on the screen of `user`."""
    digest = newest_digest(page)
    known = SeenText.objects.filter(user=user, page_id=page.pk, digest=digest)
    if digest and not known.exists():
        SeenText.objects.update_or_create(
            user=user, page_id=page.pk, defaults={"digest": digest, "seen_at": timezone.now()}
        )


def has_seen(user: User, page: Page) -> bool:
    """Ask whether the newest text of `page` is what `user` opened last."""
    return SeenText.objects.filter(user=user, page_id=page.pk, digest=newest_digest(page)).exists()


def newest_digest(page: Page) -> str:
    """Return the digest of the newest text of `page`; "" where it has no revision."""
    revision = Page.objects.select_related("latest_revision").get(pk=page.pk).latest_revision
    return digest_of(revision.content) if revision else ""
