"""People of the demo's pictures: flat, faceless, nobody in particular."""

import math
from dataclasses import dataclass, replace

from home.demo.drawing import Canvas, Colour, Point, mixed

NAVY, TEAL, OCHRE, BRICK = "#22405f", "#2f7b80", "#e2a63d", "#c65b41"
CREAM, SAND, SKY, LEAF, INK = "#f8f1e4", "#e8d9bd", "#d3e6ea", "#83ab8b", "#26303a"
PAPER, GREY, SLATE, ROSE = "#fffdf8", "#c9ccc9", "#6d7f8c", "#e2b3a0"
SKINS = ("#8f5d3f", "#a8714c", "#bd8459", "#7a4c33")
HAIR = "#2a211d"


@dataclass(frozen=True)
class Person:
    """How somebody looks: `cover` hair, long (hair), hijab or peci; `legs` trousers or skirt."""

    top: Colour = TEAL
    lower: Colour = INK
    skin: Colour = SKINS[1]
    cover: str = "hair"
    cloth: Colour = HAIR
    legs: str = "trousers"
    left: Point = (-0.142, -0.432)
    right: Point = (0.142, -0.432)
    glasses: bool = False
    badge: bool = False

    def but(self, **changes: object) -> "Person":
        """Return the same person with something changed."""
        return replace(self, **changes)  # ty: ignore[invalid-argument-type]


STUDENT = Person(top=PAPER, lower="#8b949b", skin=SKINS[2])
STUDENT_VEILED = Person(top=PAPER, lower="#8b949b", skin=SKINS[1], cover="hijab", cloth=PAPER, legs="skirt")
OFFICER = Person(top=BRICK, lower=INK, skin=SKINS[1], cover="peci", badge=True)
OFFICER_VEILED = Person(top=BRICK, lower=INK, skin=SKINS[2], cover="hijab", cloth=NAVY, badge=True)


def stand(c: Canvas, x: float, ground: float, tall: float, who: Person, shadow: Colour | None = None) -> None:
    """Draw somebody from the front, feet at (`x`, `ground`); hands are given in parts of the height."""
    if shadow:
        c.oval(x, ground, tall * 0.17, tall * 0.028, shadow)
    if who.legs == "trousers":
        _trousers(c, x, ground, tall, who)
    elif who.legs == "skirt":
        _skirt(c, x, ground, tall, who)
    _upper(c, x, ground, tall, who)


def bust(c: Canvas, x: float, table: float, tall: float, who: Person) -> None:
    """Draw somebody sitting behind something whose edge is at `table`; draw that thing afterwards."""
    _upper(c, x, table + tall * 0.52, tall, who)


def back_of_head(c: Canvas, x: float, y: float, size: float, who: Person) -> None:
    """Draw one of an audience from behind: shoulders and head, `size` across the shoulders."""
    s = size / 2
    c.blob(
        [(x - s, y + s * 1.9), (x - s, y + s * 0.9), (x - s * 0.62, y + s * 0.42), (x, y + s * 0.3),
         (x + s * 0.62, y + s * 0.42), (x + s, y + s * 0.9), (x + s, y + s * 1.9)],
        who.top,
    )  # fmt: skip
    if who.cover == "hijab":
        c.blob(
            [(x, y - s * 0.72), (x + s * 0.5, y - s * 0.35), (x + s * 0.52, y + s * 0.25),
             (x + s * 0.62, y + s * 0.85),
             (x, y + s * 1.2), (x - s * 0.62, y + s * 0.85), (x - s * 0.52, y + s * 0.25), (x - s * 0.5,
             y - s * 0.35)],
            mixed(who.cloth, INK, 0.08),
        )  # fmt: skip
        return
    c.rect(x - s * 0.17, y + s * 0.1, s * 0.34, s * 0.4, mixed(who.skin, INK, 0.15), s * 0.1)
    c.oval(x, y - s * 0.16, s * 0.42, s * 0.5, HAIR)
    for side in (-1, 1):
        c.oval(x + side * s * 0.42, y - s * 0.06, s * 0.07, s * 0.11, who.skin)


