"""Background work on pictures."""

from django_tasks import task

from cms.media import processing
from cms.media.models import Image


@task(queue_name="media")
def make_renditions(image_id: int) -> None:
    """Make every size of one image; one that has them all (`manage.py images` was quicker) is left alone."""
    image = Image.objects.prefetch_related("renditions").filter(pk=image_id).first()
    if image and not processing.is_complete(image):
        processing.process(image_id)
