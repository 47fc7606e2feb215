"""The pictures of the demo, one function each: nothing in them happened."""

from home.demo.drawing import HEIGHT, WIDTH, Canvas, mixed
from home.demo.figures import (
    BRICK,
    CREAM,
    GREY,
    INK,
    LEAF,
    NAVY,
    OCHRE,
    OFFICER,
    OFFICER_VEILED,
    PAPER,
    ROSE,
    SAND,
    SKINS,
    SKY,
    SLATE,
    STUDENT,
    STUDENT_VEILED,
    TEAL,
    Person,
    back_of_head,
    bust,
    stand,
    wheelchair_user,
)  # fmt: skip
from home.demo.scenery import (
    CARD,
    CARD_DARK,
    SHADE,
    WOOD,
    WOOD_DARK,
    ballot_box,
    booth,
    bubble,
    building,
    chair,
    check,
    flag,
    grid,
    plant,
    podium,
    room,
    screen,
    sheet,
    table,
    tree,
    window,
    words,
)  # fmt: skip

_GUEST = Person(top=OCHRE, skin=SKINS[0], cover="long")
_GUEST_VEILED = Person(top=TEAL, skin=SKINS[2], cover="hijab", cloth=ROSE, legs="skirt", lower=NAVY)
_GUEST_MAN = Person(top=LEAF, skin=SKINS[1])


def class_vote(c: Canvas) -> None:
    """A pupil puts a ballot into the box."""
    room(c, "#e4efec", SAND)
    window(c, 110, 120, 300, 330)
    window(c, 1190, 120, 300, 330)
    booth(c, 1330, 880, 250, 300, 560)
    stand(c, 300, 900, 560, OFFICER_VEILED.but(left=(-0.1, -0.55), right=(0.12, -0.55)), SHADE)
    sheet(c, 258, 560, 84, 62, 4)
    stand(c, 660, 960, 760, STUDENT.but(right=(0.27, -0.56)), SHADE)
    ballot_box(c, 890, 960, 270)
    c.shape([(848, 548), (930, 530), (944, 620), (864, 636)], PAPER)
    c.shape([(848, 548), (930, 530), (934, 556), (852, 574)], GREY)


def class_circle(c: Canvas) -> None:
    """Pupils sit in a ring and talk about a chain message."""
    room(c, "#f7ecd9", "#d9c7a5", 640)
    c.rect(520, 90, 560, 300, "#375a50", 8)
    c.rect(506, 76, 588, 14, WOOD)
    words(c, 580, 150, (300, 380, 220), "#cfe0d6", 16)
    c.ring(960, 300, 46, 9, OCHRE)
    check(c, 960, 300, 46, OCHRE)
    c.oval(800, 900, 560, 130, mixed(TEAL, SAND, 0.72))
    people = (
        STUDENT,
        STUDENT_VEILED,
        STUDENT.but(cover="long", skin=SKINS[0]),
        STUDENT_VEILED.but(skin=SKINS[2]),
    )
    for x, who in zip((330, 640, 960, 1270), people, strict=True):
        chair(c, x, 850, 300, TEAL)
        bust(c, x, 800, 620, who.but(left=(-0.1, -0.5), right=(0.1, -0.5)))
        c.rect(x - 96, 790, 192, 84, who.lower, 40)
        for side in (-1, 1):
            c.rect(x + side * 52 - 27, 830, 54, 120, mixed(who.lower, INK, 0.08), 20)
            c.oval(x + side * 54, 952, 38, 17, INK)
    bubble(c, 740, 430, 150, 96, OCHRE, -1)
    words(c, 766, 458, (98, 66), PAPER, 14)
    for x, who in ((480, STUDENT), (1120, STUDENT_VEILED)):
        back_of_head(c, x, 940, 250, who)


def class_officers(c: Canvas) -> None:
    """Two pupils play polling officers and prepare the forms."""
    room(c, "#e9eef2", SAND)
    window(c, 1180, 130, 290, 320)
    c.rect(150, 120, 420, 250, PAPER, 8)
    c.rect(150, 120, 420, 62, BRICK, 8)
    words(c, 190, 214, (300, 340, 240), GREY, 16)
    flag(c, 720, 800, 560)
    for x, who in ((520, STUDENT_VEILED), (1010, STUDENT)):
        bust(c, x, 690, 820, who.but(left=(-0.13, -0.55), right=(0.13, -0.55)))
    table(c, 180, 690, 1240, 1000, NAVY)
    for x in (410, 900, 1080):
        sheet(c, x, 610, 130, 84, 5)
    ballot_box(c, 1300, 694, 150)


