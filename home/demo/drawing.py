"""Flat shapes on a canvas of 1600 x 1067: drawn at twice the size and halved, so that edges are smooth."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

Point = tuple[float, float]
Colour = str

WIDTH, HEIGHT = 1600, 1067  # pixels
_SCALE = 2
_QUALITY = 88  # flat colours show blocks early


class Canvas:
    """What scenes draw on; coordinates in pixels of the finished picture, from the top left."""

    def __init__(self, paper: Colour, width: int = WIDTH, height: int = HEIGHT) -> None:
        """Begin with a sheet of one colour."""
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width * _SCALE, height * _SCALE), paper)
        # "RGBA" on an RGB sheet: colours with an alpha part are laid over what is there.
        self._pen = ImageDraw.Draw(self._image, "RGBA")

    def rect(self, x: float, y: float, w: float, h: float, fill: Colour, radius: float = 0) -> None:
        """Draw a box, its corners rounded by `radius`."""
        box = _scaled([(x, y), (x + w, y + h)])
        box[1] = (box[1][0] - 1, box[1][1] - 1)
        if radius:
            self._pen.rounded_rectangle(box, min(radius, w / 2, h / 2) * _SCALE, fill=fill)
        else:
            self._pen.rectangle(box, fill=fill)

    def oval(self, cx: float, cy: float, rx: float, ry: float, fill: Colour) -> None:
        """Draw an ellipse about its centre."""
        self._pen.ellipse(_scaled([(cx - rx, cy - ry), (cx + rx, cy + ry)]), fill=fill)

    def dome(self, cx: float, base: float, rx: float, ry: float, fill: Colour) -> None:
        """Draw the upper half of an ellipse that rests on `base`."""
        box = _scaled([(cx - rx, base - ry), (cx + rx, base + ry)])
        self._pen.pieslice(box, 180, 360, fill=fill)

    def ring(self, cx: float, cy: float, r: float, width: float, fill: Colour) -> None:
        """Draw a circle's line, `width` thick inwards."""
        box = _scaled([(cx - r, cy - r), (cx + r, cy + r)])
        self._pen.ellipse(box, outline=fill, width=round(width * _SCALE))

    def arc(
        self, cx: float, cy: float, r: float, start: float, end: float, width: float, fill: Colour
    ) -> None:
        """Draw a part of a circle's line; degrees clockwise from three o'clock."""
        box = _scaled([(cx - r, cy - r), (cx + r, cy + r)])
        self._pen.arc(box, start, end, fill=fill, width=round(width * _SCALE))

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """Draw a polygon with sharp corners."""
        self._pen.polygon(_scaled(points), fill=fill)

    def blob(self, points: Sequence[Point], fill: Colour) -> None:
        """Draw a closed, smooth shape through `points`."""
        self._pen.polygon(_scaled(_smooth(points)), fill=fill)

    def stroke(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """Draw a line with round ends and joints."""
        dots = _scaled(points)
        self._pen.line(dots, fill=fill, width=round(width * _SCALE))
        r = width * _SCALE / 2
        for x, y in dots:
            self._pen.ellipse([x - r, y - r, x + r, y + r], fill=fill)

    def fade(self, top: Colour, bottom: Colour, y: float = 0, h: float | None = None) -> None:
        """Fill a band over the whole width from one colour above to another below."""
        height = round((self.height if h is None else h) * _SCALE)
        mask = Image.linear_gradient("L").resize((1, height)).resize((self._image.width, height))
        band = Image.new("RGB", mask.size, top)
        band.paste(Image.new("RGB", mask.size, bottom), mask=mask)
        self._image.paste(band, (0, round(y * _SCALE)))

    def as_jpeg(self) -> bytes:
        """Return the finished picture."""
        return self._saved("JPEG", quality=_QUALITY, subsampling=0)

    def as_png(self) -> bytes:
        """Return the finished picture without loss."""
        return self._saved("PNG", optimize=True)

    def _saved(self, image_format: str, **options: object) -> bytes:
        out = BytesIO()
        self._image.reduce(_SCALE).save(out, image_format, **options)
        return out.getvalue()


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return a colour between two; `share` 0 is the first, 1 the other."""
    pairs = zip(ImageColor.getrgb(one)[:3], ImageColor.getrgb(other)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]


def _smooth(points: Sequence[Point], steps: int = 12) -> list[Point]:
    """Return a closed Catmull-Rom curve through the points."""
    count, found = len(points), []
    for place in range(count):
        before, a, b, after = (points[(place + shift) % count] for shift in (-1, 0, 1, 2))
        found += [_between(before, a, b, after, step / steps) for step in range(steps)]
    return found


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def along(a: float, b: float, c: float, d: float) -> float:
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))

    return along(p0[0], p1[0], p2[0], p3[0]), along(p0[1], p1[1], p2[1], p3[1])
