"""The body of a piece: the extractor's frame, put right by what the page's structure says.

Rules of place and structure alone: nothing here reads what a line says.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, dropwhile, takewhile

from lxml import html

from briefing.articles.html.blocks import HEADINGS, LONG, PAID, Block, Blocks
from briefing.articles.html.markup.regions import RAIL

_RUNNING = frozenset({"p", "blockquote", "pre"})
_SUBHEAD_WORDS = 6
#: A link with this many words and no full stop is the headline of another page.
_TEASER_WORDS = 4
_MOSTLY_LINK = 0.9
#: With a larger share of its words in such links, the piece is a list of links.
_LINKS_ARE_TEXT = 0.25
#: A region never holds more than this share of the body's words.
_HOLDS = 0.4
#: A cell of a table holds the text when it has this share of its words.
_CELL = 0.8
#: A container holds the body when it has this share of its words.
_CONTAINER = 0.3
#: In characters: a paragraph has a word so near its beginning.
_BEGINNING = 40


def body_of(
    root: html.HtmlElement, blocks: Blocks, headline: Block | None, frame: list[bool]
) -> list[Block]:
    """The blocks of a piece's body, in order.

    Args:
        root: the element that holds the piece.
        blocks: those inside of it; each gets its region.
        headline: of the piece, which is not part of its body.
        frame: for each block whether the extractor takes it for the body; see `framed`.
    """
    inside = frame if any(frame) else _without_frame(blocks)
    _settle_regions(root, blocks, inside, headline)
    chosen = [
        known and not block.region and block is not headline
        for block, known in zip(blocks.all, inside, strict=True)
    ]
    _within_cell(blocks, chosen)
    _widen(blocks, chosen)
    _without_teasers(blocks.all, chosen)
    _without_lead(blocks.all, chosen)
    _without_last_headings(blocks.all, chosen)
    _from_headline(blocks.all, chosen, headline)
    _without_imprint(blocks.all, chosen)
    if not any(chosen):
        chosen = [
            known and not block.region for block, known in zip(blocks.all, inside, strict=True)
        ]
    return [block for block, known in zip(blocks.all, chosen, strict=True) if known]


def _settle_regions(
    root: html.HtmlElement, blocks: Blocks, inside: list[bool], headline: Block | None
) -> None:
    """Give each block its region; a column with the headline or an element with much of the body opens none.

    A page's whole column may be called "has-sidebar", and a page may stand in one `<form>`. A paragraph
    that says by its role that it is the page's foot is, however short the text above it.
    """
    words = [block.words if known else 0 for block, known in zip(blocks.all, inside, strict=True)]
    sums = [0, *accumulate(words)]
    holds = dict.fromkeys((root, *root.iterancestors()), True)
    holds |= {one: True for one, region in headline.regions if region == RAIL} if headline else {}
    for block in blocks.all:
        if block.region == PAID:
            continue
        block.region = ""
        for element, region in block.regions:
            if element not in holds:
                first, last = blocks.spans.get(element, (0, 0))
                is_line = last - first <= 1 and element.get("role") == "contentinfo"
                holds[element] = sums[last] - sums[first] > _HOLDS * sums[-1] and not is_line
            if not holds[element]:
                block.region = region
                break


def _without_imprint(blocks: list[Block], chosen: list[bool]) -> None:
    """Take out a list over the first paragraph that holds the paper, the day and who signs."""
    known = (place for place, is_chosen in enumerate(chosen) if is_chosen)
    behind = dropwhile(lambda place: blocks[place].tag in HEADINGS, known)
    over = list(takewhile(lambda place: blocks[place].tag == "li", behind))
    listed = [blocks[place] for place in over]
    if any(block.days for block in listed) and any(block.authors for block in listed):
        for place in over:
            chosen[place] = False


def _without_frame(blocks: Blocks) -> list[bool]:
    """Where the extractor finds nothing, such as on a page of two sentences: all that may be text."""
    return [
        block.linked < _MOSTLY_LINK and block.tag not in ("h1", "title", "option")
        for block in blocks.all
    ]


def _within_cell(blocks: Blocks, chosen: list[bool]) -> None:
    """Where one cell of a table holds the text, the others are the menus and rails of an old layout."""
    words: Counter[html.HtmlElement | None] = Counter()
    for block, known in zip(blocks.all, chosen, strict=True):
        if known and block.is_prose:
            cell = next((one for one in _around(block) if one.tag == "td"), None)
            words[cell] += block.words
    cell, most = words.most_common(1)[0] if words else (None, 0)
    if cell is None or most < _CELL * sum(words.values()):
        return
    first, last = blocks.spans.get(cell, (0, 0))
    for place in (*range(first), *range(last, len(chosen))):
        chosen[place] = False


def _around(block: Block) -> Iterator[html.HtmlElement]:
    yield block.element
    yield from block.element.iterancestors()


def _widen(blocks: Blocks, chosen: list[bool]) -> None:
    """Take in paragraphs that stand in the containers of the body, or in containers of the same make.

    Extractors take one column for the body; a page may cut it in several, with adverts between.
    """
    words: Counter[html.HtmlElement] = Counter()
    for block, known in zip(blocks.all, chosen, strict=True):
        if known and block.tag in _RUNNING:
            words[block.element.getparent()] += block.words
    total = sum(words.values())
    if not total:
        return
    makes: Counter[tuple[str, str]] = Counter()
    for container, count in words.items():
        makes[_make(container)] += count
    good = {make for make, count in makes.items() if count > _CONTAINER * total and make[1]}
    first, last = _ends(chosen)
    for place, block in enumerate(blocks.all):
        if chosen[place] or block.region or block.tag not in _RUNNING or not block.is_prose:
            continue
        container = block.element.getparent()
        is_behind = place > last and _goes_on(blocks.all[last + 1 : place], blocks.all[last], block)
        if _make(container) in good or (container in words and (first < place < last or is_behind)):
            chosen[place] = True
            last = max(last, place) if is_behind else last


def _goes_on(between: Sequence[Block], last: Block, block: Block) -> bool:
    """The text goes on where extractors stop: behind paid boxes, or in a sentence right below the last one."""
    if between:
        return all(one.region == PAID for one in between)
    is_next = block.element.getparent() is last.element.getparent() and last.tag == block.tag
    has_letters = any(map(str.isalpha, block.text[:_BEGINNING]))
    return is_next and has_letters and block.is_sentence and not block.linked


def _make(container: html.HtmlElement | None) -> tuple[str, str]:
    return ("", "") if container is None else (container.tag, container.get("class") or "")


def _ends(chosen: list[bool]) -> tuple[int, int]:
    first = chosen.index(True)
    return first, len(chosen) - 1 - chosen[::-1].index(True)


def _without_teasers(blocks: list[Block], chosen: list[bool]) -> None:
    """Take out the lines that are the headlines of other pages, each a link and nothing else."""
    known = [place for place, is_chosen in enumerate(chosen) if is_chosen]
    links = [place for place in known if blocks[place].linked >= _MOSTLY_LINK]
    share = sum(blocks[place].words for place in links)
    if share > _LINKS_ARE_TEXT * sum(blocks[place].words for place in known):
        return
    for at, place in enumerate(known):
        block = blocks[place]
        below = blocks[known[at + 1]] if at + 1 < len(known) else None
        if block.linked >= _MOSTLY_LINK and _is_teaser(block, below):
            chosen[place] = False


def _is_teaser(block: Block, below: Block | None) -> bool:
    if block.words < _TEASER_WORDS or block.tag in ("td", "th", "li"):
        return False
    if block.words > LONG // 2 and block.is_sentence:
        return False
    heads = block.tag in HEADINGS and below is not None
    return not (heads and below is not None and below.is_prose)


def _from_headline(blocks: list[Block], chosen: list[bool], headline: Block | None) -> None:
    """Nothing over the headline is text, where the text stands under it."""
    place = next((at for at, block in enumerate(blocks) if block is headline), 0)
    over, under = (
        sum(block.words for block, known in zip(part, kept, strict=True) if known)
        for part, kept in ((blocks[:place], chosen[:place]), (blocks[place:], chosen[place:]))
    )
    if under >= over:
        chosen[:place] = [False] * place


def _without_lead(blocks: list[Block], chosen: list[bool]) -> None:
    """Take out what stands over the first paragraph in boxes of its own: sections, dates, counts."""
    if not any(block.is_prose for block, known in zip(blocks, chosen, strict=True) if known):
        return
    last = -1
    for place, block in enumerate(blocks):
        if not chosen[place]:
            continue
        if block.is_prose or block.tag in ("li", "td", "th", "dt", "dd", "pre", "blockquote"):
            if last >= 0 and _is_first_of_many(blocks, chosen, last):
                chosen[last] = True
            return
        last = place
        if block.tag == "p" and block.linked < _MOSTLY_LINK:
            return
        if block.words > LONG // 2 and block.tag != "h1":
            return
        chosen[place] = False


def _is_first_of_many(blocks: list[Block], chosen: list[bool], place: int) -> bool:
    """A short heading over the first paragraph, with others of its rank further down: it heads a part.

    One other is enough where each of the two has an element of its own.
    """
    heading = blocks[place]
    if heading.tag not in HEADINGS or heading.tag == "h1" or heading.words > _SUBHEAD_WORDS:
        return False
    alike = [
        block
        for block, known in zip(blocks, chosen, strict=True)
        if known and block.tag == heading.tag
    ]
    around = heading.element.getparent()
    return len(alike) > 1 or any(block.element.getparent() is not around for block in alike)


def _without_last_headings(blocks: list[Block], chosen: list[bool]) -> None:
    """Take out headings with nothing under them, while a paragraph is left."""
    if not any(block.is_prose for block, known in zip(blocks, chosen, strict=True) if known):
        return
    for place in range(len(blocks) - 1, -1, -1):
        if chosen[place]:
            if blocks[place].tag not in HEADINGS:
                return
            chosen[place] = False
