"""Whatever bytes arrive, an upload is either a clean picture or a sentence that says what to do."""

import json
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as PILImage
from wagtail.models import Collection

from cms.media.checking import check_document, count_pages
from cms.media.cleaning import clean_picture
from cms.media.models import Image
from tests import uploads

VALID = {
    "jpg": uploads.phone_photograph(width=48, height=32),
    "png": uploads.phone_photograph("PNG", width=48, height=32),
    "gif": uploads.photograph(48, 32, "GIF"),
    "webp": uploads.photograph(48, 32, "WEBP"),
    "heic": uploads.photograph(64, 64, "HEIF"),
    "avif": uploads.photograph(48, 32, "AVIF"),
}


@st.composite
def damaged(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(VALID)) -> tuple[str, bytes]:
    """A valid picture that was cut, flipped, prefixed, extended or called something else."""
    kind = draw(st.sampled_from(kinds))
    data = bytearray(VALID[kind])
    for place in draw(st.lists(st.integers(0, len(data) - 1), max_size=8)):
        data[place] ^= 1 << draw(st.integers(0, 7))
    data = data[: draw(st.one_of(st.just(len(data)), st.integers(0, len(data))))]
    before = draw(st.sampled_from([b"", b"", b"GIF89a", b"\xff\xd8", b"%PDF-1.4", b"\0"]))
    behind = draw(st.one_of(st.just(b""), st.binary(max_size=40), st.just(b"*/=alert(1)//")))
    return f"a.{draw(st.one_of(st.just(kind), st.sampled_from(kinds)))}", before + bytes(data) + behind


@given(damaged())
@settings(max_examples=250, deadline=None, derandomize=True)
def test_any_damaged_picture_is_clean_or_refused(upload):
    name, data = upload
    try:
        kept = clean_picture(data, name)
    except ValidationError as refusal:
        assert refusal.messages[0].endswith((".", "!"))
        return
    content = kept.read()
    with PILImage.open(BytesIO(content)) as picture:
        picture.load()
        assert picture.format in {"JPEG", "PNG"}
        assert not picture.getexif()
        assert not {"comment", "xmp", "icc_profile", "exif"} & picture.info.keys()
    assert uploads.PLACE.encode() not in content
    assert b"alert(" not in content


@pytest.mark.django_db
@given(damaged(kinds=("jpg", "png", "gif", "webp")))
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_damaged_picture_is_an_error_500(client, superuser, upload):
    name, data = upload
    client.force_login(superuser)
    before = Image.objects.count()
    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {
            "title": "a",
            "collection": Collection.get_first_root_node().pk,
            "files[]": SimpleUploadedFile(name, data),
        },
    )
    assert response.status_code == 200
    answer = json.loads(response.content)
    assert answer["success"] is (Image.objects.count() == before + 1)
    assert answer["success"] or answer["error_message"]


@given(
    st.sampled_from(["pdf", "docx", "odt", "zip", "csv"]),
    st.sampled_from([uploads.pdf(2), uploads.archive(word__document_dot_xml=b"<w/>")]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=10),
    st.integers(0, 5000),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_damaged_document_is_checked_or_refused(extension, valid, changes, length):
    data = bytearray(valid)
    for place, value in changes:
        data[place % len(data)] = value
    try:
        document = check_document(bytes(data[:length]), f"a.{extension}")
    except ValidationError as refusal:
        assert refusal.messages[0]
        return
    assert count_pages(document) is None or count_pages(document) >= 0
