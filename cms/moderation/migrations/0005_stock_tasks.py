"""Put the four eyes in the place of Wagtail's own approval task, which lets nothing go live any more."""

from django.db import migrations


def replace_stock_tasks(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Stock = apps.get_model("wagtailcore", "GroupApprovalTask")
    FourEyesTask = apps.get_model("moderation", "FourEyesTask")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    TaskState = apps.get_model("wagtailcore", "TaskState")
    kind, _made = ContentType.objects.get_or_create(app_label="moderation", model="foureyestask")
    for stock in Stock.objects.order_by("pk"):
        places = WorkflowTask.objects.filter(task_id=stock.pk)
        is_final = not any(
            WorkflowTask.objects.filter(workflow_id=place.workflow_id, sort_order__gt=place.sort_order).exists()
            for place in places
        )
        task = FourEyesTask.objects.create(
            name=stock.name, active=stock.active, content_type_id=kind.pk, is_final=is_final
        )
        task.groups.set(stock.groups.all())
        places.update(task_id=task.pk)
        TaskState.objects.filter(task_id=stock.pk).update(task_id=task.pk)
        stock.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0004_trail"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(replace_stock_tasks, migrations.RunPython.noop)]
