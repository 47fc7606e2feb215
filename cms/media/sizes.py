"""Which encoded sizes of a picture readers get."""

WIDTHS = (480, 960, 1600)  # pixels: a phone, a phone's sharp screen or a column, a wide screen
FORMATS = ("avif", "jpeg")


def filter_spec(image_format: str, width: int) -> str:
    """Return Wagtail's name of the rendition of `width` in `image_format`."""
    return f"width-{width}|format-{image_format}"


ALL_SPECS = frozenset(filter_spec(image_format, width) for image_format in FORMATS for width in WIDTHS)


def widths_for(original: int) -> list[int]:
    """Return the widths to make of a picture `original` pixels wide; a small one gives its own width once."""
    return [width for place, width in enumerate(WIDTHS) if place == 0 or WIDTHS[place - 1] < original]
