"""A document → its parts: cut by its articles, its main headings and its paid boxes; each part is read."""

from lxml import html

from briefing.articles.html.blocks import HEADINGS, Block, Blocks
from briefing.articles.html.markup.regions import COMMENTS, FOOT, HIDDEN, NAVIGATION
from briefing.articles.html.page import HtmlDocument, HtmlPage, PagePart
from briefing.articles.html.paid_boxes import boxes_in
from briefing.articles.html.read_part import read_part
from briefing.articles.text.fingerprint import folded

#: In words of prose: an article with fewer is a card; so is one of a single paragraph.
_ARTICLE_WORDS, _PARAGRAPHS = 40, 2
#: Blocks above and below a heading within which its by-line or date stands.
_NEAR = 4
_NOT_PIECES = frozenset({COMMENTS, FOOT, NAVIGATION, HIDDEN})


def read_parts(document: HtmlDocument) -> HtmlPage:
    """The pieces of a document, and what is in none of them; a large paid box is a piece of its own."""
    blocks = document.blocks
    first, *others = _roots(document)
    parts = [PagePart(document=document, root=first, metadata=document.metadata)]
    parts += [PagePart(document=document, root=root) for root in others]
    boxes = boxes_in(blocks, [part.headline.block for part in parts if part.headline.block])
    parts += [
        PagePart(document=document, root=box.element, box=box) for box in boxes if box.is_piece
    ]
    pieces = [piece for part in parts if (piece := read_part(part, parts, boxes))]
    used = {id(block) for piece in pieces for block in piece.blocks}
    return HtmlPage(
        document=document,
        pieces=pieces,
        boxes=[box for box in boxes if box.is_sure and not box.is_piece],
        rest=[block for block in blocks.all if id(block) not in used],
    )


def _roots(document: HtmlDocument) -> list[html.HtmlElement]:
    """The elements of a page's pieces; the articles of a live blog are its updates, and it is one piece."""
    if document.updates:
        return [document.root]
    titles = document.metadata.titles
    return _cut(document.root, document.blocks, next((text for text, _ in titles), ""))


def _cut(body: html.HtmlElement, blocks: Blocks, headline: str) -> list[html.HtmlElement]:
    """The elements of a page's pieces in their order; the one whose heading the page declares goes first."""
    headed = [(element, _heading(blocks.of(element))) for element in _articles(blocks)]
    wanted = folded(headline)
    headed.sort(key=lambda one: not (wanted and one[1] and _says(one[1], wanted)))
    articles = [one for one, heading in headed if _level(heading) <= _level(headed[0][1])]
    if len(articles) > 1:
        return articles
    by_heading = _by_headings(body, blocks)
    return by_heading if len(by_heading) > 1 else [body]


def _level(heading: Block | None) -> str:
    """The level of a heading; a lower one in an element of its own is a card's or a comment's."""
    if heading is None:
        return "h9"
    parent = heading.element.getparent()
    headed = parent is not None and parent.tag in HEADINGS and heading.tag not in HEADINGS
    return str(parent.tag if headed else heading.tag)


def _says(heading: Block, wanted: str) -> bool:
    return folded(heading.text) in wanted or wanted in folded(heading.text)


def _articles(blocks: Blocks) -> list[html.HtmlElement]:
    """The outermost `<article>`s that hold a heading and a text."""
    found: list[html.HtmlElement] = []
    for element in blocks.spans:
        if element.tag != "article" and element.get("role") != "article":
            continue
        if any(above in found for above in element.iterancestors()):
            continue
        inside = blocks.of(element)
        if _is_piece(inside) and not any(region in _NOT_PIECES for _, region in inside[0].regions):
            found.append(element)
    return found


def _is_piece(inside: list[Block]) -> bool:
    """A heading, and under it more running text than a card has."""
    heading = _heading(inside)
    if heading is None:
        return False
    told = [block for block in inside[inside.index(heading) :] if block.is_prose]
    return len(told) >= _PARAGRAPHS and sum(block.words for block in told) >= _ARTICLE_WORDS


def _heading(inside: list[Block]) -> Block | None:
    """The first of the highest headings."""
    headings = [block for block in inside if block.tag in HEADINGS or _headed(block)]
    return min(headings, key=lambda block: block.tag, default=None)


def _headed(block: Block) -> bool:
    parent = block.element.getparent()
    return parent is not None and parent.tag in ("h1", "h2")


def _is_signed(inside: list[Block], heading: Block) -> bool:
    """It has a by-line or a date of its own near its heading; a mere section of a page has none."""
    place = inside.index(heading)
    near = inside[max(0, place - _NEAR) : place + 1 + _NEAR]
    return any(block.authors or block.days for block in near)


def _by_headings(body: html.HtmlElement, blocks: Blocks) -> list[html.HtmlElement]:
    """The containers of several h1, each with a text of its own."""
    headings = [block for block in blocks.all if block.tag == "h1" and not block.regions]
    if len(headings) < 2:  # noqa: PLR2004 - one heading, one piece
        return []
    found = []
    for heading in headings:
        root = heading.element
        others = {id(other.element) for other in headings if other is not heading}
        while root.getparent() is not None and root is not body:
            above = root.getparent()
            if any(id(inside) in others for inside in above.iter("h1")):
                break
            root = above
        inside = blocks.of(root)
        is_own = root is not heading.element and root is not body
        if is_own and _is_piece(inside) and _is_signed(inside, heading):
            found.append(root)
    return found
