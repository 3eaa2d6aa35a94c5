"""The pieces of an HTML page, still blocks of it → pieces as the verdict and the articles are made of."""

import re
from collections.abc import Sequence
from urllib.parse import urljoin

from briefing.articles.html.blocks import HEADINGS, Block
from briefing.articles.html.declared.metadata import Metadata
from briefing.articles.html.kickers import names_section
from briefing.articles.html.markup.runs import is_sentence
from briefing.articles.html.page import HtmlPage, HtmlPiece
from briefing.articles.html.paid_boxes import PaidBox, badge_of
from briefing.articles.html.pictures import pictures_of, story_of
from briefing.articles.html.piece_lines import lines_of_piece
from briefing.articles.html.signers import signers
from briefing.articles.html.standfirsts import has_length_of_standfirst, is_standfirst
from briefing.articles.lines.line import SECTION, Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.lines.tails import names_platform
from briefing.articles.pieces.authors import (
    take_contact,
    take_own_names,
    take_signing_payer,
    take_unmarked_biography,
)
from briefing.articles.pieces.head import drop_callouts
from briefing.articles.pieces.headline_labels import take_disclosure, take_labels
from briefing.articles.pieces.piece import Piece, sort_lines, take_meta
from briefing.articles.text.fingerprint import folded
from briefing.articles.text.word_count import count_words
from briefing.articles.vocabulary.boilerplate import furniture
from briefing.articles.vocabulary.labels import is_notice_rubric, lift_disclosure
from briefing.articles.vocabulary.payer_names import Disclosure
from briefing.fetching.canonical_url import canonical
from briefing.model.article import LiveUpdate, Paragraph, ParagraphKind, Picture, Removed

#: The flag of a text that a paywall cuts short.
CUT = "cut short by a paywall"
#: Of a piece for subscribers, fewer words are the teaser.
_TEASER_WORDS = 150
_SECTION_WORDS = 4
#: A line with a larger share of links is one.
_MOSTLY, _HALF = 0.9, 0.5
_OUTSIDE = "outside the article's body"
#: What the ends of a text still hide once it is known who signs.
_PASSES = (drop_callouts, take_signing_payer, take_unmarked_biography, take_contact, take_own_names)
_QUOTED = re.compile(r"^[\"“‘'«„「].*[\"”’'»“」]$")


def pieces_of(page: HtmlPage) -> list[Piece]:
    """The pieces of a page in their order; what is in none of them stays on record with the first."""
    found = [_piece(piece) for piece in page.pieces]
    if not found:
        return []
    boxed = {id(block) for box in page.boxes for block in box.blocks}
    found[0].elsewhere += [
        *(Removed(text=_said(box), reason="paid for, as its box says") for box in page.boxes),
        *(
            Removed(text=block.text, reason=block.region or _OUTSIDE)
            for block in page.rest
            if id(block) not in boxed
        ),
    ]
    if page.document.url:
        _drop_link_to_itself(found[0], page)
    return found


def _said(box: PaidBox) -> str:
    told = " ".join(block.text for block in box.blocks if block.text != box.label)
    return f"{box.label}: {told}"


def _drop_link_to_itself(piece: Piece, page: HtmlPage) -> None:
    """The last line of many feeds' entries: where the piece is from, with its headline as the link."""
    end = piece.paragraphs[-1].text if len(piece.paragraphs) > 1 else None
    last = next((block for block in page.body if block.text == end), None)
    if last is not None and any(
        folded(link.text_content()) == folded(piece.headline)
        and _page_of(urljoin(page.document.url, link.get("href") or ""))
        == _page_of(page.document.url)
        for link in last.element.iter("a")
    ):
        piece.drop(piece.paragraphs.pop().text, "link to the page itself")


def _page_of(url: str) -> str:
    """An address without what counts from where its readers come."""
    return canonical(url).partition("?")[0]


def _piece(read: HtmlPiece) -> Piece:
    """One piece: its metadata, its headline, and each of its lines in the field that its kind says."""
    piece = Piece()
    _take_labels(piece, read)
    _take_headline(piece, read)
    lines, kinds = lines_of_piece(read)
    rest = sort_lines(piece, lines)
    _sort(piece, read, rest, kinds)
    _take_section(piece, read)
    for each in _PASSES:
        each(piece)
    piece.pictures = _pictures(read)
    if read.metadata:
        piece.publisher = read.metadata.publisher
        piece.unseen_signers = read.metadata.signers
        piece.address = piece.address or read.metadata.canonical_url or None
    piece.updates = _updates(read, piece)
    writers = {author.name: author for update in read.updates for author in update.authors}
    piece.authors = piece.authors or list(writers.values())
    shown = [picture.caption for picture in piece.pictures if picture.caption]
    piece.captions += [caption for caption in shown if caption not in piece.captions]
    if read.metadata:
        _mark(piece, read.metadata)
        take_own_names(piece, read.metadata.signers)
    return piece


def _pictures(read: HtmlPiece) -> tuple[Picture, ...]:
    declared = read.metadata.picture if read.metadata else ("", "")
    story, base = story_of(read.heading, read.body), read.document.metadata.canonical_url
    return pictures_of(story, declared, base)


def _take_labels(piece: Piece, read: HtmlPiece) -> None:
    """What markup, boxes and metadata say of who paid, and what leaves it open."""
    told = read.metadata
    for label in (*read.zones.labels, *(told.labels if told else ())):
        piece.disclose(label)
    doubts = (*read.zones.doubts, *(told.doubts if told else ()))
    piece.doubtful += [Disclosure(text=label, payer=None) for label in doubts]


