"""Files as people upload them: photographs, drawings, and what pretends to be one."""

import zipfile
from io import BytesIO

from PIL import Image as PILImage
from PIL import PngImagePlugin
from pypdf import PdfWriter

PLACE = "GPS-RAHASIA-6.1200S"  # what a cleaned file must not hold


def photograph(width: int = 640, height: int = 480, image_format: str = "JPEG", **options: object) -> bytes:
    """A picture with some detail, so that its encodings differ."""
    picture = PILImage.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.paste("crimson", (0, 0, width // 3, height // 3))
    output = BytesIO()
    picture.save(output, image_format, **options)
    return output.getvalue()


def phone_photograph(image_format: str = "JPEG", turn: int = 6, width: int = 640, height: int = 480) -> bytes:
    """A photograph taken upright by a phone: stored lying, with its place, a comment and XMP."""
    exif = PILImage.Exif()
    exif[0x0112] = turn
    exif[0x010E] = PLACE
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 7.0, 12.0), 3: "E", 4: (106.0, 9.0, 0.0), 29: PLACE})
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d>{PLACE}</d></x:xmpmeta>'.encode()
    options: dict[str, object] = {"exif": exif.tobytes()}
    if image_format == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", PLACE)
        options["pnginfo"] = text
    else:
        options["xmp"] = xmp
    if image_format == "JPEG":
        options["comment"] = PLACE.encode()
    return photograph(width, height, image_format, **options)


def animation(image_format: str) -> bytes:
    """Two frames."""
    output = BytesIO()
    frames = [PILImage.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    frames[0].save(output, image_format, save_all=True, append_images=frames[1:], duration=200)
    return output.getvalue()


def pdf(pages: int = 3) -> bytes:
    """Empty pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def archive(**members: bytes) -> bytes:
    """A ZIP with `members`; "__" in a name stands for "/", "_dot_" for "."."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return output.getvalue()
