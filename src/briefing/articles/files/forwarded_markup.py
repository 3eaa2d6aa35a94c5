"""A letter in HTML that a program forwarded: the header of the one below it stands in one block."""

from dataclasses import replace

from lxml import html

from briefing.articles.html.blocks import BLOCKS
from briefing.articles.html.markup.tree import parse
from briefing.articles.lines.header_fields import field_of
from briefing.articles.lines.line import Line, line_of
from briefing.model.page import Declared

#: So many known fields are the header of a mail, of which one says from whom or to whom.
_FEWEST = 3
#: In words: what stands over a forwarded letter and has more is a text of its own.
_A_TEXT = 60
#: In characters: as much of a note is shown.
_NOTE = 200


def forwarded_in(markup: str, said: Declared) -> tuple[str, Declared]:
    """The letter below such a header, with its own subject, writer and day; another letter as it is.

    Source: Outlook and Gmail write From, Sent or Date, To and Subject with a break between each.

    Raises:
        PageRefused: when there are more tags than anybody writes.
    """
    if "<" not in markup:
        return markup, said
    tree = parse(markup)
    body = tree.find("body")
    elements = list(body.iter()) if body is not None else []
    for place, element in enumerate(elements):
        fields = _fields(element)
        if len(fields) < _FEWEST or not {"title", "writer"} <= fields.keys():
            continue
        note = " ".join(words for one in elements[:place] for words in _own(one))
        if len(note.split()) >= _A_TEXT:
            return markup, said
        _cut(elements[: place + 1], element)
        return str(html.tostring(tree, encoding="unicode")), _declared(fields, said, note)
    return markup, said


def _own(element: html.HtmlElement) -> list[str]:
    """The words of an element that stand in none inside of it, and those behind those."""
    parts = (element.text or "", *(child.tail or "" for child in element))
    return [" ".join(part.split()) for part in parts if part.strip()]


def _fields(element: html.HtmlElement) -> dict[str, list[Line]]:
    """The fields of a block whose lines are nothing else, by their names."""
    if element.tag not in BLOCKS or any(one.tag in BLOCKS for one in element.iterdescendants()):
        return {}
    for line_break in element.iter("br"):
        line_break.text = "\n"
    written = element.text_content()
    for line_break in element.iter("br"):
        line_break.text = None
    lines = [" ".join(line.split()) for line in written.split("\n") if line.strip()]
    return dict(field_of(line_of(line, line, glued=True)) for line in lines)


def _cut(above: list[html.HtmlElement], header: html.HtmlElement) -> None:
    """Take out all that stands over a header, and the header."""
    around = set(header.iterancestors())
    for element in above:
        if element in around:
            element.text = None
        elif element.getparent() is not None:
            element.getparent().remove(element)


def _declared(fields: dict[str, list[Line]], said: Declared, note: str) -> Declared:
    day = next((line.days[0] for line in fields.get("day", []) if line.days[0]), None)
    names = tuple(author.name for line in fields["writer"] for author in line.authors)
    flags = (f"forwarded with a note: {note[:_NOTE]}",) if note else ()
    return replace(
        said,
        headline=fields["title"][-1].text,
        authors=names,
        published=day or said.published,
        flags=(*said.flags, *flags),
    )
