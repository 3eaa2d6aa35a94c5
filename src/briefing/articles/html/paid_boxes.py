"""Paid boxes: the parts of a page that their own markup or their own first line says somebody paid for.

They are looked for in the raw document, before an extractor drops their label and keeps their text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from lxml import html

from briefing.articles.html.blocks import HEADINGS, PAID, Block, Blocks
from briefing.articles.html.labels.box_names import box_label
from briefing.articles.html.labels.label_lines import LABEL_WORDS, is_label, names_payer
from briefing.articles.html.markup.regions import CONTROL, NAVIGATION, RAIL
from briefing.articles.html.markup.tree import FETCHED, OUT
from briefing.articles.text.shared_words import SharedWords
from briefing.articles.vocabulary.labels import is_slot
from briefing.articles.vocabulary.opening_labels import opening_label
from briefing.articles.vocabulary.sales_voice import speaks_to_reader

#: A box has at most this share of the words around it; what has more is the piece itself.
_SHARE, _HEADED_SHARE = 0.5, 0.6
#: A box with fewer words next to its label is an empty slot.
_BOX_WORDS = 6
#: What a page fetches an advert with.
_FILLERS = frozenset({"ins", "amp-ad"})
_INLINE = frozenset("span strong b em small mark label i a font u cite abbr sup".split())
#: In words: a box with a heading and this much text is a piece of its own.
PIECE_WORDS = 25


@dataclass(slots=True, kw_only=True, eq=False)
class PaidBox:
    """An element whose text somebody paid for."""

    element: html.HtmlElement
    label: str
    blocks: list[Block]
    #: The label is a line of the page; else only the markup holds it.
    is_visible: bool
    #: False for paragraphs that may be the article's own: they stay, and an editor looks.
    is_sure: bool = True

    @property
    def words(self) -> int:
        """Of running text, the label left out."""
        return sum(block.words for block in self.blocks if block.text != self.label)

    @property
    def is_piece(self) -> bool:
        """It has a heading and a text of its own, so it is more than a card, and surely not the article's."""
        headed = any(block.tag in HEADINGS for block in self.blocks)
        told = sum(block.words for block in self.blocks if block.is_prose)
        return self.is_sure and headed and told >= PIECE_WORDS

    @property
    def names_payer(self) -> bool:
        """Its label says who paid."""
        return names_payer(self.label)

    @property
    def is_note(self) -> bool:
        """It says more than a slot does."""
        return not is_slot(self.label) and bool(self.words or " " in self.label)


def boxes_in(blocks: Blocks, headlines: list[Block]) -> list[PaidBox]:
    """Find the paid boxes of a page, outermost first, and take those that are sure out of its text.

    One without text is an empty slot, and none.

    Args:
        blocks: of the page.
        headlines: of its pieces: what holds one is the piece, and no box in it.
    """
    search = _Search(blocks, headlines)
    found: list[PaidBox] = []
    taken: set[int] = set()
    ways = (
        search.marked,
        search.labelled,
        search.ruled,
        search.badged,
        search.linked,
        search.announced,
    )
    for box in chain.from_iterable(way() for way in ways):
        own = {id(block) for block in box.blocks}
        if own and not own & taken:
            taken |= own
            found.append(box)
    for box in found:
        if box.is_sure:
            _take_out(box, blocks)
    return found


def _take_out(box: PaidBox, blocks: Blocks) -> None:
    """Mark its blocks and its element; of a run of paragraphs, the elements that hold nothing else."""
    for block in box.blocks:
        block.region = PAID
    held = [box.element]
    if blocks.of(box.element) != box.blocks:
        held = [block.element for block in box.blocks if len(blocks.of(block.element)) == 1]
    for element in held:
        element.set(OUT, "1")


