"""One piece: its lines told apart into headline, standfirst, by-line, body and what is dropped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefing.articles.lines.line import SECTION, STANDFIRST_WORDS, WAY, Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.text.dates import first_date
from briefing.articles.text.markdown import PICTURE, shown_picture
from briefing.articles.text.word_count import count_words
from briefing.articles.vocabulary.captions import caption_of, is_end_caption
from briefing.articles.vocabulary.credits import Credit
from briefing.articles.vocabulary.labels import disclosure
from briefing.articles.vocabulary.payer_lines import in_line
from briefing.articles.vocabulary.payer_names import Disclosure
from briefing.model.article import Author, LiveUpdate, Paragraph, Picture, Removed

#: A piece with fewer words of text is a stray heading.
_SHORTEST = 3
#: Of one piece so many pictures are kept.
_PICTURES = 12
#: The last name of a trail with more words is the headline's own.
_SECTION_WORDS = 3


@dataclass(slots=True, kw_only=True)
class Piece:
    """A piece while it is being read; `make_articles` makes the frozen Article of it."""

    headline: str = ""
    standfirst: str | None = None
    standfirst_truncated: bool = False
    authors: list[Author] = field(default_factory=list)
    #: Whom the page's metadata, or what carried it, names as authors.
    unseen_signers: tuple[str, ...] = ()
    paragraphs: list[Paragraph] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    pictures: tuple[Picture, ...] = ()
    section: str | None = None
    updates: tuple[LiveUpdate, ...] = ()
    labels: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    #: What stands elsewhere on the page: on record, and no evidence of who paid for the piece.
    elsewhere: list[Removed] = field(default_factory=list)
    #: What stood in pieces without a text, as `elsewhere`; of a page's first piece.
    leftovers: tuple[Removed, ...] = ()
    #: Where values come from that stand in no line of the page: field and place.
    origins: list[tuple[str, str]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    credit: Credit | None = None
    has_phone: bool = False
    has_address: bool = False
    #: "Advertisement feature" or the like.
    disclosure: str | None = None
    #: "Advertisement" alone over the headline: a label, or an empty slot.
    slot: str | None = None
    #: "Press release" over or in the headline, or in what the page or the letter declares.
    release: str | None = None
    #: What stands under the text of a press release.
    notes: list[str] = field(default_factory=list)
    #: Who sent it, as the letter it came in says: a name and an address.
    sender: tuple[str, str] = ("", "")
    #: The house whose site it stands on, as the page declares it.
    publisher: str = ""
    #: Lines that name who paid.
    payers: list[Disclosure] = field(default_factory=list)
    #: Labels and payers in a place that leaves open whose they are.
    doubtful: list[Disclosure] = field(default_factory=list)
    #: Houses that are said to have made it, in words that a crew's credit has as well.
    makers: list[str] = field(default_factory=list)
    #: A payer named by the label itself.
    payer: str | None = None
    published: date | None = None
    updated: date | None = None
    address: str | None = None

    @property
    def is_article(self) -> bool:
        """It has a headline and a text."""
        words = sum(count_words(paragraph.text) for paragraph in self.paragraphs)
        return bool(self.headline) and words >= _SHORTEST

    def drop(self, text: str, reason: str) -> None:
        """Keep a line on record that is not part of the article."""
        self.removed.append(Removed(text=text, reason=reason))

    def disclose(self, text: str) -> None:
        """Take a label that says somebody paid."""
        found = disclosure(text)
        self.labels.append(text)
        self.disclosure = self.disclosure or text
        self.payer = self.payer or _payer_in(text, found[1] if found else None)


def _payer_in(label: str, found: str | None) -> str | None:
    """Who paid, as a label says; as a line on payers says where the label has it in part or not at all."""
    line = in_line(label)
    named = line.payer if line and line.payer and not first_date(line.payer) else None
    short = found is None or found[:3].casefold() == "by " or f" {found}" in (named or "")
    payer = named if short and named else found
    return payer.strip() if payer else None


def sort_lines(piece: Piece, lines: Sequence[Line]) -> list[Line]:
    """Put every line whose kind says it all into its field; return headline, dates, by-lines and text."""
    rest: list[Line] = []
    above, below = 0, sum(line.is_prose for line in lines)
    signed = False
    for place, line in enumerate(lines):
        take = _TAKERS.get(line.kind)
        if line.kind in (LineKind.DISCLOSURE, LineKind.PAYER) and above > 1 and below:
            _take_doubtful(piece, line)
        elif line.kind is LineKind.SLOT and not above and _over_headline(lines, place):
            piece.slot = line.text
            piece.labels.append(line.text)
        elif line.kind is LineKind.RELEASE:
            piece.release = piece.release or (None if above else line.text)
            piece.published = piece.published or line.facts.day
            piece.drop(line.text, "label of a press release")
        elif line.kind is LineKind.ADDRESS and not above:
            piece.address = piece.address or line.text[max(0, line.text.find("http")) :]
            piece.drop(line.text, "address of the page")
        elif take:
            take(piece, line)
        else:
            rest.append(line)
        if line.is_prose:
            long = signed or line.words > STANDFIRST_WORDS
            above, below = above + (2 if long else 1), below - 1
        signed = line.kind is LineKind.BYLINE
    return rest


def _over_headline(lines: Sequence[Line], place: int) -> bool:
    """Next to the headline; elsewhere it is the frame of an empty slot."""
    below = lines[place + 1] if place + 1 < len(lines) else None
    return below is not None and below.kind not in (LineKind.FURNITURE, LineKind.SLOT)


def _take_doubtful(piece: Piece, line: Line) -> None:
    """Between paragraphs a label is more often that of a box in the text than of the text itself."""
    if not (isinstance(line.evidence, Disclosure) and line.evidence.is_host):
        piece.doubtful.append(Disclosure(text=line.text, payer=None))
    piece.drop(line.text, "disclosure inside the text")


def _take_caption(piece: Piece, line: Line) -> None:
    caption, agency = caption_of(line.text)
    if piece.pictures and piece.removed and piece.removed[-1].reason == PICTURE:
        shown = replace(piece.pictures[-1], caption=caption, credit=agency)
        piece.pictures = (*piece.pictures[:-1], shown)
    if agency:
        piece.drop(agency, "picture credit")
    if caption:
        piece.captions.append(caption)


def _take_credit(piece: Piece, line: Line) -> None:
    found = line.evidence
    if isinstance(found, Credit) and (
        piece.credit is None or (found.is_supplement and not piece.credit.is_supplement)
    ):
        piece.credit = found
    piece.drop(line.text, "credit")


def _take_slot(piece: Piece, line: Line) -> None:
    """A slot is empty, unless what stands next to it may be an advert."""
    if isinstance(line.evidence, Disclosure):
        piece.doubtful.append(line.evidence)
    piece.drop(line.text, "advertisement slot")


def _take_payer(piece: Piece, line: Line) -> None:
    if isinstance(line.evidence, Disclosure):
        piece.payers.append(line.evidence)
    piece.drop(line.text, "disclosure")


def _take_biography(piece: Piece, line: Line) -> None:
    piece.authors += line.authors
    piece.drop(line.text, "biography")


def _take_phone(piece: Piece, line: Line) -> None:
    piece.has_phone = True
    piece.drop(line.text, "phone number")


def _take_address(piece: Piece, line: Line) -> None:
    piece.has_address = True
    piece.drop(line.text, "web address")


def _take_correction(piece: Piece, line: Line) -> None:
    piece.flags.append("the page carries a correction")
    piece.drop(line.text, "correction note")


def _take_maker(piece: Piece, line: Line) -> None:
    piece.makers.append(str(line.evidence))
    piece.drop(line.text, "note on the article")


def _take_guest(piece: Piece, line: Line) -> None:
    piece.flags.append(f"the writer was somebody's guest: {line.text}")
    piece.drop(line.text, "thanks for a trip")


def _take_notes(piece: Piece, line: Line) -> None:
    piece.notes.append(line.text)
    piece.drop(line.text, "notes to editors")


def _take_furniture(piece: Piece, line: Line) -> None:
    shown = shown_picture(line.text) if line.reason == PICTURE else None
    if shown and len(piece.pictures) < _PICTURES:
        piece.pictures = (*piece.pictures, shown)
    if line.reason == SECTION:
        piece.section = piece.section or line.text
    elif (
        line.reason == WAY
        and str(line.evidence).count(" ") < _SECTION_WORDS
        and not piece.paragraphs
    ):
        piece.section = piece.section or str(line.evidence)
    piece.drop(line.text, line.reason)


_TAKERS: dict[LineKind, Callable[[Piece, Line], None]] = {
    LineKind.BUTTON: lambda piece, line: piece.drop(line.text, "picture button"),
    LineKind.AGENCY: lambda piece, line: piece.drop(line.text, "picture credit"),
    LineKind.CAPTION: _take_caption,
    LineKind.CREDIT: _take_credit,
    LineKind.PHONE: _take_phone,
    LineKind.ADDRESS: _take_address,
    LineKind.DISCLOSURE: lambda piece, line: piece.disclose(line.text),
    LineKind.SLOT: _take_slot,
    LineKind.PAYER: _take_payer,
    LineKind.BIOGRAPHY: _take_biography,
    LineKind.CORRECTION: _take_correction,
    LineKind.GUEST: _take_guest,
    LineKind.MAKER: _take_maker,
    LineKind.NOTES: _take_notes,
    LineKind.FURNITURE: _take_furniture,
}


def take_meta(piece: Piece, line: Line) -> bool:
    """Take a by-line, a date or a lone label; False when the line is not one of them."""
    if line.kind is LineKind.BYLINE:
        known = {author.name for author in piece.authors}
        piece.authors += [author for author in line.authors if author.name not in known]
        piece.published = piece.published or line.facts.day
        piece.drop(line.text, "by-line")
    elif line.kind is LineKind.DATE:
        published, updated = line.days
        piece.published, piece.updated = piece.published or published, piece.updated or updated
        piece.drop(line.text, "date")
    elif line.kind is LineKind.LABEL:
        piece.labels.append(str(line.evidence))
    return line.kind in (LineKind.BYLINE, LineKind.DATE, LineKind.LABEL)


def take_end_caption(piece: Piece, body: list[Line]) -> list[Line]:
    """A closing block that reads like a caption is one, when the piece has no other."""
    if len(body) < 2 or piece.captions or not is_end_caption(body[-1].text):  # noqa: PLR2004 - the only block is text
        return body
    _take_caption(piece, body[-1])
    piece.flags.append("last block taken as a caption")
    return body[:-1]
