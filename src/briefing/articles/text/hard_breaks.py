"""Lines that a program broke at a width: wire copy, mail and old archives end each at 72 columns or so."""

import re

from briefing.articles.text.decoding import MOST_LINES

#: With more lines, no page has few enough once they are joined: paragraphs have fewer than so many on average.
_MOST = 20 * MOST_LINES
#: In characters: narrower is a poem or a table, wider is a paragraph on a line of its own.
_NARROWEST, _WIDEST = 38, 100
#: So many lines without a stop, and this share of them, have to go on with a small letter, as sentences do.
_FEWEST, _SMALL, _ALL = 3, 0.4, 2
#: Words that are parted at the ends of lines so often are parted by a printer: their hyphens are not written.
_PARTED = 3
_STOPS = (".", "!", "?", ":", "”", '"', "»", ")")
#: Items, quoted mail, tables and rows of names keep their lines.
_ITEM = re.compile(r"\s*(?:[>|•▪●◦·#]|[*+–—-]\s|\d{1,3}[.)]\s)")
_FIELD = re.compile(r"[^\W\d_][\w -]{1,20}: \S")
_ROW = re.compile(r".*(?:\S\t+|\S {3,})\S")


def unbroken(text: str) -> str:
    """The text with those lines joined again that go on below: their next word did not fit into the page.

    The first line, a headline more often than not, goes on only before a small letter.

    The width is that of the longest line with another below it. A line that ends before the width, and before a
    capital, was meant to end there: the last of a paragraph, a heading, a line of an agenda.
    """
    if text.count("\n") > _MOST:
        return text
    lines = text.split("\n")
    pairs = [at for at in range(len(lines) - 1) if _goes_on(lines[at], lines[at + 1])]
    width = max((len(lines[at].rstrip()) for at in pairs), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return text
    open_ended = [at for at in pairs if _is_open(lines[at], width)]
    going_on = {at for at in open_ended if lines[at + 1].lstrip()[:1].islower()}
    if not _is_broken(len(going_on), len(open_ended)) or _has_paragraphs(
        lines, width, len(going_on)
    ):
        return text
    head = next(at for at, line in enumerate(lines) if line.strip())
    forced = {at for at in pairs if at != head and _is_full(lines[at], lines[at + 1], width)}
    return _joined(lines, forced | going_on)


def _is_open(line: str, width: int) -> bool:
    """Long enough to be broken, and without the stop that ends a paragraph."""
    return len(line.rstrip()) > width / 2 and not line.rstrip().endswith(_STOPS)


def _joined(lines: list[str], broken: set[int]) -> str:
    parted = {
        at
        for at in broken
        if re.search(r"[^\W\d_]-\s*$", lines[at]) and lines[at + 1].lstrip()[:1].islower()
    }
    joined = [lines[0]]
    for at, line in enumerate(lines[1:]):
        above = joined[-1].rstrip()
        if at in parted:
            joined[-1] = f"{above[:-1] if len(parted) >= _PARTED else above}{line.lstrip()}"
        elif at in broken:
            joined[-1] = f"{above} {line.lstrip()}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _goes_on(line: str, below: str) -> bool:
    """Both are text of one block, and the lower one is not set in as a new paragraph is."""
    if not re.search(r"\w", line) or not re.search(r"\w", below) or len(line.rstrip()) > _WIDEST:
        return False
    if _ITEM.match(below) or _ROW.match(below) or _ROW.match(line):
        return False
    if _FIELD.match(line) and _FIELD.match(below):
        return False
    return _indent(below) <= _indent(line) or bool(_ITEM.match(line))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_full(line: str, below: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(below.split(maxsplit=1)[0]) > width


def _has_paragraphs(lines: list[str], width: int, broken: int) -> bool:
    """More paragraphs than breaks stand each on a line of its own: the page was not broken at a width."""
    return sum(len(line) > width + 1 for line in lines) > broken


def _is_broken(going_on: int, open_ended: int) -> bool:
    """Enough lines go on below; in a short text all that could."""
    if going_on == open_ended:
        return going_on >= _ALL
    return going_on >= max(_FEWEST, _SMALL * open_ended)