def class_photo(c: Canvas) -> None:
    """Teachers, officers and pupils stand together in the school yard."""
    c.fade("#bfdde6", "#e4f0f0", 0, 640)
    c.oval(1330, 170, 70, 70, "#f6d98b")
    for x, y, r in (
        (260, 170, 60),
        (330, 150, 80),
        (420, 175, 58),
        (960, 120, 44),
        (1020, 108, 60),
        (1080, 126, 42),
    ):
        c.oval(x, y, r * 1.4, r * 0.62, PAPER)
    building(c, 420, 640, 820, 300)
    tree(c, 210, 700, 460)
    tree(c, 1440, 700, 500)
    c.fade("#b9cf9d", "#9dbb88", 620, HEIGHT - 620)
    c.rect(0, 820, WIDTH, HEIGHT - 820, "#dccfae")
    back = (
        STUDENT,
        OFFICER,
        STUDENT_VEILED,
        _GUEST.but(top=NAVY),
        OFFICER_VEILED,
        STUDENT.but(skin=SKINS[0]),
    )
    for place, who in enumerate(back):
        stand(c, 320 + place * 192, 890, 560, who)
    front = (STUDENT_VEILED.but(skin=SKINS[2]), STUDENT, STUDENT.but(cover="long"), STUDENT_VEILED, STUDENT)
    for place, who in enumerate(front):
        stand(c, 416 + place * 192, 1000, 540, who, SHADE)


def tactile(c: Canvas) -> None:
    """A blind voter feels the template in the booth."""
    room(c, "#e6efe9", SAND)
    c.rect(140, 110, 360, 420, PAPER, 10)
    c.rect(140, 110, 360, 76, TEAL, 10)
    for row in range(4):
        for column in range(6):
            c.oval(196 + column * 50, 250 + row * 66, 13, 13, NAVY if (row * 5 + column * 3) % 4 else GREY)
    booth(c, 960, 960, 520, 400, 800)
    stand(
        c,
        640,
        990,
        820,
        Person(top=OCHRE, skin=SKINS[2], glasses=True, right=(0.29, -0.58), left=(-0.15, -0.46)),
        SHADE,
    )
    c.stroke([(512, 622), (430, 985)], 9, PAPER)
    c.stroke([(444, 924), (430, 985)], 10, BRICK)
    c.shape([(850, 548), (1090, 548), (1120, 570), (838, 570)], PAPER)
    for column in range(6):
        c.oval(890 + column * 36, 559, 7, 4, NAVY)
    plant(c, 1460, 930, 330)


def signing(c: Canvas) -> None:
    """An interpreter signs what an officer explains to deaf participants."""
    room(c, "#f4e9dc", "#d8c6a8", 760)
    screen(c, 560, 90, 480, 290)
    stand(c, 400, 830, 640, OFFICER.but(right=(0.25, -0.66)), SHADE)
    stand(
        c,
        1190,
        830,
        640,
        Person(top=INK, skin=SKINS[2], cover="hijab", cloth=NAVY, left=(-0.13, -0.66), right=(0.17, -0.72)),
        SHADE,
    )
    for x, y, start in ((1086, 400, 150), (1316, 374, 290)):
        c.arc(x, y, 34, start, start + 90, 7, OCHRE)
        c.arc(x, y, 52, start, start + 90, 7, OCHRE)
    audience = (
        _GUEST_MAN,
        _GUEST_VEILED,
        _GUEST,
        Person(top=PAPER, cover="hijab", cloth=TEAL),
        _GUEST_MAN.but(top=BRICK),
    )
    for place, who in enumerate(audience):
        back_of_head(c, 220 + place * 290, 850, 270, who)


