"""A picture that is still being processed, seen by its reader and by its editor."""

import pytest
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file_jpeg

from cms.media import processing
from cms.media.models import Image, Rendition
from cms.publishing import epoch


@pytest.fixture
def pending(write):
    """A live article whose picture has no rendition yet."""
    image = Image.objects.create(title="Aula", file=get_test_image_file_jpeg())
    Rendition.objects.filter(image=image).delete()
    Image.objects.filter(pk=image.pk).update(state=Image.State.PENDING)
    return write("Rapat Pleno", hero_image=image, hero_alt="Peserta rapat di aula")


def test_reader_sees_the_place_of_a_picture_in_the_making_and_no_broken_image(client, pending):
    html = client.get(pending.url).content.decode()
    assert "sedang diproses" in html
    assert 'aria-label="Peserta rapat di aula"' in html
    assert pending.hero_image.file.url not in html


def test_reader_sees_the_place_of_a_picture_whose_file_has_just_been_replaced(client, pending):
    image = pending.hero_image
    processing.process(image.pk)
    Image.objects.filter(pk=image.pk).update(state=Image.State.PENDING)
    epoch.advance()
    html = client.get(pending.url).content.decode()
    assert 'aria-label="Peserta rapat di aula"' in html
    assert "/media/" not in html


def test_editor_previews_the_original_until_then(client, superuser, pending):
    client.force_login(superuser)
    revision = pending.save_revision()
    address = reverse("wagtailadmin_pages:revisions_view", args=[pending.pk, revision.pk])
    assert pending.hero_image.file.url in client.get(address).content.decode()
