"""Background work on pictures."""

from django_tasks import task

from cms.media import processing


@task(queue_name="media")
def make_renditions(image_id: int) -> None:
    """Make every size of one image; running it twice changes nothing."""
    processing.process(image_id)