def doorway(c: Canvas) -> None:
    """A wheelchair user comes through a wide door."""
    room(c, "#f2e6d6", "#d9c9ab", 860)
    c.rect(560, 150, 620, 710, SKY)
    c.dome(720, 806, 150, 150, LEAF)
    c.dome(1010, 806, 164, 200, mixed(LEAF, INK, 0.1))
    c.rect(560, 800, 620, 60, "#b9cf9d")
    for x in (524, 1180):
        c.rect(x, 110, 36, 750, WOOD_DARK)
    c.rect(524, 110, 692, 40, WOOD_DARK)
    c.shape([(1216, 150), (1420, 210), (1420, 900), (1216, 860)], WOOD)
    c.oval(1380, 560, 14, 14, OCHRE)
    c.rect(90, 130, 220, 220, TEAL, 22)
    c.oval(196, 176, 22, 22, PAPER)
    c.stroke([(194, 208), (194, 262), (236, 262), (254, 304)], 14, PAPER)
    c.arc(188, 272, 46, 60, 250, 12, PAPER)
    c.shape([(480, 1010), (1290, 1010), (1216, 860), (560, 860)], mixed(SAND, INK, 0.12))
    c.stroke([(560, 960), (1180, 960)], 6, OCHRE)
    for x, side in ((560, 1), (1180, -1)):
        c.shape([(x, 960), (x + side * 30, 944), (x + side * 30, 976)], OCHRE)
    wheelchair_user(c, 830, 930, 900, Person(top=BRICK, skin=SKINS[1], right=(0.06, -0.1)))
    stand(c, 340, 980, 760, OFFICER_VEILED.but(right=(0.22, -0.56)), SHADE)


def low_booth(c: Canvas) -> None:
    """A low table with room for the knees of a wheelchair user."""
    room(c, "#e8eef0", SAND, 790)
    window(c, 130, 120, 320, 330)
    booth(c, 1010, 960, 560, 330, 720)
    c.rect(730, 640, 560, 10, mixed(WOOD, INK, 0.3))
    wheelchair_user(
        c, 560, 960, 980, Person(top=TEAL, skin=SKINS[2], cover="hijab", cloth=OCHRE, right=(0.25, -0.14))
    )
    c.stroke([(1400, 660), (1400, 950)], 6, BRICK)
    for y, side in ((660, 1), (950, -1)):
        c.shape([(1400, y - side * 6), (1384, y + side * 24), (1416, y + side * 24)], BRICK)
    c.rect(1432, 776, 84, 46, BRICK, 10)
    words(c, 1448, 792, (52,), PAPER, 14)
    sheet(c, 800, 592, 130, 40, 2)


def whiteboard(c: Canvas) -> None:
    """An officer writes what the participants propose on the board."""
    room(c, "#e9efe6", SAND, 820)
    c.rect(470, 90, 900, 560, SLATE, 14)
    c.rect(486, 106, 868, 528, PAPER, 8)
    c.rect(540, 160, 300, 26, NAVY, 8)
    for row, tone in enumerate((TEAL, OCHRE, BRICK)):
        y = 240 + row * 116
        c.rect(540, y, 52, 52, tone, 10)
        check(c, 566, y + 26, 30)
        words(c, 622, y + 8, (380 - row * 50, 260 + row * 30), GREY, 14)
    for x, y, tone in ((1130, 200, "#f3d890"), (1210, 320, "#bfdcd2"), (1110, 440, "#efc7b8")):
        c.rect(x + 5, y + 7, 120, 104, SHADE)
        c.rect(x, y, 120, 104, tone)
        words(c, x + 18, y + 26, (84, 60), mixed(tone, INK, 0.35), 10)
    stand(c, 380, 980, 860, OFFICER.but(right=(0.29, -0.74), left=(-0.13, -0.45)), SHADE)
    c.stroke([(644, 322), (672, 306)], 12, INK)
    plant(c, 1470, 960, 360)


