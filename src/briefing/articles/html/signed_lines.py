"""Lines between headline and text that sign the piece by their parts, or by a day next to them."""

import re
from collections.abc import Sequence

from briefing.articles.html.blocks import Block
from briefing.articles.html.page import HtmlPiece
from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.text.dates import date_line
from briefing.articles.text.fingerprint import folded
from briefing.articles.vocabulary.bylines import byline
from briefing.articles.vocabulary.labels import disclosure
from briefing.articles.vocabulary.signings import names_alone, uncased_byline
from briefing.model.article import Author

#: What else stands next to a name is no longer.
_NAME_WORDS = 6
#: Lines of a body that may belong to its head.
_HEAD = 3
#: "来源：港口日报": a field of a line that has several.
_FIELD = re.compile(r"^[^\W\d_][^:：]{0,12}[:：]")


def head_of(lines: Sequence[Line], read: HtmlPiece, above: int, start: int) -> range:
    """Where the lines between headline and text are; a headline that no heading shows may be one of the lines.

    Args:
        lines: of the piece.
        read: the piece.
        above: how many of them stand over its headline.
        start: where its body begins.
    """
    first = above
    if read.heading is None:
        named = (at for at in range(above) if folded(lines[at].text) == folded(read.headline))
        first = next(named, above - 1) + 1
    text = (at for at in range(start, len(lines)) if lines[at].is_prose)
    return range(first, next(text, start))


def signed(lines: list[Line], read: HtmlPiece, head: range) -> list[Line]:
    """The lines with a name between headline and text for a by-line, where a day or its parts prove it.

    Args:
        lines: of the piece.
        read: the piece.
        head: where its head is, as `head_of` has it.
    """
    if read.marked_authors or any(line.kind is LineKind.BYLINE for line in lines):
        return lines
    for at in head:
        line = lines[at]
        days = [lines[near].kind is LineKind.DATE for near in (at - 1, at + 1) if near in head]
        authors = line.facts.authors_with_day or _in_parts(
            line, (*read.zones.between, *read.body[:_HEAD])
        )
        authors = authors or (_lone(line) if any(days) else ())
        if line.kind is LineKind.TEXT and authors:
            return [
                *lines[:at],
                line.taken_for(LineKind.BYLINE, evidence=authors),
                *lines[at + 1 :],
            ]
    return lines


def _in_parts(line: Line, between: Sequence[Block]) -> tuple[Author, ...]:
    """Who signs in an element of the line, where its others hold a few words each: a day, a paper, a field."""
    block = next((one for one in between if one.text == line.text), None)
    written = (" ".join(one.split()) for one in (block.element.itertext() if block else ()))
    parts = [part for part in written if part]
    named = [part for part in parts if not date_line(part)]
    signing = [authors for part in named if (authors := uncased_byline(part) or byline(part))]
    if len(parts) == 1 or any(part.count(" ") >= _NAME_WORDS or disclosure(part) for part in named):
        return ()
    if len(signing) == 1:
        return signing[0]
    others = [part for part in named if not _FIELD.match(part)]
    return names_alone(others[0]) if len(others) == 1 and not signing else ()


def _lone(line: Line) -> tuple[Author, ...]:
    """The names that the line consists of; of two with a comma the second is as often the paper."""
    authors = line.facts.authors_alone
    return () if len(authors) > 1 and "," in line.text else authors
