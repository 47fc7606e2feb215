"""Give every page that is live already the approval it never had, marked as such."""

from django.db import migrations

from cms.moderation.texts import digest_of


def grandfather(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Approval = apps.get_model("moderation", "Approval")
    live = Page.objects.filter(live=True, live_revision__isnull=False, alias_of=None).order_by("pk")
    Approval.objects.bulk_create(
        (
            Approval(
                page_id=page.pk,
                revision_id=page.live_revision_id,
                digest=digest_of(page.live_revision.content),
                kind="grandfathered",
            )
            for page in live.select_related("live_revision").iterator(chunk_size=500)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0001_four_eyes"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(grandfather, migrations.RunPython.noop)]