def evaluation(c: Canvas) -> None:
    """Participants and officers sit around a table and talk it over."""
    room(c, "#f3e7d8", "#d7c5a5", 720)
    window(c, 150, 110, 320, 320)
    window(c, 640, 110, 320, 320)
    window(c, 1130, 110, 320, 320)
    bust(c, 470, 640, 640, _GUEST_MAN.but(left=(-0.12, -0.56), right=(0.12, -0.56)))
    bust(c, 800, 640, 640, OFFICER_VEILED.but(left=(-0.2, -0.68), right=(0.12, -0.56)))
    bust(c, 1130, 640, 640, _GUEST.but(glasses=True, left=(-0.12, -0.56), right=(0.12, -0.56)))
    c.oval(800, 960, 640, 70, SHADE)
    c.oval(800, 745, 640, 158, WOOD_DARK)
    c.oval(800, 728, 640, 158, WOOD)
    c.oval(800, 722, 600, 138, mixed(WOOD, "#ffffff", 0.12))
    for x, y in ((440, 690), (760, 668), (1090, 690), (600, 770), (980, 770)):
        c.shape([(x, y), (x + 96, y - 6), (x + 118, y + 34), (x + 10, y + 42)], PAPER)
        c.stroke([(x + 26, y + 12), (x + 82, y + 8)], 5, GREY)
        c.stroke([(x + 30, y + 24), (x + 92, y + 20)], 5, GREY)
    for x in (350, 900, 1230):
        c.oval(x, 716, 26, 12, PAPER)
        c.rect(x - 22, 716, 44, 34, PAPER, 12)
    wheelchair_user(c, 205, 1010, 900, Person(top=BRICK, skin=SKINS[3], right=(0.26, -0.2)))
    wheelchair_user(c, 1395, 1010, 900, _GUEST_VEILED.but(right=(0.26, -0.2)), -1)
    back_of_head(c, 620, 880, 250, OFFICER)
    back_of_head(c, 960, 880, 250, Person(top=OCHRE, cover="hijab", cloth=NAVY))


def class_lesson(c: Canvas) -> None:
    """A speaker explains to a hall full of pupils."""
    room(c, "#e5eeec", SAND, 700)
    screen(c, 520, 80, 620, 370)
    flag(c, 250, 720, 520)
    stand(c, 1330, 780, 640, OFFICER_VEILED.but(left=(-0.28, -0.7)), SHADE)
    podium(c, 380, 780, 190, 290)
    tones = (STUDENT, STUDENT_VEILED, STUDENT, STUDENT_VEILED, STUDENT_VEILED, STUDENT)
    for row, (y, size, first) in enumerate(((730, 170, 120), (850, 230, 60))):
        count = 8 if row == 0 else 6
        for place in range(count):
            who = tones[(place * 2 + row) % 6]
            paper = "#e6ebec" if row == 0 else PAPER
            back_of_head(c, first + place * (1480 / (count - 1)), y, size, who.but(top=paper))


def notice_board(c: Canvas) -> None:
    """A resident reads the figures on the notice board of an office."""
    c.fade("#cfe4e8", "#eaf1ea", 0, 800)
    c.fade("#d9ccb0", "#c8b894", 800, HEIGHT - 800)
    tree(c, 1420, 830, 620)
    tree(c, 130, 830, 520)
    for x in (420, 1200):
        c.rect(x, 150, 34, 760, WOOD_DARK)
    c.shape([(340, 160), (1314, 160), (1220, 70), (434, 70)], BRICK)
    c.rect(380, 170, 894, 560, WOOD, 10)
    c.rect(410, 200, 834, 500, "#e7d6b8")
    grid(c, 450, 226, 400, 450, 8, 4)
    sheet(c, 900, 232, 150, 200, 7)
    sheet(c, 1076, 232, 140, 190, 6)
    sheet(c, 910, 466, 290, 190, 6)
    for x, y in ((650, 226), (975, 232), (1146, 232), (1055, 466)):
        c.oval(x, y + 8, 11, 11, BRICK)
    c.oval(980, 990, 120, 18, SHADE)
    stand(c, 1090, 1000, 700, _GUEST_VEILED.but(left=(-0.24, -0.74)), SHADE)
    stand(c, 300, 1000, 720, Person(top=NAVY, skin=SKINS[1], cover="peci", right=(0.12, -0.6)), SHADE)


def press_conference(c: Canvas) -> None:
    """A spokesman stands before figures, cameras and microphones."""
    room(c, "#dfe9ec", "#c9b995", 760)
    c.rect(180, 70, 1240, 600, NAVY, 10)
    c.rect(180, 70, 1240, 10, OCHRE)
    for place, (high, tone) in enumerate(
        zip((150, 230, 310, 200, 380, 270, 430, 340), (TEAL, OCHRE) * 4, strict=True)
    ):
        c.rect(900 + place * 60, 600 - high, 38, high, tone, 4)
    c.rect(890, 600, 490, 6, PAPER)
    words(c, 260, 160, (360, 250), PAPER, 22)
    for x, tone in ((300, OCHRE), (420, TEAL), (540, BRICK)):
        c.oval(x, 350, 44, 44, tone)
        check(c, x, 350, 36)
    stand(
        c,
        690,
        900,
        760,
        Person(top=BRICK, cover="peci", skin=SKINS[1], left=(-0.12, -0.57), right=(0.22, -0.66)),
    )
    podium(c, 690, 920, 260, 330)
    for x, size, who in ((200, 290, _GUEST_MAN), (1130, 280, _GUEST_VEILED), (1430, 300, Person(top=SLATE))):
        back_of_head(c, x, 860, size, who)
    c.rect(340, 800, 150, 100, INK, 14)
    c.oval(440, 850, 36, 36, SLATE)
    c.oval(440, 850, 20, 20, SKY)
    c.rect(360, 780, 52, 24, INK, 6)
    c.stroke([(415, 900), (370, 1060)], 12, INK)
    c.stroke([(415, 900), (460, 1060)], 12, INK)