def wheelchair_user(c: Canvas, x: float, ground: float, tall: float, who: Person, facing: int = 1) -> None:
    """Draw somebody sitting in a wheelchair from the side; `facing` 1 looks right; `tall` as if standing."""
    f, r = facing, tall * 0.17
    seat = ground - tall * 0.27
    c.oval(x + f * tall * 0.06, ground, tall * 0.27, tall * 0.022, "#00000022")
    c.stroke([(x - f * tall * 0.13, seat - tall * 0.25), (x - f * tall * 0.1, seat)], tall * 0.022, SLATE)
    c.stroke(
        [(x - f * tall * 0.19, seat - tall * 0.25), (x - f * tall * 0.13, seat - tall * 0.25)],
        tall * 0.022,
        INK,
    )
    _side_body(c, x, seat, tall, who, f)
    c.stroke(
        [(x - f * tall * 0.1, seat + tall * 0.03), (x + f * tall * 0.15, seat + tall * 0.03)],
        tall * 0.022,
        SLATE,
    )
    c.stroke(
        [(x + f * tall * 0.15, seat + tall * 0.03), (x + f * tall * 0.22, ground - tall * 0.07),
         (x + f * tall * 0.3, ground - tall * 0.07)],
        tall * 0.02,
        SLATE,
    )  # fmt: skip
    c.ring(x + f * tall * 0.2, ground - tall * 0.05, tall * 0.05, tall * 0.018, INK)
    c.ring(x - f * tall * 0.02, ground - r, r, tall * 0.022, INK)
    c.ring(x - f * tall * 0.02, ground - r, r * 0.8, tall * 0.008, SLATE)
    c.oval(x - f * tall * 0.02, ground - r, tall * 0.02, tall * 0.02, SLATE)


def _side_body(c: Canvas, x: float, seat: float, tall: float, who: Person, f: int) -> None:
    knee = (x + f * tall * 0.2, seat - tall * 0.02)
    foot = (x + f * tall * 0.26, seat + tall * 0.19)
    c.stroke([(x - f * tall * 0.02, seat - tall * 0.03), knee, foot], tall * 0.085, who.lower)
    c.stroke([foot, (foot[0] + f * tall * 0.055, foot[1] + tall * 0.012)], tall * 0.045, HAIR)
    c.blob(
        [(x - f * tall * 0.1, seat + tall * 0.01), (x - f * tall * 0.115, seat - tall * 0.2),
         (x - f * tall * 0.06, seat - tall * 0.325), (x + f * tall * 0.04, seat - tall * 0.32),
         (x + f * tall * 0.085, seat - tall * 0.18), (x + f * tall * 0.075, seat + tall * 0.01)],
        who.top,
    )  # fmt: skip
    head = (x + f * tall * 0.005, seat - tall * 0.41)
    c.stroke(
        [(head[0], head[1] + tall * 0.05), (x - f * tall * 0.01, seat - tall * 0.3)],
        tall * 0.06,
        mixed(who.skin, INK, 0.15),
    )
    _head(c, head[0], head[1], tall, who, turn=f)
    shoulder = (x - f * tall * 0.005, seat - tall * 0.265)
    hand = (x + f * tall * who.right[0], seat + tall * who.right[1])
    _arm(c, shoulder, hand, tall, mixed(who.top, INK, 0.1), who.skin, bend=f)


def _trousers(c: Canvas, x: float, ground: float, tall: float, who: Person) -> None:
    for side in (-1, 1):
        foot = x + side * tall * 0.058
        c.oval(foot + side * tall * 0.018, ground - tall * 0.012, tall * 0.052, tall * 0.024, HAIR)
        shade = who.lower if side < 0 else mixed(who.lower, INK, 0.12)
        c.shape(
            [(x + side * tall * 0.104, ground - tall * 0.5), (x - side * tall * 0.002, ground - tall * 0.5),
             (foot - side * tall * 0.034, ground - tall * 0.02), (foot + side * tall * 0.036,
             ground - tall * 0.02)],
            shade,
        )  # fmt: skip


