"""Name the way of an office's manuscripts otherwise than its last stage, where nobody has named it since."""

from django.db import migrations

BEFORE, NOW = "Persetujuan ", "Alur naskah "


def name_the_way(apps, schema_editor):
    rename(apps, BEFORE, NOW)


def name_it_as_before(apps, schema_editor):
    rename(apps, NOW, BEFORE)


def rename(apps, before, now):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    FourEyesTask = apps.get_model("moderation", "FourEyesTask")
    for workflow in Workflow.objects.filter(name__startswith=before).order_by("pk"):
        office = workflow.name.removeprefix(before)
        last = WorkflowTask.objects.filter(workflow_id=workflow.pk).order_by("sort_order", "pk").last()
        stage = {"pk": last.task_id if last else None, "name": f"{BEFORE}{office}", "is_final": True}
        if FourEyesTask.objects.filter(**stage).exists():
            Workflow.objects.filter(pk=workflow.pk).update(name=f"{now}{office}")


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0010_erasure"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(name_the_way, name_it_as_before)]
