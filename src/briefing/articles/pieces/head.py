"""The head of a piece: section names, labels, headline, standfirst, by-line and date."""

import re
from collections.abc import Callable
from dataclasses import replace

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.pieces.headline_labels import take_disclosure, take_labels
from briefing.articles.pieces.kickers import names_over_headline
from briefing.articles.pieces.names_alone import is_bare_byline, sign_together, signs_alone
from briefing.articles.pieces.piece import Piece, take_end_caption, take_meta
from briefing.articles.pieces.sections import (
    CLOSED,
    is_cut,
    is_house,
    is_over_signed,
    is_section,
    known_section,
)
from briefing.articles.pieces.standfirsts import is_first_subhead, is_standfirst
from briefing.articles.text.fingerprint import words_of
from briefing.articles.vocabulary.bylines import natural
from briefing.model.article import Author, Paragraph, ParagraphKind

_ITEM = re.compile(r"^(?:[•·▪●◦*–-]\s+|\d{1,2}[.)]\s+)")
_POST = re.compile(
    r"^(?:—|–)\s?.{0,60}\(@\w{1,30}\)|pic\.twitter\.com|https?://t\.co|\(@\w{1,30}\)\s"
)
_SUBHEAD_WORDS = 10
_NAME_WORDS = 5
#: "UPDATE 3-Bank finds its gold": which take of a report it is; below stands in brackets what it adds.
_TAKE = re.compile(r"^(?:[A-Z]{3,12}-)?[A-Z]{3,12} \d{1,2}-(?=\S)")
_BRACKETED = re.compile(r"^\([^()]{4,160}\)$")
#: A word, or the figure of a counter.
_LETTER = re.compile(r"[^\W\d_]|^(?:[02-9]|\d{2,5})$")
_SIGNS = re.compile(r"^(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Dd]i) (?:the )?")
#: A pull quote has fewer words.
_CALLOUT_WORDS = 5
_PULL_WORDS = 30


def read_head(piece: Piece, lines: list[Line]) -> list[Line]:
    """Read all that stands above the body into the piece; return the lines of the body."""
    rest, known = list(lines), piece.published
    _take_above(piece, rest)
    above = piece.published
    piece.published = known
    if rest:
        _take_headline(piece, rest)
    signed = _take_metas(piece, rest)
    _take_payers_name(piece, rest)
    if is_standfirst(rest, signed=signed or bool(piece.release)):
        _take_standfirst(piece, rest.pop(0))
        while len(rest) > 1 and rest[0].text == piece.standfirst:
            piece.drop(rest.pop(0).text, "standfirst printed twice")
    _take_between(piece, rest)
    _take_metas(piece, rest)
    piece.published = piece.published or above
    body = [
        line
        for place, line in enumerate(rest)
        if _heads_a_day(rest, place) or not take_meta(piece, line)
    ]
    return take_end_caption(piece, body)


def _heads_a_day(rest: list[Line], place: int) -> bool:
    """A day without a year over a paragraph, as in an agenda, heads that paragraph."""
    line = rest[place]
    if line.kind is not LineKind.DATE or line.days != (None, None) or place + 1 >= len(rest):
        return False
    return place > 0 and rest[place + 1].kind is LineKind.TEXT


def paragraphs(body: list[Line]) -> list[Paragraph]:
    """The body as paragraphs, each with its kind."""
    return [
        Paragraph(
            text=line.text, kind=_kind(line, body[place + 1] if place + 1 < len(body) else None)
        )
        for place, line in enumerate(body)
    ]


def _take_above(piece: Piece, rest: list[Line]) -> None:
    """Labels, dates, by-lines and names of sections above the headline."""
    while len(rest) > 1:
        if take_meta(piece, rest[0]):
            rest.pop(0)
        elif above := names_over_headline(rest):
            for line in rest[:above]:
                if not take_meta(piece, line):
                    _take_name(piece, line)
            del rest[:above]
        elif is_section(rest) or is_house(rest) or is_over_signed(rest):
            _take_name(piece, rest.pop(0))
        elif rest[0].kind is LineKind.TEXT and rest[1].text in rest[0].text and rest[1].is_headline:
            piece.drop(rest.pop(0).text, "headline printed twice")
        else:
            break


def _take_name(piece: Piece, line: Line) -> None:
    piece.section = known_section(line) or piece.section
    piece.published = piece.published or line.facts.last_day
    piece.drop(line.text, "site heading")


def _take_headline(piece: Piece, rest: list[Line]) -> None:
    """The first line; or, when a picture stole it, the caption that looks like a headline."""
    if rest[0].is_prose and rest[0].words > 22 and not rest[0].is_headline:  # noqa: PLR2004
        stolen = next((text for text in piece.captions if len(text.split()) <= 22), None)  # noqa: PLR2004
        if stolen:
            piece.captions.remove(stolen)
            piece.headline = stolen
            piece.flags.append("headline found above the picture")
            return
    headline = take_disclosure(piece, rest.pop(0).facts.disclosure)
    if take := _TAKE.match(headline):
        piece.drop(take[0], "take of a wire")
        headline = headline[take.end() :]
        if rest and _BRACKETED.match(rest[0].text):
            piece.drop(rest.pop(0).text, "take of a wire")
    form = take_labels(piece, headline)
    piece.release = piece.release or form
    if form and rest and rest[0].text == piece.headline:
        piece.drop(rest.pop(0).text, "headline printed twice")


