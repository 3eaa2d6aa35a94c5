"""Who signs a piece, once all of its lines are read."""

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.articles.pieces.piece import Piece
from briefing.articles.text.dates import date_line, dateline_day
from briefing.articles.text.fingerprint import folded, words_of
from briefing.articles.vocabulary.payer_names import is_name, is_organised
from briefing.articles.vocabulary.signings import names_alone
from briefing.model.article import Author

#: "By Dana Crewe, head of tax, Marlow Wealth".
_HOUSE = re.compile(r"^[^,]{4,60}, [^,]{3,60}, (?P<name>[^,]{3,60})$")
_PAIR = re.compile(
    r"^(?:(?!\b(?:and|und|et|y|e|en|og|och)\b|&)[^,]){4,60}, (?P<house>[^,&]{3,60})$", re.IGNORECASE
)
#: A text and a name below it.
_FEWEST = 2
_COUPLE = 2
_FRAME = re.compile(r"^(?:[(\[–—]|-{1,2})\s*|[)\]]$")
#: "(mk)", "(mk/dpa)": by whom a text is, in signs that a paper knows.
_INITIALS = re.compile(r"^[(\[][^\W\d_]{2,4}(?:[/,] ?[^\W\d_]{2,4}){0,3}[)\]]$")
_BIOGRAPHY_WORDS, _NAME_WORDS = 60, 7
_COLUMN_WORDS = 12
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: An address of mail, or a name on a platform.
_REACHED = re.compile(r"\b[\w.+-]{2,40}@[\w-]{2,40}\.\w{2,}|(?<!\w)@\w{3,30}\b")


def name_authors(piece: Piece) -> None:
    """Give the job of "The writer is …" to the one author named elsewhere, and name each once."""
    roles = [author for author in piece.authors if not author.name]
    best: dict[str, Author] = {}
    for author in piece.authors:
        known = best.get(author.name)
        if author.name and (known is None or (author.role and not known.role)):
            best[author.name] = author
    piece.authors = list(best.values())
    if roles and len(best) == 1 and not piece.authors[0].role:
        only, role = piece.authors[0], roles[0]
        piece.authors = [replace(only, role=role.role, publication=role.publication)]


def take_signing_payer(piece: Piece) -> None:
    """Under a label that the page prints, a house that signs is who paid: it is not a writer.

    It is one whom the label or the text names; a writer is not in the writer's own text.
    """
    _take_house_of_pair(piece)
    payers = [one for one in piece.payers if piece.disclosure or not one.is_host]
    named_payer = next((one.payer for one in payers if one.payer), None)
    for author in list(piece.authors):
        said = [*piece.labels, *(one.payer or "" for one in payers)]
        told = [] if author.role else [part.text for part in piece.paragraphs[:-1]]
        named = any(author.name in text for text in (*said, *told))
        if (piece.disclosure or payers) and (named or is_organised(author.name)):
            piece.payer = piece.payer or named_payer or author.name
            piece.authors.remove(author)
        elif piece.disclosure and (house := _HOUSE.search(author.raw)) and is_name(house["name"]):
            piece.payer = piece.payer or house["name"]


def _take_house_of_pair(piece: Piece) -> None:
    """Of two names that only a comma joins the second is the first one's house: "By Dana Crewe, Marlow Wealth".

    The text has a word of a house's name, or the name says that it is one; a second writer is not in their text.
    """
    pair = _PAIR.match(piece.authors[0].raw) if len(piece.authors) == _COUPLE else None
    if not pair or folded(pair["house"]) != folded(piece.authors[1].name):
        return
    text = {word for part in piece.paragraphs for word in words_of(part.text)}
    told = not text.isdisjoint(words_of(pair["house"]))
    if piece.disclosure and (told or is_organised(pair["house"])):
        piece.payer = piece.payer or piece.authors.pop().name


