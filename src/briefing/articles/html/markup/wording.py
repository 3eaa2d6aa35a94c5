"""Words stay what the page says: struck text, powers, fractions, formulas, quotations and note marks.

Markup that changes the meaning of its text is written out as characters, before anybody takes the
text without the markup: 10<sup>6</sup> is 10⁶, never 106.
"""

import re
import unicodedata
from collections.abc import Iterator

from lxml import html

_SUPER = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUB = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_POWER = re.compile(r"[0-9+\-−=()ni]+")
#: 21st, 2e, 1º, 3ème: letters that stand high and mean what they mean on the line.
_ORDINAL = re.compile(
    r"(?:st|nd|rd|th|e|er|re|ère|ème|o|a|os|as|º|ª|te|ter|d|de)\.?", re.IGNORECASE
)
_MARKS = {"tm": "™", "sm": "℠", "r": "®", "®": "®", "™": "™", "c": "©"}
_NOTE = re.compile(r"[\[(]?(?:[\d\s,*†‡§¶–-]{1,9}|note \d+|nb \d+|[a-z])[\])]?", re.IGNORECASE)
_NOTE_CLASS = re.compile(
    r"\b(?:foot-?note|reference|noteref|endnote|cite[_-]?ref|fn)\b", re.IGNORECASE
)
#: What carries a power: a figure, a bracket, a variable or a unit alone.
_BASE = re.compile(r"(?:[\d)\]]|(?<![^\W\d_])(?:[^\W\d_]|[kcmdµnh]m|ft|in|yd|sec|mi|kg))\s?$")
_VULGAR = {
    unicodedata.normalize("NFKC", one): one
    for one in map(chr, (*range(0xBC, 0xBF), *range(0x2150, 0x215F)))
}
_QUOTES = {
    "en": "“”‘’", "de": "„“‚‘", "fr": "«»‹›", "it": "«»“”", "es": "«»“”", "pt": "“”‘’",
    "el": "«»“”", "ru": "«»„“", "pl": "„”«»", "ja": "「」『』", "zh": "“”‘’",
}  # fmt: skip
_STRUCK = ("del", "s", "strike")
#: Of the text before a power, so many characters tell what it stands on.
_SEEN = 12
_BLOCKS = ("p", "div", "section", "article", "ul", "ol", "table")


def write_out(tree: html.HtmlElement) -> None:
    """Write, in place, as characters what markup alone says of its text."""
    for element in list(tree.iter(*_STRUCK)):
        if next(element.iter(*_BLOCKS), None) is None:
            element.drop_tree()
    for element in [*tree.iter("rt", "rp")]:
        element.drop_tree()
    for element in list(tree.iter("math")):
        _replace(element, _formula(element))
    for element in list(tree.iter("sup")):
        _raise(element)
    for element in list(tree.iter("sub")):
        _lower(element)
    _quotations(tree)