def hoax(c: Canvas) -> None:
    """A phone shows a chain message; a warning stands over it."""
    c.fade("#f6ead9", "#efdcc2")
    c.oval(330, 240, 190, 190, mixed(OCHRE, CREAM, 0.72))
    c.oval(1330, 860, 280, 280, mixed(TEAL, CREAM, 0.78))
    c.rect(566, 96, 470, 900, SHADE, 64)
    c.rect(550, 76, 470, 900, INK, 64)
    c.rect(574, 104, 422, 844, "#eef3f1", 44)
    c.rect(574, 104, 422, 96, TEAL, 40)
    c.rect(574, 150, 422, 50, TEAL)
    c.oval(634, 152, 28, 28, PAPER)
    words(c, 680, 142, (170,), PAPER, 18)
    bubble(c, 606, 240, 300, 116, PAPER, -1)
    words(c, 634, 268, (230, 180), GREY, 16)
    bubble(c, 606, 410, 340, 200, "#f7dcd3", -1)
    words(c, 634, 440, (270, 220, 250), mixed(BRICK, PAPER, 0.35), 16)
    c.rect(634, 544, 230, 34, BRICK, 17)
    bubble(c, 680, 670, 290, 108, "#cfe6df", 1)
    words(c, 708, 700, (210, 150), mixed(TEAL, PAPER, 0.35), 16)
    c.rect(606, 850, 358, 62, PAPER, 31)
    c.shape([(1180, 250), (1390, 610), (970, 610)], PAPER)
    c.shape([(1180, 284), (1362, 592), (998, 592)], BRICK)
    c.rect(1163, 392, 34, 106, PAPER, 17)
    c.oval(1180, 540, 20, 20, PAPER)
    stand(c, 330, 1040, 700, _GUEST_VEILED.but(left=(-0.12, -0.6), right=(0.06, -0.64)), SHADE)
    c.rect(338, 560, 46, 78, INK, 9)


def service_desk(c: Canvas) -> None:
    """At the counter of an office somebody checks the voter roll with an officer."""
    room(c, "#e4eeee", SAND, 800)
    c.rect(160, 100, 540, 280, PAPER, 12)
    for place, tone in enumerate((TEAL, OCHRE, BRICK, NAVY)):
        x = 230 + place * 128
        c.oval(x, 220, 44, 44, tone)
        check(c, x, 220, 36)
        if place < 3:
            c.stroke([(x + 54, 220), (x + 74, 220)], 7, GREY)
        words(c, x - 38, 294, (76, 50), GREY, 11)
    window(c, 1150, 110, 320, 320)
    bust(c, 560, 640, 760, OFFICER_VEILED.but(left=(-0.14, -0.55), right=(0.16, -0.55)))
    c.rect(640, 480, 210, 146, INK, 10)
    c.rect(652, 490, 186, 124, SKY, 4)
    c.rect(726, 620, 40, 26, INK)
    table(c, 120, 640, 1000, 1000, TEAL)
    c.rect(880, 606, 130, 34, PAPER, 4)
    c.rect(890, 614, 38, 20, ROSE, 3)
    words(c, 940, 616, (56,), GREY, 7)
    stand(c, 1220, 1010, 820, _GUEST_MAN.but(left=(-0.28, -0.5), skin=SKINS[2]), SHADE)
    plant(c, 1480, 990, 360)