def _mark(piece: Piece, told: Metadata) -> None:
    """Flags for a text of which the page shows a part, or nothing."""
    if told.is_free is False:
        _mark_paywall(piece)
    if not told.is_shown:
        piece.flags.append(
            "the page shows no text without its scripts; read as its data declare it"
        )


def _take_section(piece: Piece, read: HtmlPiece) -> None:
    """Read its section, which is not a paragraph of it.

    What is written on the trade is filed under "Advertising": a linked section over a signed text is not a label.
    """
    piece.section = _section(read)
    over = (one for one in read.zones.above if one.text == piece.slot and names_section(one))
    if piece.authors and any(one.linked > _MOSTLY for one in over):
        piece.labels.remove(str(piece.slot))
        piece.section, piece.slot = piece.section or piece.slot, None
    if piece.section and piece.paragraphs and piece.paragraphs[0].text == piece.section:
        piece.drop(piece.paragraphs.pop(0).text, SECTION)


def _section(read: HtmlPiece) -> str | None:
    """What the page files the piece under: declared, or the line over the headline that is named so."""
    if read.metadata and read.metadata.section:
        return read.metadata.section
    over = (*read.zones.above, *read.zones.between, *read.body[:1])
    named = (one for one in over if names_section(one) or is_notice_rubric(one.text))
    texts = (_linked_name(one) for one in named if not one.says_paid)
    return next((text for text in texts if text.count(" ") < _SECTION_WORDS), None)


def _linked_name(block: Block) -> str:
    """The words of the first link, where most of a line is links: "in Harbour" is filed under Harbour."""
    links = list(block.element.iter("a"))
    is_field = len(links) == 1 and ":" in block.text
    link = links[0] if links and (block.linked > _HALF or is_field) else None
    return block.text if link is None else " ".join(link.text_content().split())


def _updates(read: HtmlPiece, piece: Piece) -> tuple[LiveUpdate, ...]:
    places = {paragraph.text: at for at, paragraph in reversed([*enumerate(piece.paragraphs)])}
    return tuple(
        LiveUpdate(
            at=update.at,
            heading=next((one.text for one in update.blocks if one.tag in HEADINGS), ""),
            first=places.get(update.blocks[0].text, 0),
        )
        for update in read.updates
    )


def _mark_paywall(piece: Piece) -> None:
    """The page says that only subscribers get all of it: its buttons go, and an editor should look."""
    while len(piece.paragraphs) > 1 and (
        not is_sentence(piece.paragraphs[-1].text) or furniture(piece.paragraphs[-1].text)
    ):
        piece.drop(piece.paragraphs.pop().text, "button of a paywall")
    words = sum(count_words(part.text) for part in piece.paragraphs)
    cut = piece.paragraphs[-1].text.endswith(("…", "...")) or words < _TEASER_WORDS
    piece.flags.append(CUT if cut else "for subscribers only; check that its text is whole")


def _take_headline(piece: Piece, read: HtmlPiece) -> None:
    text = read.headline
    badge = badge_of(read.heading) if read.heading else None
    if badge:
        piece.disclose(badge)
        text = text.removeprefix(badge).lstrip(" :|–—·•-")
    form = take_labels(piece, take_disclosure(piece, lift_disclosure(text)))
    piece.release = form or (read.metadata.release if read.metadata else None) or None
    if read.origin:
        piece.origins.append(("headline", read.origin))


def _sort(piece: Piece, read: HtmlPiece, rest: Sequence[Line], blocks: dict[int, Block]) -> None:
    body = {id(block) for block in read.body}
    for place, line in enumerate(rest):
        block = blocks.get(id(line))
        inside = block is not None and id(block) in body
        if inside and line.kind is LineKind.TEXT:
            _take_text(piece, block, rest[place + 1 :])
        elif not take_meta(piece, line):
            _take_beside(piece, read, block, line)
    piece.authors = signers(piece.authors, read)


def _take_text(piece: Piece, block: Block | None, below: Sequence[Line]) -> None:
    assert block is not None
    if not piece.paragraphs and piece.standfirst is None and below and is_standfirst(block):
        piece.standfirst = block.text
        return
    piece.paragraphs.append(Paragraph(text=block.text, kind=_kind_of_paragraph(block)))


def _take_beside(piece: Piece, read: HtmlPiece, block: Block | None, line: Line) -> None:
    """A line next to the body that has no kind of its own: a standfirst, or furniture."""
    between = block is not None and any(block is one for one in read.zones.between)
    if between and piece.standfirst is None and not piece.paragraphs and _heads(piece, read, block):
        piece.standfirst = line.text
    else:
        piece.drop(line.text, (block.region if block else "") or _OUTSIDE)


def _heads(piece: Piece, read: HtmlPiece, block: Block | None) -> bool:
    """It stands between headline and text, and says more than a section's name."""
    if block is None or not has_length_of_standfirst(block) or block.linked > 0.5:  # noqa: PLR2004
        return False
    if folded(block.text) == folded(piece.headline) or block.days:
        return False
    if block.linked and names_platform(block.text):
        return False
    told = read.metadata.description if read.metadata else ""
    said = folded(told)[:40]
    return (
        is_standfirst(block)
        or block.tag in HEADINGS
        or block.is_prose
        or bool(said and folded(block.text).startswith(said))
    )


def _kind_of_paragraph(block: Block) -> ParagraphKind:
    if block.tag in HEADINGS:
        return ParagraphKind.SUBHEAD
    if block.tag in ("li", "dd", "dt", "td", "th"):
        return ParagraphKind.ITEM
    if any(part.tag == "blockquote" for part in (block.element, *block.element.iterancestors())):
        return ParagraphKind.QUOTE
    return ParagraphKind.QUOTE if _QUOTED.match(block.text) else ParagraphKind.PROSE
