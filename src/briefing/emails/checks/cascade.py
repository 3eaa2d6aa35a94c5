"""What a page looks like to a reader: the cascade of its styles, in light or in dark."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from briefing.emails.checks import css
from briefing.emails.checks.colour import BLACK, WHITE, Colour
from briefing.emails.checks.css import Said, SheetRule
from briefing.emails.checks.elements import Elements, TextRun, shapes_for

_SIZE = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|%)?$")
_HEADINGS = {"h1": 32.0, "h2": 24.0, "h3": 18.72, "h4": 16.0, "h5": 13.28, "h6": 10.72}
_BOLD = {"b", "strong", "th", *_HEADINGS}
_BOLD_FROM = 700
_SILENT = {"head", "script", "style", "title", "template"}
_ROOT_SIZE = 16.0
#: What Chromium 156 paints where a page names no colour, for links, texts and the ground.
_LIGHT = (Colour(0, 0, 238), BLACK, WHITE)
_DARK = (Colour(158, 158, 255), WHITE, Colour(18, 18, 18))

Rank = tuple[bool, tuple[int, ...], int]
#: What sheets say of one shape: the heaviest word on each property.
_Sheet = dict[str, tuple[Rank, Said]]


@dataclass(frozen=True, slots=True)
class _Look:
    """How a shape looks: what it hands on to those within it, and what is said of itself."""

    colour: Colour
    ground: Colour
    #: CSS pixels.
    size: float
    is_bold: bool
    is_off: bool
    said: Mapping[str, Said]


class Cascade:
    """The cascaded styles of every element of a page."""

    def __init__(
        self, shape_of: Mapping[Any, int], looks: Mapping[int, _Look], texts: Sequence[TextRun]
    ) -> None:
        self._shape_of, self._looks, self._texts = shape_of, looks, texts

    def value(self, element: Any, name: str) -> str:
        """What holds for the element itself, in lower case; empty when nothing is said."""
        found = self._look(element).said.get(name)
        return found.value.lower() if found else ""

    def size(self, element: Any) -> float:
        """The size of its text in CSS pixels."""
        return self._look(element).size

    def is_bold(self, element: Any) -> bool:
        """Whether its text is bold."""
        return self._look(element).is_bold

    def colour(self, element: Any) -> Colour:
        """The colour of its text, before its ground shines through."""
        return self._look(element).colour

    def ground(self, element: Any) -> Colour:
        """What is seen behind its text: the grounds of its ancestors, laid over each other."""
        return self._look(element).ground

    def runs(self) -> tuple[TextRun, ...]:
        """Every piece of text that readers see, in order."""
        return tuple(run for run in self._texts if not self._look(run.element).is_off)

    def alike(self, runs: Iterable[TextRun]) -> list[list[TextRun]]:
        """Texts by how they look, in the order of the first of each."""
        found: dict[int, list[TextRun]] = {}
        for run in runs:
            found.setdefault(self._shape_of[run.element], []).append(run)
        return list(found.values())

    def _look(self, element: Any) -> _Look:
        return self._looks[self._shape_of[element]]


class Looks:
    """How pages of one design look, by the shape of each element; kept from letter to letter."""

    def __init__(self, sheets: Iterable[tuple[str, str]]) -> None:
        """Read style sheets, each with the media that its <style> names."""
        self.rules: tuple[SheetRule, ...] = tuple(
            found for text, media in sheets for found in css.sheet(text, media)
        )
        #: Every property that they set, with each of its values in lower case.
        self.said = frozenset(
            (name, one.value.lower()) for rule in self.rules for name, one in rule.said.items()
        )
        self._shapes = shapes_for(rule.selector for rule in self.rules)
        self._known: dict[bool, dict[int, _Look]] = {False: {}, True: {}}

    @property
    def is_for_one_page(self) -> bool:
        """Selectors ask for more than an element and what it stands in, or no more shapes are kept."""
        return self._shapes is None or self._shapes.is_full

    def shapes_of(self, page: Any) -> dict[Any, int]:
        """The shape of every element of a page."""
        if self._shapes is None:
            return {element: number for number, element in enumerate(page.iter(etree.Element))}
        return self._shapes.of(page)

    def cascade(
        self, shape_of: Mapping[Any, int], texts: Sequence[TextRun], *, dark: bool
    ) -> Cascade:
        """The page in a colour scheme: with the shapes of its elements, and its texts."""
        known = self._known[dark]
        if not known.keys() >= set(shape_of.values()):
            shapes = self._shapes.tree(shape_of.values()) if self._shapes else _turned(shape_of)
            known.update(_looks_of(shapes, self.rules, dark=dark))
        return Cascade(shape_of, known, texts)


@lru_cache(maxsize=16)
def _kept_looks(sheets: tuple[tuple[str, str], ...]) -> Looks:
    return Looks(sheets)


def looks_of(sheets: tuple[tuple[str, str], ...]) -> Looks:
    """How pages with these style sheets look."""
    kept = _kept_looks(sheets)
    return Looks(sheets) if kept.is_for_one_page else kept


def holds(media: str, *, dark: bool) -> bool:
    """Whether the rules under a condition hold on a wide screen, in that colour scheme."""
    if "prefers-color-scheme" in media:
        return dark == ("dark" in media)
    return "max-width" not in media and "print" not in media


def _turned(shape_of: Mapping[Any, int]) -> dict[int, Any]:
    return {number: element for element, number in shape_of.items()}


def _looks_of(
    shapes: Mapping[int, Any], rules: Sequence[SheetRule], *, dark: bool
) -> dict[int, _Look]:
    """How each shape looks; those around others come first."""
    link, text, canvas = _DARK if dark else _LIGHT
    sheets = _sheets(Elements(shapes), rules, dark=dark)
    outside = _Look(text, canvas, _ROOT_SIZE, is_bold=False, is_off=False, said={})
    looks: dict[Any, _Look] = {None: outside}
    for number, shape in shapes.items():
        said = _all_said(shape, sheets.get(number, {}))
        looks[shape] = _look(shape, said, looks[shape.getparent()], link)
    return {number: looks[shape] for number, shape in shapes.items()}


def _sheets(elements: Elements, rules: Sequence[SheetRule], *, dark: bool) -> dict[int, _Sheet]:
    sheets: dict[int, _Sheet] = {}
    for order, rule in enumerate(rules):
        for shape in elements.select(rule.selector) if holds(rule.media, dark=dark) else ():
            kept = sheets.setdefault(shape, {})
            for name, said in rule.said.items():
                rank = (said.important, rule.specificity, order)
                if name not in kept or kept[name][0] <= rank:
                    kept[name] = rank, said
    return sheets


def _all_said(shape: Any, sheet: _Sheet) -> dict[str, Said]:
    """What holds for a shape: its style attribute outdoes the sheets, and `!important` outdoes both."""
    all_said = {name: said for name, (_, said) in sheet.items()}
    style = shape.get("style")
    for name, said in css.attribute(style).items() if style else ():
        if said.important or name not in all_said or not all_said[name].important:
            all_said[name] = said
    return all_said


def _look(shape: Any, said: Mapping[str, Said], around: _Look, link: Colour) -> _Look:
    values = {name: one.value.lower() for name, one in said.items()}
    ground = _own_ground(shape, said)
    is_hidden = (
        values.get("display") == "none"
        or values.get("visibility") == "hidden"
        or shape.get("hidden") is not None
    )
    return _Look(
        colour=_own_colour(shape, said, link) or around.colour,
        ground=ground.over(around.ground) if ground and ground.alpha > 0 else around.ground,
        size=_size(shape, values.get("font-size", ""), around.size),
        is_bold=_is_bold(shape, values.get("font-weight", ""), is_around=around.is_bold),
        is_off=around.is_off or is_hidden or shape.tag in _SILENT,
        said=said,
    )


def _size(shape: Any, said: str, around: float) -> float:
    found = _SIZE.match(said)
    if not found:
        return _HEADINGS.get(shape.tag, around)
    number, unit = float(found[1]), found[2] or "px"
    factors = {"px": 1.0, "pt": 4 / 3, "em": around, "%": around / 100, "rem": _ROOT_SIZE}
    return number * factors[unit]


def _is_bold(shape: Any, weight: str, *, is_around: bool) -> bool:
    if weight:
        return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= _BOLD_FROM)
    return is_around or shape.tag in _BOLD


def _own_colour(shape: Any, said: Mapping[str, Said], link: Colour) -> Colour | None:
    found = said.get("color")
    if found and found.colour:
        return found.colour
    if shape.tag == "font" and (named := css.colour(shape.get("color", ""))):
        return named
    return link if shape.tag == "a" and shape.get("href") is not None else None


def _own_ground(shape: Any, said: Mapping[str, Said]) -> Colour | None:
    found = said.get("background-color")
    if found:
        return found.colour
    named = shape.get("bgcolor")
    return css.colour(named) if named else None
