"""A page's text → lines, each cleaned by itself so that nothing leaks from one into the next."""

import html
import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from briefing.articles.lines.line_kind import Classified, Evidence, LineKind, classify
from briefing.articles.text.dates import first_date, last_day
from briefing.articles.text.decoding import check_lines, without_invisible
from briefing.articles.text.shared_words import words_of_passage
from briefing.articles.text.word_count import count_words
from briefing.articles.vocabulary.bylines import lone_name, lone_role
from briefing.articles.vocabulary.labels import lift_disclosure
from briefing.articles.vocabulary.payer_names import is_name
from briefing.articles.vocabulary.signings import names_alone, signed_and_dated, signed_with_job
from briefing.model.article import Author

#: Names only: "a <b and c> d" is text. A tag is never longer than this and never spans two lines.
_NAMES = (
    "a|abbr|article|aside|audio|b|big|blockquote|body|br|button|caption|center|cite|code|dd|del|"
    "div|"
    "dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|"
    "input|"
    "ins|label|li|link|main|mark|meta|nav|noscript|ol|p|param|picture|pre|q|s|script|section|small|"
    "source|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|tt|u|ul|video"
)
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]{{0,400}})?/?>|<!--[^<>]{{0,400}}-->", re.IGNORECASE)
#: A tag that the page's own 100-character limit cut in half.
_HALF_TAG = re.compile(rf"<(?:/?[A-Za-z]{{0,10}}|(?:{_NAMES})\s[^<>]{{0,100}})$", re.IGNORECASE)
#: Tags that end a paragraph; one break alone is as good as a space.
_BLOCK_END = re.compile(
    r"</(?:p|div|li|h[1-6]|blockquote|section|article|td|tr|figcaption)\s*>|<p(?:\s[^<>]{0,200})?>|"
    r"(?:<br\s*/?>\s{0,5}){2,5}",
    re.IGNORECASE,
)
#: In characters; no half tag is longer.
_HALF_TAG_LENGTH = 120
HEADLINE_WORDS, STANDFIRST_WORDS = 22, 32
_PROSE_WORDS = 8
#: Also of Chinese, Japanese, Hindi, Arabic and Urdu; quotation marks may stand behind them.
_STOPS = (".", ";", ",", "。", "।", "۔")
_ENDS = (".", "?", "!", "…", ":", "。", "！", "？", "」", "』", "।", "؟", "۔")
_CLOSING = "”\"’'“»«"
_CLOSING_CJK = "」』"
_SINGLE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

#: How a header's line that says nothing of the piece is put on record.
HEADER_FIELD = "header field"
#: The same for a field that stands alone and heads no story.
ALONE = "field over a day"
#: How the name of a site's section is.
SECTION = "section"
#: How the line is put on record that says to whom a mail went.
RECEIVER = "receiver of the mail"
#: How the way to the page is put on record: its last name is the section.
WAY = "way to the page"


