"""Paid boxes: the parts of a page that their own markup or their own first line says somebody paid for.

They are looked for in the raw document, before an extractor drops their label and keeps their text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import html

from briefing.articles.html.blocks import HEADINGS, Block, Blocks
from briefing.articles.html.body import is_prose
from briefing.articles.html.hidden_disclosures import in_attributes
from briefing.articles.html.regions import CONTROL, NAVIGATION
from briefing.articles.vocabulary.labels import disclosure, is_open, is_slot
from briefing.articles.vocabulary.payer_lines import in_line

_BOX = re.compile(
    r"^(?:ads?|adverts?|advertisements?|advertising|adslot|adbox|adunit|adcontainer|adwrapper|"
    r"sponsored|sponsor|promoted|paid)$"
)
#: Words that may stand next to one of those in a name: "ad-slot-top", "article-ad", "js-ad-inline".
_BESIDE = re.compile(
    r"^(?:slot|box|unit|container|wrapper?|wrap|inline|block|banner|top|bottom|middle|side|right|left|"
    r"content|text|link|links|post|item|card|story|module|native|dfp|gpt|google|js|is|in|article|body|"
    r"m|l|s|the|label|labelled|region|area|native|box|partner)$"
)
_TOKENS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LABEL_WORDS, _LABEL_LENGTH = 14, 120
#: A box has at most this share of the words around it; what has more is the piece itself.
_SHARE, _HEADED_SHARE = 0.5, 0.6
#: A box with fewer words next to its label is an empty slot.
_BOX_WORDS = 6
#: Longer names are made by machines.
_NAME_WORDS = 5
_INLINE = frozenset("span strong b em small mark label i a".split())
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

    @property
    def words(self) -> int:
        """Of running text, the label left out."""
        return sum(block.words for block in self.blocks if block.text != self.label)

    @property
    def is_piece(self) -> bool:
        """It has a heading and a text of its own, so it is more than a card."""
        headed = any(block.tag in HEADINGS for block in self.blocks)
        told = sum(block.words for block in self.blocks if is_prose(block))
        return headed and told >= PIECE_WORDS


def says_paid(block: Block) -> bool:
    """True for a block that is a label; one that breaks off needs the payer's picture next to it."""
    return is_label(block.text) or (block.pictured and is_open(block.text))


def is_label(text: str) -> bool:
    """True for a line that is a label or names a payer, and says nothing else."""
    if len(text) > _LABEL_LENGTH or not _may_say(text):
        return False
    return _says(text)


@lru_cache(maxsize=10_000)
def _says(text: str) -> bool:
    return bool(is_slot(text) or (disclosure(text) and not is_open(text)) or in_line(text))


#: Every label of the vocabulary has one of these runs of letters; most lines of a menu have none.
_RUNS = (
    "ad", "anzeig", "werbung", "sponsor", "promo", "paid", "partn", "publi", "pubbli", "patroc",
    "bezahl", "beta", "annon", "reklam", "hysbys", "brand", "commerc", "support", "present", "fund",
    "associa", "collab", "brought", "power", "conten", "inhalt", "inhoud", "inneh", "innh", "indh",
    "message", "marketing", "remitido", "special", "client", "custom", "hosted", "materi", "offer",
    "provided", "possible", "word from", "note from", "proposé", "präsent", "finan", "communiqu",
    "informa", "native", "voice", "infomerc", "zusammen", "koop", "thanks", "zone", "verlag", "#",
)  # fmt: skip
#: Letters of other scripts among Latin ones, wide letters, and letters set apart.
_DISGUISED = re.compile(r"[A-Za-z][Ͱ-ӿ]|[Ͱ-ӿ][A-Za-z]|[\uff21-\uff5a]|^\W?(?:\w ){4}")


def _may_say(text: str) -> bool:
    if text.count(" ") >= _LABEL_WORDS:
        return False
    lowered = text.lower()
    return any(run in lowered for run in _RUNS) or bool(_DISGUISED.search(text))


def label_in_markup(element: html.HtmlElement) -> str | None:
    """What the markup of one element says of who paid: its names, data attributes, aria-label or type."""
    attributes = element.attrib
    if not attributes:
        return None
    return _in_attributes(tuple(attributes.items()))