def take_foot_name(piece: Piece) -> None:
    """A person's name alone under the text signs it; several, or one with a place, are those of letters.

    Under a single paragraph it takes brackets or a dash.
    """
    if len(piece.paragraphs) > _FEWEST and _INITIALS.match(piece.paragraphs[-1].text):
        piece.drop(piece.paragraphs.pop().text, "by-line")
    texts = [part.text for part in piece.paragraphs]
    if len(texts) < _FEWEST or piece.authors or piece.disclosure:
        return
    *above, written = texts
    last = _FRAME.sub("", written)
    if len(above) < _FEWEST and last == written:
        return
    found = names_alone(last) if last.count(" ") <= _NAME_WORDS and "," not in last else ()
    if not found or any(is_organised(author.name) for author in found):
        return
    if last in " ".join(above) or any(names_alone(text) for text in above):
        return
    piece.authors += found
    piece.drop(written, "by-line")
    piece.paragraphs.pop()


def take_dateline(piece: Piece) -> None:
    """Where nothing else tells the day, the dateline of the first paragraph does, or the last change."""
    if piece.published is None and piece.paragraphs:
        piece.published = dateline_day(piece.paragraphs[0].text) or piece.updated


def take_column_note(piece: Piece) -> None:
    """A last line that begins with the name over the headline says when that column comes."""
    if len(piece.paragraphs) < _FEWEST:
        return
    last = piece.paragraphs[-1].text
    heads = [line.text for line in piece.removed if line.reason == "site heading"]
    named = any(" " in head and last.casefold().startswith(f"{head.casefold()} ") for head in heads)
    if named and last.count(" ") <= _COLUMN_WORDS:
        piece.drop(last, "note on the article")
        piece.paragraphs.pop()


def take_unmarked_biography(piece: Piece) -> None:
    """A last line that begins with the writer's name, with years, no stop, few words or the job, is a note."""
    if len(piece.paragraphs) < 2 or not piece.authors:  # noqa: PLR2004 - the only paragraph is the text
        return
    last = piece.paragraphs[-1].text
    names = {name for author in piece.authors for name in (author.name, author.name.split()[-1])}
    begins = any(
        re.match(rf"(?:[A-Z]\w{{1,12}}\.? )?{re.escape(name)}\b(?!:)", last)
        for name in names
        if name
    )
    told = any(re.match(rf"{re.escape(author.name)} is an? ", last) for author in piece.authors)
    short = last.count(" ") <= _COLUMN_WORDS and any(
        author.name and last.startswith(f"{author.name} ") for author in piece.authors
    )
    is_note = last[-1:] != "." or _YEAR.search(last) or told or short
    if begins and is_note and last.count(" ") <= _BIOGRAPHY_WORDS:
        piece.drop(last, "biography")
        piece.paragraphs.pop()


def take_own_names(piece: Piece, declared: Sequence[str] = ()) -> None:
    """A first or last paragraph with nothing but the name of who signs is a by-line once more; a day may follow.

    Args:
        piece: whose text it is.
        declared: who signs, as the page or its carrier says, where no line does.
    """
    names = [author.name for author in piece.authors] or declared
    known = {folded(name) for name in names}
    for place in (-1, 0):
        if len(piece.paragraphs) < 2:  # noqa: PLR2004 - the only paragraph is the text
            return
        text = piece.paragraphs[place].text
        if known and folded(text) in known:
            piece.drop(piece.paragraphs.pop(place).text, "by-line")
            if place == 0 and len(piece.paragraphs) > 1 and date_line(piece.paragraphs[0].text):
                piece.drop(piece.paragraphs.pop(0).text, "date")


def take_contact(piece: Piece) -> None:
    """A last paragraph that names who signs, and where to write to or call them, is a note on the writer."""
    last = piece.paragraphs[-1].text if len(piece.paragraphs) > 1 else ""
    named = any(author.name and author.name in last for author in piece.authors)
    if named and _REACHED.search(last) and last.count(" ") <= _BIOGRAPHY_WORDS // 2:
        piece.drop(piece.paragraphs.pop().text, "biography")
