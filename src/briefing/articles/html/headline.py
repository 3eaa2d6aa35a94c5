"""The headline: the heading on the page that agrees with what the page declares."""

from collections.abc import Sequence
from typing import NamedTuple

from briefing.articles.html.blocks import HEADINGS, Block
from briefing.articles.html.declared.titles import DATA, WEAK, agree, without_site
from briefing.articles.html.markup.regions import COMMENTS, FOOT, HIDDEN, NAVIGATION, OTHERS, RAIL
from briefing.articles.text.fingerprint import folded, words_of

_NOT_HEADLINES = frozenset({COMMENTS, FOOT, NAVIGATION, OTHERS, RAIL})
#: A line without a heading that stands for one has so many words, and so much of the title.
_ENOUGH, _PART = 3, 0.5
#: In letters: a shorter word is in many headlines.
_LONG_WORD = 5


class Headline(NamedTuple):
    """The words that head a piece."""

    text: str = ""
    #: That shows it; none when it is only declared.
    block: Block | None = None
    #: Where it was declared, when no block shows it.
    origin: str = ""


def choose(
    blocks: Sequence[Block], declared: Sequence[tuple[str, str]] = (), site: str = ""
) -> Headline:
    """The headline of a piece: a heading of it, the one that is declared where there is one.

    Args:
        blocks: of the piece.
        declared: the headlines that the feed, the letter or the page's metadata name, each with its
            origin, the most trusted first.
        site: the name of the site, which is not part of a headline.
    """
    headings = _headings(blocks)
    bare = {text: without_site(text, site) for text, _ in declared}
    first = _first_of_page(headings, declared)
    for text, origin in declared:
        if origin == DATA and not _is_supported(text, declared, headings):
            continue
        known = [block for block in headings if agree(block.text, text)]
        if known:
            best = min(known, key=lambda block: not folded(text).startswith(folded(block.text)))
            return Headline(best.text.rstrip(" ¶"), best)
        if origin not in WEAK and not (first and _is_of_the_same(first, declared)):
            return Headline(bare[text], origin=origin)
    if first is not None:
        return Headline(first.text, first)
    for text, origin in declared:
        shown = None if headings else _shown(blocks, text)
        return Headline(shown.text, shown) if shown else Headline(bare[text], origin=origin)
    return Headline(headings[0].text, headings[0]) if headings else Headline()


def _first_of_page(headings: Sequence[Block], declared: Sequence[tuple[str, str]]) -> Block | None:
    """The first heading of the highest level that is not the name behind a declared title."""
    titles = [folded(text) for text, _ in declared]
    return next(
        (
            block
            for block in headings
            if _level(block) == "h1"
            and (_is_marked(block) or not _is_elsewhere(block))
            and not any(_ends_on(title, folded(block.text)) for title in titles)
        ),
        None,
    )


def _ends_on(title: str, name: str) -> bool:
    return title.endswith(name) and title != name


def _is_of_the_same(first: Block, declared: Sequence[tuple[str, str]]) -> bool:
    """Cards for networks and search engines bear headlines of their own, of which the page's has a long word."""
    if first.words < _ENOUGH:
        return False
    told = {word for text, _ in declared for word in words_of(text)}
    return any(len(word) >= _LONG_WORD for word in told & set(words_of(first.text)))


def _shown(blocks: Sequence[Block], title: str) -> Block | None:
    """On a page without any heading the first line that the title begins with, or has behind a name."""
    wanted, behind = folded(title), folded(title.partition(": ")[2])
    return next(
        (
            block
            for block in blocks
            if block.words >= _ENOUGH
            and not block.is_sentence
            and len(said := folded(block.text)) >= _PART * len(wanted)
            and (wanted.startswith(said) or said == behind)
            and not _is_elsewhere(block)
        ),
        None,
    )


def _is_supported(
    text: str, declared: Sequence[tuple[str, str]], headings: Sequence[Block]
) -> bool:
    """Another of the page's own words for its headline agrees; structured data are often of a template."""
    others = [other for other, origin in declared if origin != DATA]
    return not others or any(agree(text, other) for other in (*others, *(h.text for h in headings)))


def _headings(blocks: Sequence[Block]) -> list[Block]:
    """The headings that may be the headline, the highest first."""
    found = [
        block
        for block in blocks
        if _level(block) and (_is_marked(block) or _is_first(block) or not _is_elsewhere(block))
    ]
    return sorted(found, key=lambda block: (_hidden(block), _level(block)))


def _is_marked(block: Block) -> bool:
    """The markup calls it the headline, whatever the box around it is for."""
    return "headline" in (block.element.get("itemprop") or "").split()


def _is_first(block: Block) -> bool:
    """An h1 in a column that is named after a rail next to it; it still has to agree with what is declared."""
    return block.tag == "h1" and all(region == RAIL for _, region in block.regions)


def _is_elsewhere(block: Block) -> bool:
    return any(region in _NOT_HEADLINES for _, region in block.regions)


def _hidden(block: Block) -> bool:
    return any(region == HIDDEN for _, region in block.regions)


def _level(block: Block) -> str:
    if block.tag in HEADINGS:
        return block.tag
    parent = block.element.getparent()
    return str(parent.tag) if parent is not None and parent.tag in HEADINGS else ""
