"""Give the offices that are open already their moderators and auditors, as `open_office` gives them to new ones."""

from django.db import migrations

MODERATOR, AUDITOR = "Moderator Provinsi", "Auditor"
RIGHTS = {MODERATOR: ("view_page", "publish_page"), AUDITOR: ("view_page",)}
HEADS = ("nasional", "provinsi")


def add_oversight(apps, schema_editor):
    HomePage = apps.get_model("home", "HomePage")
    for head in HomePage.objects.order_by("code", "pk"):
        roles = [MODERATOR] if head.level in HEADS else []
        if roles or head.parent_office_id is None:
            for role in (*roles, AUDITOR):
                put_in_care(apps, role, head, [head, *below(HomePage, head)])


def below(HomePage, head):
    found, level = {}, [head]
    while level:
        level = list(HomePage.objects.filter(parent_office__in=level).exclude(pk__in=[head.pk, *found]))
        found |= {home.pk: home for home in level}
    return list(found.values())


def put_in_care(apps, role, head, homes):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    Grant = apps.get_model("wagtailcore", "GroupPagePermission")
    group, is_new = Group.objects.get_or_create(name=f"{role} · {head.short_name}")
    if not is_new:
        return
    group.permissions.add(*Permission.objects.filter(codename="access_admin"))
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=RIGHTS[role])
    Grant.objects.bulk_create(
        Grant(group=group, page_id=home.pk, permission=right)
        for home in homes
        for right in rights.order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(add_oversight, migrations.RunPython.noop)]
