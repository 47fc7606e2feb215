"""The only receivers of media: a new file is worked on, and no raw upload waits on the disk."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_save, pre_save
from wagtail.models import UploadedFile

from cms.media.cleaning import clean_picture
from cms.media.models import Image


def _work_on_new_file(instance: Image, raw: bool = False, **kwargs: object) -> None:
    from cms.media.tasks import make_renditions

    if not raw and instance.__dict__.pop("has_new_file", False):
        # Somebody at the screen waits for theirs; what an import brings has time.
        work = make_renditions.using(priority=10 if instance.uploaded_by_user_id else 0)
        # robust: the picture is saved; when the queue is out of reach, `manage.py images` makes up for it.
        transaction.on_commit(partial(work.enqueue, instance.pk), robust=True)


def _clean_waiting_upload(instance: UploadedFile, **kwargs: object) -> None:
    """Clean a picture the multiple uploader keeps while its title is being corrected."""
    kind = instance.for_content_type
    if kind and kind.model_class() is Image and not instance.file._committed:
        upload = instance.file.file
        upload.seek(0)
        instance.file = clean_picture(upload.read(), upload.name)


def connect() -> None:
    """Connect the receivers, once, when the applications are ready."""
    post_save.connect(_work_on_new_file, sender=Image, dispatch_uid="media-new-file")
    pre_save.connect(_clean_waiting_upload, sender=UploadedFile, dispatch_uid="media-waiting-upload")