def _take_metas(piece: Piece, rest: list[Line]) -> bool:
    """Dates, labels and by-lines under the headline; True when one of them was a by-line."""
    signed = False
    while len(rest) > 1:
        signed = signed or rest[0].kind is LineKind.BYLINE
        if take_meta(piece, rest[0]):
            rest.pop(0)
        elif is_bare_byline(rest) or signs_alone(piece, rest):
            line = rest.pop(0)
            role = rest[0].facts.role
            piece.authors.append(Author(name=natural(line.text), role=role, raw=line.text))
            piece.drop(line.text, "by-line")
            if role:
                piece.drop(rest.pop(0).text, "by-line")
            signed = True
        elif authors := sign_together(piece, rest):
            piece.authors += authors
            piece.drop(rest.pop(0).text, "by-line")
            signed = True
        elif signed and rest[0].glued and rest[0].facts.role:
            _take_job(piece, rest.pop(0))
        else:
            break
    return signed


def _take_between(piece: Piece, rest: list[Line]) -> None:
    """A few words between headline and text that stand with a by-line or a day do not belong to the text.

    A theatre, a job, a house. Below the day only what is glued to it is meant: a subhead may follow.
    """
    kinds = (LineKind.BYLINE, LineKind.DATE)
    words = [0 if line.kind in kinds or line.facts.role else line.words for line in rest]
    text = next((at for at, count in enumerate(words) if count > _NAME_WORDS), len(rest))
    metas = [at for at in range(text) if rest[at].kind in kinds]
    if not any(rest[at].authors or rest[at].days != (None, None) for at in metas):
        return
    end = metas[-1] + 1
    while (
        end < text
        and not is_first_subhead(rest, end)
        and rest[end].glued
        and not rest[end].is_prose
        and _LETTER.search(rest[end].text)
    ):
        end += 1
    for line in rest[:end] if end < len(rest) else ():
        if not take_meta(piece, line):
            _take_job(piece, line)
    if end < len(rest):
        del rest[:end]


def _take_job(piece: Piece, line: Line) -> None:
    role = line.facts.role
    if role and piece.authors and not piece.authors[-1].role:
        piece.authors[-1] = replace(piece.authors[-1], role=role)
    names = () if role or piece.authors else line.facts.authors_alone
    piece.authors += names
    piece.drop(line.text, "by-line" if role or names else "between headline and by-line")


def _take_payers_name(piece: Piece, rest: list[Line]) -> None:
    """Under a label and a headline, a name alone is the payer's: nobody signs an advert."""
    if (
        piece.disclosure
        and len(rest) > 1
        and rest[0].words <= _NAME_WORDS
        and rest[0].facts.is_name
    ):
        piece.payer = piece.payer or _SIGNS.sub("", rest[0].text)
        piece.drop(rest.pop(0).text, "disclosure")


def _take_standfirst(piece: Piece, line: Line) -> None:
    piece.standfirst = line.text
    if is_cut(line):
        piece.standfirst_truncated = True
        piece.flags.append("standfirst cut short on the page")


def _kind(line: Line, below: Line | None) -> ParagraphKind:
    text = line.text
    if _ITEM.match(text):
        return ParagraphKind.ITEM
    if _POST.search(text) and line.words <= 80:  # noqa: PLR2004 - a post is short
        return ParagraphKind.POST
    if text[0] in "\"“‘'«„" and text[-1] in "\"”’'»“":
        return ParagraphKind.QUOTE
    short = line.words <= _SUBHEAD_WORDS and not CLOSED.search(text)
    if short and below is not None and below.words > line.words:
        return ParagraphKind.SUBHEAD
    return ParagraphKind.PROSE


def drop_pull_quotes(piece: Piece) -> None:
    """Take off the lines in quotation marks that only repeat, word for word, what the text says."""
    _drop_repeats(piece, lambda part: part.kind is ParagraphKind.QUOTE)


def drop_callouts(piece: Piece) -> None:
    """As `drop_pull_quotes`, where the page sets off any line of some words that its text has too."""
    _drop_repeats(
        piece,
        lambda part: (
            part.kind is ParagraphKind.QUOTE
            or (part.kind is ParagraphKind.PROSE and part.text.count(" ") >= _CALLOUT_WORDS)
        ),
    )


def _drop_repeats(piece: Piece, may_be: Callable[[Paragraph], bool]) -> None:
    said = [words_of(part.text) for part in piece.paragraphs]
    texts = [f" {' '.join(words)} " for words in said]
    holding: dict[str, list[int]] = {}
    for place, words in enumerate(said):
        for word in {*words}:
            holding.setdefault(word, []).append(place)
    kept = []
    for place, part in enumerate(piece.paragraphs):
        # Whatever repeats all of its words has the rarest: of thousands of lines, only a few do.
        others = min((holding[word] for word in said[place]), key=len, default=[])
        if part.text.count(" ") < _PULL_WORDS and may_be(part) and _repeats(texts, place, others):
            piece.drop(part.text, "pull quote")
        else:
            kept.append(part)
    piece.paragraphs = kept


def _repeats(texts: list[str], place: int, others: list[int]) -> bool:
    own = texts[place]
    return any(own in texts[at] for at in others if at < place or len(texts[at]) > len(own))


def body_from_standfirst(piece: Piece) -> None:
    """A gallery's only text is its standfirst: it becomes the body, so that there is one."""
    if not piece.paragraphs and piece.standfirst:
        piece.paragraphs = [Paragraph(text=piece.standfirst)]
        piece.standfirst, piece.standfirst_truncated = None, False
        piece.flags = [flag for flag in piece.flags if "standfirst" not in flag]