class LineFacts:
    """What the words of a line say wherever it stands: read when the first pass asks, and kept for all others."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def day(self) -> date | None:
        """The first day that is named in it."""
        return first_date(self._text)

    @cached_property
    def last_day(self) -> date | None:
        """The day that is its last part, behind a name."""
        return last_day(self._text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Those by which another passage may take it up."""
        return words_of_passage(self._text)

    @cached_property
    def authors_alone(self) -> tuple[Author, ...]:
        """Who is named, where it has names and nothing else."""
        return names_alone(self._text)

    @cached_property
    def authors_with_day(self) -> tuple[Author, ...]:
        """Who is named next to a day."""
        return signed_and_dated(self._text)

    @cached_property
    def authors_with_job(self) -> tuple[Author, ...]:
        """Who is named with what they do."""
        return signed_with_job(self._text)

    @cached_property
    def name(self) -> str | None:
        """The person whose name is all of it."""
        return lone_name(self._text)

    @cached_property
    def role(self) -> str | None:
        """The job that is all of it."""
        return lone_role(self._text)

    @cached_property
    def is_name(self) -> bool:
        """It may be the name of a person or a house."""
        return is_name(self._text)

    @cached_property
    def disclosure(self) -> tuple[str | None, str]:
        """The label before or behind a headline, and the headline without it."""
        return lift_disclosure(self._text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One non-blank line of a page."""

    #: Trimmed, tags and entities resolved, runs of spaces folded.
    text: str
    #: As on the page, so that a cut at a fixed length can be seen.
    raw: str
    #: True when no blank line stands between this line and the one before.
    glued: bool
    words: int
    kind: LineKind
    #: Why it is furniture, when it is.
    reason: str
    #: What the first reading found in it; see `classify`.
    evidence: Evidence
    #: What its words say, whatever its kind is.
    facts: LineFacts = field(compare=False, repr=False)
    #: Short, and without the full stop that closes a sentence.
    is_headline: bool = field(init=False)
    #: Long enough to be a paragraph, or a sentence with its full stop.
    is_prose: bool = field(init=False)
    #: It is a headline or a by-line, and a paragraph follows before the page goes on to something else.
    heads_text: bool = False
    #: A rule or a header above it parts it from the story before.
    begins_story: bool = False

    def __post_init__(self) -> None:
        """A text has a shape; a line of any other kind is neither headline nor prose."""
        is_text = self.kind is LineKind.TEXT
        object.__setattr__(self, "is_headline", is_text and _is_headline(self.text, self.words))
        object.__setattr__(self, "is_prose", is_text and _is_prose(self.text, self.words))

    @property
    def authors(self) -> tuple[Author, ...]:
        """Whom a by-line or a biography names."""
        found = self.evidence
        return (
            tuple(one for one in found if isinstance(one, Author))
            if isinstance(found, tuple)
            else ()
        )

    @property
    def days(self) -> tuple[date | None, date | None]:
        """When it was published and updated, as a line of dates says."""
        found = self.evidence if isinstance(self.evidence, tuple) else ()
        published, updated = (
            one if isinstance(one, date) else None for one in (*found, None, None)[:2]
        )
        return published, updated

    def taken_for(self, kind: LineKind, reason: str = "", evidence: Evidence = None) -> "Line":
        """The same line, read again in the light of its neighbours."""
        return replace(self, kind=kind, reason=reason, evidence=evidence)


def _is_headline(text: str, words: int) -> bool:
    if not 1 < words <= HEADLINE_WORDS:
        return False
    bare = text.rstrip(f"{_CLOSING}{_CLOSING_CJK} ")
    if text.isupper():  # as old papers set their heads, with a full stop
        return not bare.endswith((",", ";"))
    return not bare.endswith(_STOPS) or text.endswith(("...", "U.S.", "U.K."))


def _is_prose(text: str, words: int) -> bool:
    if words > HEADLINE_WORDS:
        return True
    return words >= _PROSE_WORDS and text.rstrip(f"{_CLOSING} ").endswith(_ENDS)


def lines_of(text: str) -> list[Line]:
    """The non-blank lines of a page, in order.

    Raises:
        PageRefused: when there are more than anybody writes.
    """
    found: list[tuple[str, str, bool]] = []
    blank = True
    for written in text.split("\n"):
        for raw in _blocks(written):
            cleaned = clean(raw)
            if cleaned:
                found.append((cleaned, raw, not blank))
            blank = not cleaned
    check_lines(len(found))
    return [line_of(*line) for line in found]


def line_of(
    text: str,
    raw: str,
    glued: bool,  # noqa: FBT001 - as `Line` has it
    known: Classified | None = None,
) -> Line:
    """A line with its kind: the one that is known, or the one that its words tell."""
    facts = LineFacts(text)
    kind, reason, evidence = known or classify(text)
    return Line(
        text=text,
        raw=raw,
        glued=glued,
        words=count_words(text),
        kind=kind,
        reason=reason,
        evidence=evidence,
        facts=facts,
    )


def _blocks(written: str) -> list[str]:
    """A line cut where HTML left in it ends a paragraph; the cuts count as blank lines."""
    if "<" not in written:
        return [written]
    parts = _BLOCK_END.split(written)
    return [text for part in parts for text in (part, "")][:-1]


def clean(raw: str) -> str:
    """One line without tags, entities and doubled spaces; quotes and dashes stay as they are."""
    text = raw
    if "<" in text:
        text = _TAG.sub("", _SINGLE_BREAK.sub(" ", text))
        text = text[:-_HALF_TAG_LENGTH] + _HALF_TAG.sub("", text[-_HALF_TAG_LENGTH:])
    if "&" in text:
        text = without_invisible(html.unescape(text))
    return " ".join(text.split())
