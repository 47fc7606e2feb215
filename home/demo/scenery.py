"""Things and rooms of the demo's pictures."""

import math

from home.demo.drawing import HEIGHT, WIDTH, Canvas, Colour, mixed
from home.demo.figures import BRICK, CREAM, GREY, INK, LEAF, NAVY, OCHRE, PAPER, SAND, SKY, SLATE, TEAL

SHADE = "#1b263022"
CARD, CARD_DARK = "#c79a63", "#a97f4c"
WOOD, WOOD_DARK = "#b9855a", "#8f6341"


def room(c: Canvas, wall: Colour = CREAM, floor: Colour = SAND, ground: float = 800) -> None:
    """Draw a wall with a skirting board, and a floor."""
    c.fade(mixed(wall, "#ffffff", 0.25), wall, 0, ground)
    c.fade(floor, mixed(floor, INK, 0.07), ground, HEIGHT - ground)
    c.rect(0, ground - 16, WIDTH, 16, mixed(wall, INK, 0.12))


def window(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Draw a window onto sky and trees."""
    c.rect(x - 14, y - 14, w + 28, h + 28, PAPER, 10)
    c.rect(x, y, w, h, SKY)
    c.dome(x + w * 0.27, y + h, w * 0.25, h * 0.3, LEAF)
    c.dome(x + w * 0.68, y + h, w * 0.3, h * 0.42, mixed(LEAF, INK, 0.12))
    c.rect(x - 14, y + h, w + 28, HEIGHT * 0.03, PAPER)
    c.rect(x + w / 2 - 6, y, 12, h, PAPER)
    c.rect(x - 24, y + h + 14, w + 48, 18, mixed(PAPER, INK, 0.1), 6)


def plant(c: Canvas, x: float, ground: float, tall: float) -> None:
    """Draw a pot plant."""
    top = ground - tall * 0.34
    for lean, size in ((-0.62, 0.8), (0.62, 0.8), (-0.3, 0.95), (0.3, 0.95), (0, 1.0)):
        tip = (x + math.sin(lean) * tall * 0.62 * size, top - math.cos(lean) * tall * 0.62 * size)
        side = tall * 0.075
        middle = ((x + tip[0]) / 2, (top + tip[1]) / 2)
        green = mixed(LEAF, "#2d5a46", 0.35 + abs(lean) * 0.4)
        c.blob([(x, top), (middle[0] - side, middle[1]), tip, (middle[0] + side, middle[1])], green)
    c.shape(
        [
            (x - tall * 0.16, top - 4),
            (x + tall * 0.16, top - 4),
            (x + tall * 0.11, ground),
            (x - tall * 0.11, ground),
        ],
        BRICK,
    )
    c.rect(x - tall * 0.18, top - tall * 0.05, tall * 0.36, tall * 0.08, mixed(BRICK, INK, 0.15), 6)


def table(c: Canvas, x: float, y: float, w: float, ground: float, cloth: Colour | None = None) -> None:
    """Draw a table from the front, its top at `y`; with a cloth down to the floor if a colour is given."""
    c.oval(x + w / 2, ground, w * 0.52, 16, SHADE)
    if cloth:
        c.rect(x + 12, y, w - 24, ground - y, cloth)
        for place in range(1, int(w // 120)):
            c.rect(x + place * 120, y + 20, 5, ground - y - 20, mixed(cloth, INK, 0.12))
        c.rect(x, y - 4, w, 26, mixed(cloth, "#ffffff", 0.16), 8)
        return
    for leg in (x + 26, x + w - 48):
        c.rect(leg, y, 22, ground - y, WOOD_DARK)
    c.rect(x, y - 4, w, 28, WOOD, 8)


def ballot_box(c: Canvas, x: float, ground: float, w: float) -> None:
    """Draw a ballot box of cardboard, its middle at `x`."""
    h, lid = w * 0.98, w * 0.13
    c.oval(x, ground, w * 0.62, w * 0.06, SHADE)
    c.rect(x - w / 2, ground - h, w, h, CARD, 6)
    c.shape(
        [
            (x + w * 0.5, ground - h),
            (x + w * 0.5, ground),
            (x + w * 0.24, ground),
            (x + w * 0.24, ground - h),
        ],
        CARD_DARK,
    )
    c.rect(x - w * 0.56, ground - h - lid, w * 1.12, lid, mixed(CARD, "#ffffff", 0.2), 5)
    c.rect(x - w * 0.2, ground - h - lid * 0.66, w * 0.4, lid * 0.3, INK, 3)
    c.rect(x - w * 0.36, ground - h * 0.72, w * 0.46, h * 0.4, PAPER, 6)
    c.oval(x - w * 0.13, ground - h * 0.52, w * 0.12, w * 0.12, TEAL)
    c.stroke(
        [
            (x - w * 0.18, ground - h * 0.52),
            (x - w * 0.14, ground - h * 0.48),
            (x - w * 0.07, ground - h * 0.56),
        ],
        w * 0.03,
        PAPER,
    )


def booth(c: Canvas, x: float, ground: float, w: float, desk: float, tall: float) -> None:
    """Draw a voting booth from the front: legs, a desk at the height `desk`, three panels above it."""
    c.oval(x, ground, w * 0.6, w * 0.045, SHADE)
    for side in (-1, 1):
        c.rect(x + side * w * 0.44 - 10, ground - desk, 20, desk, SLATE)
    c.rect(x - w / 2, ground - tall, w, tall - desk, mixed(PAPER, SKY, 0.35))
    for side in (-1, 1):
        edge = x + side * w / 2
        c.shape(
            [(edge, ground - tall), (edge + side * w * 0.12, ground - tall + 26),
             (edge + side * w * 0.12, ground - desk + 26),
             (edge, ground - desk)],
            mixed(PAPER, SLATE, 0.35),
        )  # fmt: skip
    c.rect(x - w * 0.62, ground - desk, w * 1.24, 26, WOOD, 6)
    c.rect(x - w * 0.17, ground - tall + (tall - desk) * 0.2, w * 0.34, (tall - desk) * 0.34, TEAL, 8)
    check(c, x, ground - tall + (tall - desk) * 0.37, w * 0.1)


def check(c: Canvas, x: float, y: float, size: float, fill: Colour = PAPER) -> None:
    """Draw a tick about (`x`, `y`)."""
    c.stroke(
        [(x - size * 0.5, y), (x - size * 0.12, y + size * 0.38), (x + size * 0.55, y - size * 0.4)],
        size * 0.24,
        fill,
    )


def sheet(c: Canvas, x: float, y: float, w: float, h: float, lines: int, paper: Colour = PAPER) -> None:
    """Draw a written page: a head and lines of words."""
    c.rect(x + 6, y + 8, w, h, SHADE, 4)
    c.rect(x, y, w, h, paper, 4)
    c.rect(x + w * 0.1, y + h * 0.08, w * 0.5, max(h * 0.05, 4), NAVY, 3)
    step = h * 0.78 / max(lines, 1)
    for number in range(lines):
        share = (0.8, 0.72, 0.78, 0.6)[number % 4]
        c.rect(x + w * 0.1, y + h * 0.2 + number * step, w * share, max(step * 0.3, 3), GREY, 3)


def grid(c: Canvas, x: float, y: float, w: float, h: float, rows: int, columns: int) -> None:
    """Draw a page with a table of figures."""
    c.rect(x + 8, y + 10, w, h, SHADE, 6)
    c.rect(x, y, w, h, PAPER, 6)
    c.rect(x + w * 0.08, y + h * 0.05, w * 0.56, h * 0.035, NAVY, 4)
    c.rect(x + w * 0.08, y + h * 0.105, w * 0.38, h * 0.02, GREY, 3)
    top, high = y + h * 0.17, h * 0.76 / rows
    for row in range(rows):
        at = top + row * high
        is_edge = row in (0, rows - 1)
        c.rect(x + w * 0.08, at, w * 0.84, high - 4, TEAL if row == 0 else "#e6eeec" if row % 2 else PAPER, 3)
        for column in range(columns):
            wide = w * 0.84 / columns
            fill = PAPER if row == 0 else NAVY if is_edge else SLATE
            share = 0.7 if column == 0 else 0.5
            c.rect(x + w * 0.1 + column * wide, at + high * 0.34, wide * share, high * 0.26, fill, 3)


def screen(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Draw a projection screen with a bar chart."""
    c.rect(x - 12, y - 12, w + 24, h + 24, INK, 8)
    c.rect(x, y, w, h, "#f4f7f6")
    c.rect(x + w * 0.08, y + h * 0.1, w * 0.42, h * 0.06, NAVY, 5)
    c.rect(x + w * 0.08, y + h * 0.2, w * 0.28, h * 0.035, GREY, 4)
    tones = (TEAL, OCHRE, TEAL, BRICK, TEAL, OCHRE)
    for place, (share, fill) in enumerate(zip((0.38, 0.52, 0.3, 0.6, 0.46, 0.34), tones, strict=True)):
        c.rect(x + w * (0.1 + place * 0.14), y + h * (0.9 - share), w * 0.085, h * share, fill, 4)
    c.rect(x + w * 0.08, y + h * 0.9, w * 0.84, 5, SLATE)


def flag(c: Canvas, x: float, ground: float, tall: float) -> None:
    """Draw the red and white on a pole."""
    c.rect(x - 24, ground - 14, 48, 14, WOOD_DARK, 6)
    c.rect(x - 5, ground - tall, 10, tall, OCHRE, 5)
    w, h = tall * 0.3, tall * 0.22
    for row, fill in ((0, "#c8333a"), (1, PAPER)):
        y = ground - tall + 10 + row * h / 2
        c.blob(
            [(x, y), (x + w * 0.3, y + 8), (x + w * 0.65, y - 4), (x + w, y + 6), (x + w, y + 6 + h / 2),
             (x + w * 0.65, y - 4 + h / 2), (x + w * 0.3, y + 8 + h / 2), (x, y + h / 2)],
            fill,
        )  # fmt: skip
    c.oval(x, ground - tall, 9, 9, OCHRE)


def podium(c: Canvas, x: float, ground: float, w: float, tall: float) -> None:
    """Draw a lectern with two microphones."""
    c.oval(x, ground, w * 0.6, 16, SHADE)
    c.shape(
        [
            (x - w * 0.42, ground - tall),
            (x + w * 0.42, ground - tall),
            (x + w * 0.34, ground),
            (x - w * 0.34, ground),
        ],
        NAVY,
    )
    c.shape(
        [
            (x + w * 0.1, ground - tall),
            (x + w * 0.42, ground - tall),
            (x + w * 0.34, ground),
            (x + w * 0.08, ground),
        ],
        mixed(NAVY, INK, 0.4),
    )
    c.rect(x - w / 2, ground - tall - 18, w, 30, WOOD, 8)
    c.oval(x - w * 0.04, ground - tall * 0.55, w * 0.16, w * 0.16, OCHRE)
    check(c, x - w * 0.04, ground - tall * 0.55, w * 0.15)
    for side in (-1, 1):
        c.stroke([(x + side * 14, ground - tall - 14), (x + side * 34, ground - tall - 74)], 7, INK)
        c.oval(x + side * 36, ground - tall - 84, 13, 19, SLATE)


def bubble(c: Canvas, x: float, y: float, w: float, h: float, fill: Colour, tail: int = -1) -> None:
    """Draw a speech bubble whose tail hangs at the left (-1) or right (1) foot."""
    foot = x + w * (0.2 if tail < 0 else 0.8)
    c.rect(x, y, w, h, fill, h * 0.28)
    c.shape([(foot - 22, y + h - 4), (foot + 22, y + h - 4), (foot + tail * 34, y + h + 34)], fill)


def words(c: Canvas, x: float, y: float, widths: tuple[float, ...], fill: Colour, thick: float = 14) -> None:
    """Draw lines of words as bars."""
    for number, width in enumerate(widths):
        c.rect(x, y + number * thick * 2, width, thick, fill, thick / 2)


def tree(c: Canvas, x: float, ground: float, tall: float) -> None:
    """Draw a round tree."""
    c.oval(x, ground, tall * 0.22, tall * 0.025, SHADE)
    c.rect(x - tall * 0.03, ground - tall * 0.5, tall * 0.06, tall * 0.5, WOOD_DARK, 6)
    c.oval(x, ground - tall * 0.66, tall * 0.26, tall * 0.3, LEAF)
    c.oval(x + tall * 0.1, ground - tall * 0.6, tall * 0.17, tall * 0.2, mixed(LEAF, INK, 0.12))


def building(c: Canvas, x: float, ground: float, w: float, h: float) -> None:
    """Draw a public office of two storeys with a tiled hip roof, columns and steps."""
    wall = "#f3e8d3"
    c.shape(
        [
            (x - w * 0.04, ground - h),
            (x + w * 1.04, ground - h),
            (x + w * 0.86, ground - h * 1.34),
            (x + w * 0.14, ground - h * 1.34),
        ],
        BRICK,
    )
    c.shape(
        [
            (x + w * 0.5, ground - h),
            (x + w * 1.04, ground - h),
            (x + w * 0.86, ground - h * 1.34),
            (x + w * 0.5, ground - h * 1.34),
        ],
        mixed(BRICK, INK, 0.12),
    )
    c.rect(x, ground - h, w, h, wall)
    c.rect(x, ground - h, w, 14, mixed(wall, INK, 0.14))
    for storey in (0.82, 0.38):
        for place in range(6):
            at = x + w * (0.06 + place * 0.155)
            if storey < 0.5 and place in (2, 3):
                continue
            c.rect(at, ground - h * storey, w * 0.1, h * 0.24, PAPER, 4)
            c.rect(at + 8, ground - h * storey + 8, w * 0.1 - 16, h * 0.24 - 8, mixed(SKY, SLATE, 0.35), 2)
    c.rect(x, ground - h * 0.49, w, h * 0.05, mixed(wall, INK, 0.1))
    c.rect(x + w * 0.36, ground - h * 0.44, w * 0.28, h * 0.44, mixed(wall, INK, 0.18))
    c.rect(x + w * 0.43, ground - h * 0.34, w * 0.14, h * 0.34, TEAL, 4)
    c.rect(x + w * 0.497, ground - h * 0.34, 5, h * 0.34, mixed(TEAL, INK, 0.3))
    c.shape(
        [
            (x + w * 0.32, ground - h * 0.44),
            (x + w * 0.68, ground - h * 0.44),
            (x + w * 0.5, ground - h * 0.62),
        ],
        BRICK,
    )
    for side in (0.345, 0.625):
        c.rect(x + w * side, ground - h * 0.44, w * 0.03, h * 0.44, PAPER)


def chair(c: Canvas, x: float, ground: float, tall: float, fill: Colour = TEAL) -> None:
    """Draw a chair from behind."""
    for side in (-1, 1):
        c.rect(x + side * tall * 0.22 - 6, ground - tall * 0.5, 12, tall * 0.5, INK, 5)
    c.rect(x - tall * 0.27, ground - tall, tall * 0.54, tall * 0.42, fill, tall * 0.06)
    c.rect(x - tall * 0.27, ground - tall * 0.52, tall * 0.54, tall * 0.1, mixed(fill, INK, 0.2), tall * 0.04)