def chair_vote(c: Canvas) -> None:
    """A wheelchair user votes; a companion and an officer stand by."""
    room(c, "#eef0e4", SAND, 800)
    window(c, 130, 120, 300, 320)
    booth(c, 1330, 880, 260, 250, 520)
    stand(c, 310, 910, 620, _GUEST_VEILED, SHADE)
    stand(c, 1080, 900, 640, OFFICER.but(left=(-0.2, -0.6)), SHADE)
    wheelchair_user(c, 590, 980, 980, Person(top=OCHRE, skin=SKINS[1], right=(0.27, -0.25)))
    ballot_box(c, 930, 980, 270)
    c.shape([(846, 488), (930, 472), (944, 566), (860, 582)], PAPER)
    c.shape([(846, 488), (930, 472), (934, 498), (850, 514)], GREY)


def archive(c: Canvas) -> None:
    """An archivist between shelves of boxes."""
    room(c, "#efe4d2", "#c9b48e", 900)
    tones = (TEAL, OCHRE, BRICK, NAVY, LEAF, SLATE)
    for left, width in ((70, 560), (980, 560)):
        c.rect(left, 90, width, 830, WOOD_DARK, 8)
        for row in range(4):
            y = 112 + row * 198
            c.rect(left + 18, y, width - 36, 176, mixed(WOOD_DARK, INK, 0.35))
            for place in range(7):
                tall = 120 + (row * 7 + place * 5 + left) % 4 * 13
                tone = tones[(row * 3 + place * 2 + left) % 6]
                x = left + 28 + place * 73
                c.rect(x, y + 176 - tall, 64, tall, tone, 4)
                c.rect(x + 14, y + 176 - tall + 20, 36, 28, PAPER, 3)
                c.oval(x + 32, y + 176 - 26, 8, 8, mixed(tone, INK, 0.4))
    c.oval(800, 200, 130, 130, mixed(OCHRE, CREAM, 0.66))
    c.rect(796, 0, 8, 130, INK)
    c.shape([(740, 190), (860, 190), (826, 122), (774, 122)], TEAL)
    stand(
        c,
        800,
        1010,
        780,
        Person(
            top=CREAM,
            cover="hijab",
            cloth=BRICK,
            skin=SKINS[2],
            legs="skirt",
            lower=NAVY,
            left=(-0.13, -0.57),
            right=(0.13, -0.57),
        ),
        SHADE,
    )
    c.rect(688, 480, 224, 130, CARD, 6)
    c.rect(676, 462, 248, 34, CARD_DARK, 6)
    c.rect(756, 524, 88, 46, PAPER, 4)


def plenary(c: Canvas) -> None:
    """A plenary at a long table, the result on the screen behind it."""
    room(c, "#dde7ea", "#bfae8d", 780)
    for place in range(9):
        c.rect(place * 190, 0, 96, 764, "#d3dfe3")
    screen(c, 480, 70, 640, 360)
    flag(c, 330, 790, 560)
    members = (
        Person(top=INK, cover="peci"), OFFICER_VEILED.but(top=INK, badge=False),
        Person(top=INK, cover="peci", skin=SKINS[0]),
        Person(top=INK, cover="hijab", cloth=TEAL, skin=SKINS[2]),
        Person(top=INK, skin=SKINS[3], cover="peci"),
    )  # fmt: skip
    for place, who in enumerate(members):
        bust(c, 310 + place * 245, 690, 600, who.but(left=(-0.11, -0.56), right=(0.11, -0.56)))
    table(c, 150, 690, 1300, 930, BRICK)
    for place in range(5):
        x = 310 + place * 245
        c.rect(x - 60, 716, 120, 46, PAPER, 6)
        words(c, x - 42, 732, (84,), NAVY, 14)
        c.stroke([(x + 74, 690), (x + 60, 640)], 6, INK)
        c.oval(x + 58, 632, 9, 13, SLATE)
    for place, who in enumerate(
        (_GUEST_MAN, _GUEST_VEILED, _GUEST, Person(top=SLATE), _GUEST_VEILED.but(cloth=NAVY))
    ):
        back_of_head(c, 190 + place * 305, 930, 250, who)


