"""What a page looks like to a reader: the cascade of its styles, in light or in dark."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml.cssselect import CSSSelector

from briefing.emails.checks import css
from briefing.emails.checks.colour import BLACK, WHITE, Colour
from briefing.emails.checks.css import Said, SheetRule

#: Padding behind the preheader: joiners and spaces that nobody sees.
_UNSEEN = re.compile("[\\s\u00ad\u034f\u200b-\u200f\u2060\ufeff]+")
_SIZE = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|%)?$")
_HEADINGS = {"h1": 32.0, "h2": 24.0, "h3": 18.72, "h4": 16.0, "h5": 13.28, "h6": 10.72}
_BOLD = {"b", "strong", "th", *_HEADINGS}
_BOLD_FROM = 700
_SILENT = {"head", "script", "style", "title", "template"}
_ROOT_SIZE = 16.0
#: What Chromium 156 paints where a page names no colour, for links, texts and the ground.
_LIGHT = (Colour(0, 0, 238), BLACK, WHITE)
_DARK = (Colour(158, 158, 255), WHITE, Colour(18, 18, 18))

Rank = tuple[bool, bool, tuple[int, ...], int]


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of text that readers see, and the element it stands in."""

    text: str
    element: Any


def holds(media: str, *, dark: bool) -> bool:
    """Whether the rules under a condition hold on a wide screen, in that colour scheme."""
    if "prefers-color-scheme" in media:
        return dark == ("dark" in media)
    return "max-width" not in media and "print" not in media


class Cascade:
    """The cascaded styles of every element of a page."""

    def __init__(self, page: Any, rules: tuple[SheetRule, ...], *, dark: bool) -> None:
        self._page = page
        self._link, self._text, self._canvas = _DARK if dark else _LIGHT
        self._said: dict[Any, dict[str, tuple[Rank, Said]]] = {}
        self._sizes: dict[Any, float] = {}
        for order, rule in enumerate(rules):
            if holds(rule.media, dark=dark):
                self._apply(rule, order)
        for element in page.iter():
            if isinstance(element.tag, str) and element.get("style"):
                for name, said in css.attribute(element.get("style")).items():
                    self._note(element, name, (said.important, True, (), 0), said)

    def value(self, element: Any, name: str) -> str:
        """What holds for the element itself, in lower case; empty when nothing is said."""
        found = self._said.get(element, {}).get(name)
        return found[1].value.lower() if found else ""

    def size(self, element: Any) -> float:
        """The size of its text in CSS pixels."""
        if element not in self._sizes:
            self._sizes[element] = self._size(element)
        return self._sizes[element]

    def is_bold(self, element: Any) -> bool:
        """Whether its text is bold."""
        for one in (element, *element.iterancestors()):
            weight = self.value(one, "font-weight")
            if weight:
                return weight in ("bold", "bolder") or (
                    weight.isdigit() and int(weight) >= _BOLD_FROM
                )
            if one.tag in _BOLD:
                return True
        return False

    def colour(self, element: Any) -> Colour:
        """The colour of its text, before its ground shines through."""
        for one in (element, *element.iterancestors()):
            found = self._said.get(one, {}).get("color")
            if found and found[1].colour:
                return found[1].colour
            if one.tag == "font" and (named := css.colour(one.get("color", ""))):
                return named
            if one.tag == "a" and one.get("href"):
                return self._link
        return self._text

    def ground(self, element: Any) -> Colour:
        """What is seen behind its text: the grounds of its ancestors, laid over each other."""
        layers = []
        for one in (element, *element.iterancestors()):
            own = self._own_ground(one)
            if own is not None and own.alpha > 0:
                layers.append(own)
                if own.alpha >= 1:
                    break
        seen = self._canvas
        for layer in reversed(layers):
            seen = layer.over(seen)
        return seen

    def runs(self) -> tuple[TextRun, ...]:
        """Every piece of text that readers see, in order."""
        found = []
        for text in self._page.xpath("/html/body//text()"):
            parent = text.getparent()
            element = parent.getparent() if text.is_tail else parent
            if seen(text) and not self._is_off(element):
                found.append(TextRun(str(text), element))
        return tuple(found)

    def is_hidden(self, element: Any) -> bool:
        """Whether the element is taken off the page, with all that is in it."""
        return (
            self.value(element, "display") == "none"
            or self.value(element, "visibility") == "hidden"
            or element.get("hidden") is not None
        )

    def _size(self, element: Any) -> float:
        parent = element.getparent()
        around = self.size(parent) if parent is not None else _ROOT_SIZE
        found = _SIZE.match(self.value(element, "font-size"))
        if not found:
            return _HEADINGS.get(str(element.tag), around)
        number, unit = float(found[1]), found[2] or "px"
        factors = {"px": 1.0, "pt": 4 / 3, "em": around, "%": around / 100, "rem": _ROOT_SIZE}
        return number * factors[unit]

    def _own_ground(self, element: Any) -> Colour | None:
        found = self._said.get(element, {}).get("background-color")
        if found:
            return found[1].colour
        named = element.get("bgcolor")
        return css.colour(named) if named else None

    def _is_off(self, element: Any) -> bool:
        return any(
            one.tag in _SILENT or self.is_hidden(one) for one in (element, *element.iterancestors())
        )

    def _apply(self, rule: SheetRule, order: int) -> None:
        try:
            matched = _selector(rule.selector)(self._page)
        # What lxml cannot select (a pseudo-element, a client's own syntax) styles no text here.
        except (SyntaxError, RuntimeError):
            return
        for element in matched:
            for name, said in rule.said.items():
                self._note(element, name, (said.important, False, rule.specificity, order), said)

    def _note(self, element: Any, name: str, rank: Rank, said: Said) -> None:
        kept = self._said.setdefault(element, {})
        if name not in kept or kept[name][0] <= rank:
            kept[name] = rank, said


# A design's selectors are the same in every letter.
@lru_cache(maxsize=1024)
def _selector(text: str) -> CSSSelector:
    return CSSSelector(text, translator="html")


def seen(text: str) -> bool:
    """Whether anything of a text can be seen."""
    return bool(_UNSEEN.sub("", text))
