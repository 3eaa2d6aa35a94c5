"""Who signs a piece: as its lines say, in the names that the page declares; else as its markup says."""

from collections.abc import Sequence
from dataclasses import replace

from briefing.articles.html.declared.metadata import Metadata
from briefing.articles.html.page import HtmlPiece
from briefing.articles.text.fingerprint import folded
from briefing.model.article import Author


def signers(visible: list[Author], read: HtmlPiece) -> list[Author]:
    """The authors of a piece.

    Args:
        visible: whom its by-lines name.
        read: the piece, with what its elements are marked to name.
    """
    declared = _persons(read.metadata) if read.metadata else []
    signed = _as_declared(visible, declared)
    if signed and not _runs_on(signed):
        return signed
    marked = read.marked_authors
    named = _one_declared(marked, declared) or marked
    return named if not signed or _are_cut(named, signed) else signed


def _persons(told: Metadata) -> list[str]:
    """The declared authors without the house itself."""
    houses = {folded(told.publisher), folded(told.site)}
    return [name for name in told.authors if folded(name) not in houses]


def _runs_on(signed: Sequence[Author]) -> bool:
    """A by-line with a date in it, in which a name may have run into the word before the date."""
    return any(sign.isdigit() for author in signed for sign in author.raw)


def _are_cut(named: Sequence[Author], signed: Sequence[Author]) -> bool:
    """The markup names the same people, without the words that the line has behind a name."""
    return len(named) == len(signed) and all(
        other.name == one.name or other.name.startswith(f"{one.name} ")
        for one, other in zip(named, signed, strict=True)
    )


def _one_declared(signed: Sequence[Author], declared: Sequence[str]) -> list[Author]:
    """Those declared, where each name that the markup holds is one of theirs, with more behind it or not."""
    known = {folded(name): name for name in declared}
    if (
        not known
        or not signed
        or not all(any(name in folded(author.name) for name in known) for author in signed)
    ):
        return []
    roles = {name: author for author in signed for name in known if name in folded(author.name)}
    return [
        replace(roles[one], name=name) if one in roles else Author(name=name, raw=signed[0].raw)
        for one, name in known.items()
    ]


def _as_declared(signed: list[Author], declared: Sequence[str]) -> list[Author]:
    """Visible by-lines in the names that the page declares, where the two are of the same people."""
    raw = folded(" ".join(author.raw for author in signed))
    if not declared or not all(folded(name) in raw for name in declared):
        return signed
    known = {author.name: author for author in signed}
    return [known.get(name, Author(name=name, raw=signed[0].raw)) for name in declared]