class _Search:
    """The six ways in which a page says that a box is paid for."""

    def __init__(self, blocks: Blocks, headlines: list[Block]) -> None:
        self._blocks = blocks
        self._headlines = {id(block) for block in headlines}
        self._words = sum(block.words for block in blocks.all if block.is_prose) or 1

    def marked(self) -> Iterator[PaidBox]:
        """Boxes that their own markup names."""
        for element, (first, last) in self._blocks.spans.items():
            if last <= first or not (element.attrib or "-" in element.tag):
                continue
            label = box_label(element)
            inside = self._blocks.all[first:last]
            if label and self._is_box(inside):
                seen = next((block.text for block in inside[:2] if block.says_paid), None)
                yield PaidBox(
                    element=element, label=seen or label, blocks=inside, is_visible=bool(seen)
                )

    def labelled(self) -> Iterator[PaidBox]:
        """Boxes whose first line is a label that readers see."""
        for place, block in enumerate(self._blocks.all):
            if block.words > LABEL_WORDS or _in_menu(block) or not block.says_paid:
                continue
            element = self._around(place)
            if element is not None:
                inside = self._blocks.of(element)
                if sum(one.words for one in inside if one is not block) >= _BOX_WORDS:
                    yield PaidBox(element=element, label=block.text, blocks=inside, is_visible=True)

    def ruled(self) -> Iterator[PaidBox]:
        """What stands between two rules, where the first line is a label that says more than a slot does."""
        rules = [first for one, (first, _) in self._blocks.spans.items() if one.tag == "hr"]
        for start, end in pairwise(rules):
            inside = self._blocks.all[start:end]
            block = inside[0] if inside else None
            if block is None or block.words > LABEL_WORDS or block.is_slot or not block.says_paid:
                continue
            told = sum(one.words for one in inside[1:])
            if not _in_menu(block) and told >= _BOX_WORDS and self._is_box(inside):
                yield PaidBox(
                    element=block.element, label=block.text, blocks=inside, is_visible=True
                )

    def badged(self) -> Iterator[PaidBox]:
        """Paragraphs that begin with a label, in an element of its own or before a colon."""
        for block in self._blocks.all:
            if block.words <= _BOX_WORDS:
                continue
            label = badge_of(block) or opening_label(block.text)
            alone = len(self._blocks.of(block.element)) == 1
            if label and alone and block.tag not in HEADINGS and self._is_box([block]):
                yield PaidBox(element=block.element, label=label, blocks=[block], is_visible=True)

    def linked(self) -> Iterator[PaidBox]:
        """Paragraphs with a link that the page marks as paid, while most of the page has none."""
        paid = [block for block in self._blocks.all if block.paid_link]
        if sum(block.words for block in paid) > _SHARE * self._words:
            return
        for block in paid:
            if len(self._blocks.of(block.element)) == 1 and self._is_box([block]):
                yield PaidBox(
                    element=block.element,
                    label="Link marked as sponsored",
                    blocks=[block],
                    is_visible=False,
                )

    def announced(self) -> Iterator[PaidBox]:
        """Blocks next to a bare "Advertisement" that no element holds, when they do not belong to the text.

        Most of these labels stand over a slot that is empty, and what follows is the article's own.
        """
        every = self._blocks.all
        slots = [
            at
            for at, block in enumerate(every)
            if block.words <= LABEL_WORDS and block.is_slot and not self._is_aside(block)
        ]
        if not slots:
            return
        told = [block.text if block.is_prose else "" for block in every]
        words = SharedWords(told, [block.text for block in every if id(block) in self._headlines])
        usable = [block.is_prose and not _in_menu(block) for block in every]
        for slot in slots:
            inside = [every[at] for at in words.announced(slot, usable)]
            is_sure = any(speaks_to_reader(block.text) for block in inside)
            if inside and self._is_box(inside) and (is_sure or not self._is_filled(every[slot])):
                yield PaidBox(
                    element=inside[0].element,
                    label=every[slot].text,
                    blocks=[every[slot], *inside],
                    is_visible=True,
                    is_sure=is_sure,
                )

    def _is_aside(self, slot: Block) -> bool:
        """The label is all that a box next to the text holds: its place is known, and empty."""
        boxes = (element for element, region in slot.regions if region == RAIL)
        return any(self._blocks.of(box) == [slot] for box in boxes)

    def _is_filled(self, slot: Block) -> bool:
        """The label has a box of its own, or shares one with what fetches the advert alone: its place is known."""
        element, around = slot.element, slot.element.getparent()
        while around is not None and self._blocks.of(around) == [slot]:
            element, around = around, around.getparent()
        return element is not slot.element or any(
            FETCHED in one.attrib or one.tag in _FILLERS for one in element.iter()
        )

    def _is_box(self, inside: list[Block]) -> bool:
        """It holds no headline, and less than a piece does; with a heading of its own it may hold more."""
        if any(id(block) in self._headlines for block in inside):
            return False
        headed = any(block.tag in HEADINGS for block in inside)
        told = sum(block.words for block in inside if block.is_prose)
        return told <= (_HEADED_SHARE if headed else _SHARE) * self._words

    def _around(self, place: int) -> html.HtmlElement | None:
        """The largest element that begins with a block and is no more than a box."""
        best = None
        element = self._blocks.all[place].element
        while element is not None and element.tag not in ("body", "html", "main"):
            first, last = self._blocks.spans.get(element, (-1, -1))
            if first >= 0:
                if first != place or not self._is_box(self._blocks.all[first:last]):
                    break
                best = element
            element = element.getparent()
        return best


def badge_of(block: Block) -> str | None:
    """The label in an element of its own at the start of a block: "Sponsored How towns heat"."""
    element = block.element
    if (element.text or "").strip() or not len(element) or element[0].tag not in _INLINE:
        return None
    said = " ".join(element[0].text_content().split())
    return said if said != block.text and is_label(said) else None


def _in_menu(block: Block) -> bool:
    return any(region in (NAVIGATION, CONTROL) for _, region in block.regions)