@lru_cache(maxsize=20_000)
def _in_attributes(attributes: tuple[tuple[str, str], ...]) -> str | None:
    written = " ".join(f"{name} {value[:400]}" for name, value in attributes).lower()
    return in_attributes(list(attributes)) if any(run in written for run in _IN_NAMES) else None


#: As `_RUNS`, of the names that markup gives to what is paid for.
_IN_NAMES = (
    "sponsor",
    "advert",
    "paid",
    "partner",
    "brand",
    "promot",
    "commercial",
    "native",
    "ad",
)


def _box_label(element: html.HtmlElement) -> str | None:
    """As `label_in_markup`, and the names that speak of an advert's place."""
    known = label_in_markup(element)
    if known:
        return known
    aria = element.get("aria-label") or ""
    if aria and is_label(aria):
        return aria
    if any(
        name.startswith(("data-ad-", "data-ad_")) or name == "data-ad" for name in element.attrib
    ):
        return "Advertisement"
    return _named(f"{element.get('class') or ''} {element.get('id') or ''}"[:400])


@lru_cache(maxsize=20_000)
def _named(names: str) -> str | None:
    lowered = names.lower()
    if not any(run in lowered for run in ("ad", "sponsor", "promoted")):
        return None
    for name in names.split():
        words = [word.lower() for word in _TOKENS.findall(name)]
        told = 0 < len(words) <= _NAME_WORDS and any(map(_BOX.match, words))
        if told and all(_BOX.match(word) or _BESIDE.match(word) for word in words):
            return "Advertisement"
    return None


def boxes_in(blocks: Blocks, headlines: list[Block]) -> list[PaidBox]:
    """The paid boxes of a page, outermost first; one without text is an empty slot, and none.

    Args:
        blocks: of the page.
        headlines: of its pieces: what holds one is the piece, and no box in it.
    """
    search = _Search(blocks, headlines)
    found: list[PaidBox] = []
    taken: set[int] = set()
    for box in (*search.marked(), *search.labelled(), *search.badged(), *search.linked()):
        own = {id(block) for block in box.blocks}
        if own and not own & taken:
            taken |= own
            found.append(box)
    return found


class _Search:
    """The four ways in which a page says that a box is paid for."""

    def __init__(self, blocks: Blocks, headlines: list[Block]) -> None:
        self._blocks = blocks
        self._headlines = {id(block) for block in headlines}
        self._words = sum(block.words for block in blocks.all if is_prose(block)) or 1

    def marked(self) -> Iterator[PaidBox]:
        """Boxes that their own markup names."""
        for element, (first, last) in self._blocks.spans.items():
            if last <= first or not element.attrib:
                continue
            label = _box_label(element)
            inside = self._blocks.all[first:last]
            if label and self._is_box(inside):
                seen = next((block.text for block in inside[:2] if says_paid(block)), None)
                yield PaidBox(
                    element=element, label=seen or label, blocks=inside, is_visible=bool(seen)
                )

    def labelled(self) -> Iterator[PaidBox]:
        """Boxes whose first line is a label that readers see."""
        for place, block in enumerate(self._blocks.all):
            if block.words > _LABEL_WORDS or _in_menu(block) or not says_paid(block):
                continue
            element = self._around(place)
            if element is not None:
                inside = self._blocks.of(element)
                if sum(one.words for one in inside if one is not block) >= _BOX_WORDS:
                    yield PaidBox(element=element, label=block.text, blocks=inside, is_visible=True)

    def badged(self) -> Iterator[PaidBox]:
        """Paragraphs that begin with a label in an element of its own."""
        for block in self._blocks.all:
            if block.words <= _BOX_WORDS or not len(block.element):
                continue
            label = badge_of(block)
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

    def _is_box(self, inside: list[Block]) -> bool:
        """It holds no headline, and less than a piece does; with a heading of its own it may hold more."""
        if any(id(block) in self._headlines for block in inside):
            return False
        headed = any(block.tag in HEADINGS for block in inside)
        told = sum(block.words for block in inside if is_prose(block))
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