def _replace(element: html.HtmlElement, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text
    _make_plain(element)


def _make_plain(element: html.HtmlElement) -> None:
    """Take its meaning off an element. To take its tags off would copy all text before it, every time."""
    element.tag = "span"
    element.attrib.clear()


def _before(element: html.HtmlElement) -> str:
    """The last characters of what stands on the line before an element, as far as one can see."""
    sibling = element.getprevious()
    while sibling is not None and not sibling.tail:
        text = sibling.text_content()
        if text:
            return str(text)[-_SEEN:]
        sibling = sibling.getprevious()
    if sibling is not None:
        return str(sibling.tail)[-_SEEN:]
    parent = element.getparent()
    return str(parent.text or "")[-_SEEN:] if parent is not None else ""


def _raise(element: html.HtmlElement) -> None:
    text = " ".join(element.text_content().split())
    lower = element.getnext()
    bar = (element.tail or "").strip()
    if lower is not None and lower.tag == "sub" and bar in ("/", "⁄", "∕"):
        _fraction(element, text, lower)
    elif not text or _is_note(element, text):
        element.drop_tree()
    elif text.casefold() in _MARKS and not _before(element)[-1:].isdigit():
        _replace(element, _MARKS[text.casefold()])
    elif _ORDINAL.fullmatch(text) and _before(element).strip()[-1:].isalnum():
        _replace(element, text)
    elif _POWER.fullmatch(text):
        _replace(element, text.translate(_SUPER))
    elif _before(element)[-1:].isdigit():
        _replace(element, f"^{text}" if text.isalnum() else f"^({text})")
    else:
        _make_plain(element)


def _is_note(element: html.HtmlElement, text: str) -> bool:
    """A mark that leads to a note: it is a link inside the page, is named one, or stands where no power can."""
    links = [element.getparent(), *element.iter("a")]
    if any(link is not None and "#" in (link.get("href") or "") for link in links):
        return _NOTE.fullmatch(text) is not None
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    if _NOTE_CLASS.search(named) or (text.startswith("[") and _NOTE.fullmatch(text)):
        return True
    return bool(re.fullmatch(r"[\d*†‡§¶,\s]+", text)) and not _BASE.search(_before(element))


def _fraction(element: html.HtmlElement, above: str, lower: html.HtmlElement) -> None:
    below = " ".join(lower.text_content().split())
    written = _VULGAR.get(f"{above}⁄{below}")
    if written is None:
        written = f" {above}/{below}" if _before(element)[-1:].isdigit() else f"{above}/{below}"
    element.tail = None
    lower.drop_tree() if not lower.tail else _replace(lower, "")
    _replace(element, written)


def _lower(element: html.HtmlElement) -> None:
    text = "".join(element.text_content().split())
    if text and _before(element)[-1:].isdigit() and re.fullmatch(r"[0-9+\-−=()]+", text):
        _replace(element, text.translate(_SUB))
    else:
        _make_plain(element)


def _quotations(tree: html.HtmlElement) -> None:
    language = (tree.get("lang") or "en")[:2].lower()
    marks = _QUOTES.get(language, _QUOTES["en"])
    for element in list(tree.iter("q")):
        depth = sum(1 for _ in element.iterancestors("q"))
        inner = depth % 2 * 2
        opening, closing = marks[inner], marks[inner + 1]
        element.text = opening + (element.text or "").lstrip()
        last = element[-1] if len(element) else None
        if last is None:
            element.text = element.text.rstrip() + closing
        else:
            last.tail = (last.tail or "").rstrip() + closing
    for element in list(tree.iter("q")):
        _make_plain(element)


def _formula(element: html.HtmlElement) -> str:
    """A formula of MathML on one line; what it cannot write on a line it writes with brackets."""
    children = [child for child in element if isinstance(child.tag, str)]
    parts = [_formula(child) for child in children]
    own = " ".join((element.text or "").split())
    if element.tag in ("annotation", "annotation-xml"):
        return ""
    if element.tag == "semantics":
        return parts[0] if parts else own
    if element.tag == "mfrac" and len(parts) == 2:  # noqa: PLR2004 - above and below the bar
        return "/".join(map(_bracketed, parts))
    if element.tag == "msup" and len(parts) == 2:  # noqa: PLR2004 - base and power
        power = parts[1]
        raised = power.translate(_SUPER) if _POWER.fullmatch(power) else f"^{_bracketed(power)}"
        return parts[0] + raised
    if element.tag == "msqrt":
        return f"√{_bracketed(''.join(parts))}"
    return own + "".join(_spaced(parts))


def _spaced(parts: list[str]) -> Iterator[str]:
    for part in parts:
        yield f" {part} " if part in ("=", "≈", "<", ">", "≤", "≥", "+", "−", "×") else part


def _bracketed(text: str) -> str:
    return text if re.fullmatch(r"[\w.,]+", text) else f"({text})"
