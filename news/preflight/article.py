"""An article as the checks see it: plain words, each with its place in the form. No database, no Wagtail."""

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum

from cms.moderation.checks import Place


class Role(Enum):
    """What words are for; a check asks only those it understands."""

    TITLE = "title"
    LEAD = "lead"
    PROSE = "prose"  # paragraphs and explanations: sentences of the writer
    HEADING = "heading"
    LIST = "list"  # short items
    CAPTION = "caption"  # captions, labels, names of events and tables
    ALT = "alt"
    SPEECH = "speech"  # what somebody said, in the writer's spelling
    VERBATIM = "verbatim"  # somebody else's text: a claim, a reply, a transcript
    CELLS = "cells"
    NAME = "name"  # people, units, credits
    CONTACT = "contact"  # whom to ask: public on purpose
    DATELINE = "dateline"
    FILE = "file"  # the name of a picture or a document
    ADDRESS = "address"  # where a link leads
    SHARED = "shared"  # what search engines and cards show


# The words readers read, in the order of the page; what stands beside it (files, addresses, cards) is not among them.
READ = frozenset(Role) - {Role.FILE, Role.ADDRESS, Role.SHARED}
# The writer's own words.
WRITTEN = frozenset(
    {Role.TITLE, Role.LEAD, Role.PROSE, Role.HEADING, Role.LIST, Role.CAPTION, Role.ALT, Role.SPEECH}
)
STORY = READ - {Role.TITLE, Role.DATELINE}


@dataclass(frozen=True)
class Text:
    """Words at one place; lines are apart by a line break, cells by a tab."""

    place: Place
    words: str
    role: Role
    is_rich: bool = False  # a paragraph can be split in two there

    def nth(self, words: str, start: int) -> int:
        """Return how many times `words` stand before the place `start`, where they stand again."""
        return self.words.count(words, 0, start)


@dataclass(frozen=True)
class Link:
    """Where words or a chosen page lead: a `url` as written, or the id of a page or a document of ours."""

    place: Place
    url: str = ""
    page_id: int | None = None
    document_id: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading inside the body."""

    place: Place
    level: int
    words: str
    follows_section: bool  # whether a heading of level 2 stands somewhere above it


@dataclass(frozen=True)
class Picture:
    """A picture that readers see, and the words for who cannot."""

    place: Place
    alt: str


@dataclass(frozen=True)
class Table:
    """Rows of cells as readers see them; the first row is the head."""

    place: Place
    caption: str
    rows: tuple[tuple[str, ...], ...]
    has_total: bool


@dataclass(frozen=True)
class Markup:
    """Stored HTML, for what hides in it."""

    place: Place
    html: str


@dataclass(frozen=True)
class Term:
    """An entry of a word list: what is written, what to write instead, and how grave it is."""

    wrong: str
    right: str
    is_foreign: bool = False


@dataclass(frozen=True)
class QuietPeriod:
    """A declared time in which nothing may favour or harm a contestant."""

    name: str
    starts: dt.date
    ends: dt.date
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Appointment:
    """A line of the register: who held which post, from when to when."""

    name: str
    position: str
    starts: dt.date
    ends: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Ask whether it was theirs on that day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True)
class DeadEnds:
    """Targets of links that are gone, and pages that are there but not for readers."""

    pages: frozenset[int] = frozenset()
    unread_pages: frozenset[int] = frozenset()
    documents: frozenset[int] = frozenset()
    urls: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Surroundings:
    """What an article is judged by that is not in it."""

    office: str = ""
    contacts: frozenset[str] = frozenset()  # the office's own numbers and addresses, plain
    terms: tuple[Term, ...] = ()
    quiet_periods: tuple[QuietPeriod, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    dead: DeadEnds = field(default_factory=DeadEnds)


@dataclass(frozen=True)
class Article:
    """One article, whole."""

    kind: str
    published: dt.date  # the day it says it was published, or would be today; in the office's time zone
    goes_out: dt.date  # the day readers get to read these words
    is_day_alone: bool = False  # of its publication no hour is known, as in texts of an older site
    is_new: bool = True  # readers do not know it yet
    is_indonesian: bool = True
    event_date: dt.date | None = None
    has_section: bool = True
    author_unit: str = ""
    has_hero: bool = False
    tag_count: int = 0
    file_count: int = 0
    has_quote: bool = False
    texts: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    markup: tuple[Markup, ...] = ()
    around: Surroundings = field(default_factory=Surroundings)

    def of(self, *roles: Role) -> list[Text]:
        """Return the texts of these roles that have words, in the order of the page."""
        return [text for text in self.texts if text.role in roles and text.words.strip()]

    def said(self, role: Role) -> str:
        """Return the words of the one text of this role; "" if there is none."""
        return next((text.words.strip() for text in self.texts if text.role is role), "")

    @property
    def reference(self) -> dt.date:
        """Return the day the article speaks of, as far as it says; years that are left out lie around it."""
        return self.event_date or self.published