def delivery(c: Canvas) -> None:
    """A van brings teaching kits; two officers carry boxes."""
    c.fade("#c3dfe6", "#eef1e4", 0, 780)
    building(c, 60, 770, 640, 330)
    tree(c, 1500, 800, 560)
    c.fade("#cfc2a2", "#b9ab89", 760, HEIGHT - 760)
    c.rect(0, 970, WIDTH, 10, PAPER)
    c.oval(1090, 905, 440, 26, SHADE)
    c.rect(720, 420, 520, 450, PAPER, 26)
    c.rect(720, 700, 520, 60, TEAL)
    c.blob([(1230, 520), (1380, 530), (1470, 680), (1500, 720), (1506, 860), (1230, 868)], PAPER)
    c.shape([(1262, 560), (1374, 560), (1438, 684), (1262, 684)], mixed(SKY, SLATE, 0.3))
    c.rect(1230, 700, 274, 60, TEAL)
    c.rect(760, 470, 200, 380, mixed(INK, SLATE, 0.3), 8)
    for x, y in ((776, 740), (866, 740), (820, 646)):
        c.rect(x, y, 84, 90, CARD, 4)
        c.rect(x + 34, y, 16, 90, CARD_DARK)
    check(c, 1100, 570, 90, TEAL)
    c.ring(1100, 570, 90, 12, TEAL)
    for x in (870, 1380):
        c.oval(x, 870, 66, 66, INK)
        c.oval(x, 870, 30, 30, GREY)
    for x, who in ((330, OFFICER), (580, OFFICER_VEILED)):
        stand(c, x, 1000, 640, who.but(left=(-0.14, -0.6), right=(0.14, -0.6)), SHADE)
        c.rect(x - 96, 560, 192, 130, CARD, 6)
        c.rect(x - 14, 560, 28, 130, CARD_DARK)


def flood(c: Canvas) -> None:
    """Water stands in front of the office; a sign sends visitors elsewhere."""
    c.fade("#8fa6b2", "#c4d2d6", 0, 760)
    for x, y, r in (
        (180, 110, 120),
        (330, 80, 150),
        (500, 120, 110),
        (1080, 90, 130),
        (1250, 70, 160),
        (1430, 115, 120),
    ):
        c.oval(x, y, r * 1.4, r * 0.5, "#748b98")
    building(c, 360, 760, 880, 380)
    tree(c, 190, 780, 500)
    tree(c, 1430, 780, 540)
    for place in range(46):
        x, y = (place * 137) % 1640, (place * 211) % 720
        c.stroke([(x, y), (x - 12, y + 44)], 3, "#e8f0f366")
    c.fade("#88a9b4", "#6f96a5", 740, HEIGHT - 740)
    for row in range(7):
        for place in range(6):
            x = (place * 310 + row * 170) % 1700 - 60
            c.stroke([(x, 780 + row * 42), (x + 110 + row * 8, 780 + row * 42)], 5, "#d9e8ec77")
    c.rect(640, 760, 320, 90, "#5f8492")
    c.shape([(250, 700), (270, 700), (270, 940), (250, 940)], WOOD_DARK)
    c.rect(120, 560, 290, 170, OCHRE, 14)
    c.rect(132, 572, 266, 146, PAPER, 8)
    words(c, 160, 600, (150, 110), INK, 18)
    c.stroke([(290, 680), (360, 680)], 14, BRICK)
    c.shape([(384, 680), (350, 656), (350, 704)], BRICK)
    stand(c, 1180, 980, 620, Person(top=OCHRE, skin=SKINS[1], lower=NAVY, right=(0.1, -0.62)))
    c.stroke([(1246, 606), (1246, 250)], 8, INK)
    c.dome(1236, 372, 230, 140, BRICK)
    c.dome(1236, 372, 90, 140, mixed(BRICK, INK, 0.16))
    c.oval(1180, 962, 130, 30, "#7ea2af")
    for side in (-1, 1):
        c.stroke([(1180 + side * 60, 968), (1180 + side * 150, 968)], 5, "#d9e8ec99")
        c.stroke([(1180 + side * 20, 986), (1180 + side * 96, 986)], 5, "#d9e8ec99")


def emblem(c: Canvas) -> None:
    """The mark of a demo office: a ballot falling into a box; nobody's real emblem."""
    c.oval(240, 240, 232, 232, NAVY)
    c.ring(240, 240, 214, 8, OCHRE)
    c.shape([(172, 92), (308, 92), (308, 250), (172, 250)], PAPER)
    check(c, 240, 160, 70, TEAL)
    c.rect(118, 236, 244, 130, OCHRE, 10)
    c.rect(104, 226, 272, 36, mixed(OCHRE, PAPER, 0.35), 8)
    c.rect(168, 238, 144, 12, NAVY, 6)