def _skirt(c: Canvas, x: float, ground: float, tall: float, who: Person) -> None:
    for side in (-1, 1):
        c.oval(x + side * tall * 0.06, ground - tall * 0.012, tall * 0.05, tall * 0.022, HAIR)
    c.shape(
        [(x - tall * 0.1, ground - tall * 0.5), (x + tall * 0.1, ground - tall * 0.5),
         (x + tall * 0.128, ground - tall * 0.03), (x - tall * 0.128, ground - tall * 0.03)],
        who.lower,
    )  # fmt: skip
    c.shape(
        [(x + tall * 0.02, ground - tall * 0.5), (x + tall * 0.1, ground - tall * 0.5),
         (x + tall * 0.128, ground - tall * 0.03), (x + tall * 0.05, ground - tall * 0.03)],
        mixed(who.lower, INK, 0.1),
    )  # fmt: skip


def _upper(c: Canvas, x: float, ground: float, tall: float, who: Person) -> None:
    def at(u: float, v: float) -> Point:
        return x + u * tall, ground + v * tall

    neck = mixed(who.skin, INK, 0.14)
    c.rect(x - tall * 0.032, ground - tall * 0.88, tall * 0.064, tall * 0.09, neck, tall * 0.02)
    c.blob(
        [at(-0.045, -0.822), at(0.045, -0.822), at(0.1, -0.795), at(0.114, -0.71), at(0.1, -0.58),
         at(0.107, -0.455),
         at(0, -0.443), at(-0.107, -0.455), at(-0.1, -0.58), at(-0.114, -0.71), at(-0.1, -0.795)],
        who.top,
    )  # fmt: skip
    if who.cover != "hijab":
        c.shape([at(-0.036, -0.825), at(0.036, -0.825), at(0, -0.765)], neck)
    if who.badge:
        c.rect(x + tall * 0.03, ground - tall * 0.7, tall * 0.042, tall * 0.055, PAPER, tall * 0.006)
        c.rect(x + tall * 0.037, ground - tall * 0.69, tall * 0.028, tall * 0.014, TEAL)
    for side, hand in ((-1, who.left), (1, who.right)):
        _arm(c, at(side * 0.093, -0.765), at(*hand), tall, mixed(who.top, INK, 0.09), who.skin, bend=side)
    _head(c, x, ground - tall * 0.912, tall, who)


def _arm(
    c: Canvas, shoulder: Point, hand: Point, tall: float, sleeve: Colour, skin: Colour, bend: int
) -> None:
    """Draw sleeve, elbow and hand; the elbow points outward (`bend` 1: to the right)."""
    reach = tall * 0.172
    dx, dy = hand[0] - shoulder[0], hand[1] - shoulder[1]
    span = min(math.hypot(dx, dy), reach * 1.98) or 1.0
    hand = (shoulder[0] + dx * span / math.hypot(dx, dy), shoulder[1] + dy * span / math.hypot(dx, dy))
    # A hand near the body means an arm pointing at the viewer: it looks shorter, the elbow does not fly out.
    rise = min(math.sqrt(max(reach**2 - (span / 2) ** 2, 0)), tall * 0.062)
    ux, uy = (hand[0] - shoulder[0]) / span, (hand[1] - shoulder[1]) / span
    sides = [(-uy, ux), (uy, -ux)]
    away = max(sides, key=lambda side: side[0] * bend + side[1] * 0.35)
    elbow = (
        (shoulder[0] + hand[0]) / 2 + away[0] * rise,
        (shoulder[1] + hand[1]) / 2 + away[1] * rise,
    )
    c.oval(hand[0] + ux * tall * 0.012, hand[1] + uy * tall * 0.012, tall * 0.029, tall * 0.029, skin)
    c.stroke([shoulder, elbow, hand], tall * 0.056, sleeve)


