"""An article: one piece of a page, with its verdict on who speaks in it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Verdict(StrEnum):
    """Who speaks in a piece: the newsroom, a body for itself, somebody who paid, or nobody can tell yet."""

    EDITORIAL = "editorial"
    UNSURE = "unsure"
    #: A press release, a statement, a party's or a lobby's own copy: nobody paid, and nobody reports.
    ISSUED = "issued"
    SPONSORED = "sponsored"


class Basis(StrEnum):
    """How we know who speaks: the page says so, or the piece's own voice gives it away."""

    DECLARED = "declared"
    INFERRED = "inferred"


class ParagraphKind(StrEnum):
    """What a block of the body is."""

    PROSE = "p"
    SUBHEAD = "subhead"
    ITEM = "item"
    QUOTE = "quote"
    POST = "post"


#: A flag that begins so ends on the id of the other piece: a person has to tell.
POSSIBLY_THE_SAME = "possibly the same as "
#: Flags that end on the edition that printed an older state of the piece; that it led; that an editor
#: dropped it from, and that it has changed since that.
UPDATED_SINCE, LED_BEFORE, DROPPED_FROM = "updated since ", "led ", "dropped from "
CHANGED_SINCE_DROPPED = "changed since an editor dropped it from "
BEFORE = (UPDATED_SINCE, LED_BEFORE, DROPPED_FROM, CHANGED_SINCE_DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of the body, worded as on the page."""

    text: str
    kind: ParagraphKind = ParagraphKind.PROSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Somebody named as the writer of a piece."""

    name: str
    role: str | None = None
    publication: str | None = None
    #: The by-line or biography as printed.
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason for or against "not the newsroom speaks here", in words an editor can check."""

    #: Positive speaks for paid or issued copy, negative for reporting.
    points: int
    text: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsorship:
    """The verdict on a piece, with every reason that led to it."""

    verdict: Verdict
    score: int = 0
    evidence: tuple[Evidence, ...] = ()
    #: Who paid; of an issued piece, who issued it.
    sponsor: str | None = None
    basis: Basis | None = None
    supplement: str | None = None
    #: Of an unsure piece: what it may be, sponsored or issued.
    suspected: Verdict | None = None

    @property
    def question(self) -> str:
        """What a person has to say of an unsure piece."""
        if self.suspected is not Verdict.ISSUED:
            return "Did somebody pay for this piece, or is it reporting?"
        who = self.sponsor or "the body that issued it"
        return f"Does {who} speak here in its own words, or does a newsroom report on it?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A line of the page that is not part of the article, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that a page shows with a piece; nobody has fetched it."""

    url: str
    #: What it shows, for those who do not see it; empty when the page does not say.
    alt: str = ""
    caption: str = ""
    credit: str = ""
    #: Where on the page it stood.
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveUpdate:
    """One update of a live blog."""

    #: When it was written; None when the page does not say.
    at: datetime | None
    heading: str
    #: The place of its first paragraph among the article's.
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece of a page."""

    #: `<page name>#<index>`, counted from 0 in page order: stable while the page is.
    id: str
    headline: str
    paragraphs: tuple[Paragraph, ...]
    #: Survives small edits of the text and any change of page: see `articles.fingerprint`.
    fingerprint: str = ""
    standfirst: str | None = None
    #: The page cut the standfirst short; nobody can restore it, so it is never completed.
    standfirst_truncated: bool = False
    byline: tuple[Author, ...] = ()
    captions: tuple[str, ...] = ()
    #: Of HTML pages, the one that stands for the piece first.
    pictures: tuple[Picture, ...] = ()
    #: What the page files it under, such as "Housing".
    section: str | None = None
    #: Of a live blog, in the order of the page.
    updates: tuple[LiveUpdate, ...] = ()
    labels: tuple[str, ...] = ()
    credit: str | None = None
    published: date | None = None
    updated: date | None = None
    #: declared, feed, url, guessed or none.
    date_basis: str = "none"
    #: When its page was saved or fetched; aware. Of an undated piece the latest it can be of.
    saved: datetime | None = None
    #: Where values come from that stand in no line of the page: field and place.
    origins: tuple[tuple[str, str], ...] = ()
    url: str | None = None
    canonical_url: str | None = None
    #: The name of the configured source it came from.
    source: str = ""
    language: str = "en"
    sponsorship: Sponsorship = Sponsorship(verdict=Verdict.EDITORIAL)
    removed: tuple[Removed, ...] = ()
    flags: tuple[str, ...] = ()
    #: The id of the piece this one repeats.
    duplicate_of: str | None = None
    #: Ids of the other pieces that repeat this one.
    seen_in: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """The name of the page the piece stands on."""
        return self.id.rpartition("#")[0]

    @property
    def text(self) -> str:
        """The body, paragraphs joined by one blank line; digest offsets count in it."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def newest(self) -> LiveUpdate | None:
        """The last update of a live blog by its time."""
        timed = [(update.at, update) for update in self.updates if update.at]
        return max(timed, key=lambda one: one[0].timestamp())[1] if timed else None

    @property
    def oldest(self) -> LiveUpdate | None:
        """The first update of a live blog by its time."""
        timed = [(update.at, update) for update in self.updates if update.at]
        return min(timed, key=lambda one: one[0].timestamp())[1] if timed else None

    @property
    def verdict(self) -> Verdict:
        """Short for the sponsorship's verdict."""
        return self.sponsorship.verdict