def _head(c: Canvas, x: float, y: float, tall: float, who: Person, turn: int = 0) -> None:
    r = tall * 0.07
    if who.cover == "hijab":
        _hijab(c, x, y, r, who, turn)
    else:
        _bare_head(c, x, y, r, who, turn)
    if who.glasses:
        for side in (-1, 1):
            c.oval(x + turn * r * 0.45 + side * r * 0.36, y + r * 0.04, r * 0.29, r * 0.24, INK)
        c.stroke([(x + turn * r * 0.45 - r * 0.4, y), (x + turn * r * 0.45 + r * 0.4, y)], r * 0.1, INK)


def _hijab(c: Canvas, x: float, y: float, r: float, who: Person, turn: int) -> None:
    fold = mixed(who.cloth, INK, 0.1)
    c.blob(
        [(x, y - r * 1.28), (x + r * 0.98, y - r * 0.7), (x + r * 1.12, y + r * 0.45),
         (x + r * 1.45, y + r * 1.75),
         (x + r * 0.6, y + r * 2.45), (x, y + r * 2.65), (x - r * 0.6, y + r * 2.45), (x - r * 1.45,
         y + r * 1.75),
         (x - r * 1.12, y + r * 0.45), (x - r * 0.98, y - r * 0.7)],
        who.cloth,
    )  # fmt: skip
    c.blob(
        [(x - r * 0.55, y + r * 0.75), (x + r * 0.1, y + r * 1.18), (x + r * 0.9, y + r * 1.05),
         (x + r * 1.2, y + r * 1.9),
         (x + r * 0.5, y + r * 2.4), (x - r * 0.2, y + r * 1.7)],
        fold,
    )  # fmt: skip
    c.oval(x + turn * r * 0.22, y - r * 0.02, r * 0.84, r * 0.98, fold)
    c.oval(x + turn * r * 0.22, y + r * 0.03, r * 0.74, r * 0.88, who.skin)


def _bare_head(c: Canvas, x: float, y: float, r: float, who: Person, turn: int) -> None:
    for side in (-1, 1) if not turn else (-turn,):
        c.oval(
            x + side * r * 0.9 * (0.35 if turn else 1),
            y + r * 0.12,
            r * 0.18,
            r * 0.24,
            mixed(who.skin, INK, 0.1),
        )
    c.oval(x, y - r * 0.14, r * 0.98, r * 1.02, HAIR)
    c.blob(
        [(x - r * 0.86, y - r * 0.25), (x - r * 0.2, y - r * 0.5), (x + r * 0.86, y - r * 0.25),
         (x + r * 0.82, y + r * 0.5),
         (x + r * 0.36, y + r * 1.06), (x - r * 0.36, y + r * 1.06), (x - r * 0.82, y + r * 0.5)]
        if not turn
        else [(x - turn * r * 0.25, y - r * 0.3), (x + turn * r * 0.9, y - r * 0.42),
        (x + turn * r * 0.98, y + r * 0.35),
              (x + turn * r * 0.6, y + r * 1.04), (x - turn * r * 0.1, y + r * 0.98), (x - turn * r * 0.45,
              y + r * 0.4)],
        who.skin,
    )  # fmt: skip
    if who.cover == "peci":
        c.shape(
            [(x - r * 0.98, y - r * 0.28), (x - r * 0.84, y - r * 1.3), (x + r * 0.84, y - r * 1.3),
             (x + r * 0.98, y - r * 0.28)],
            "#1d1b1f",
        )  # fmt: skip
        c.stroke([(x - r * 0.8, y - r * 1.3), (x + r * 0.8, y - r * 1.3)], r * 0.12, "#33303a")
    elif who.cover == "long":
        for side in (-1, 1):
            c.blob(
                [(x + side * r * 0.7, y - r * 0.6), (x + side * r * 1.12, y + r * 0.3),
                 (x + side * r * 1.1, y + r * 1.6),
                 (x + side * r * 0.62, y + r * 1.5), (x + side * r * 0.78, y + r * 0.4)],
                HAIR,
            )  # fmt: skip
