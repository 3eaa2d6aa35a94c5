"""The style sheets of a page, read by cssutils: which rules hold when, and what they say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from briefing.emails.checks.colour import Colour
from briefing.emails.stylesheet import ONE_AT_A_TIME, silenced

_COLOURED = ("color", "background-color")


@dataclass(frozen=True, slots=True)
class Said:
    """One declaration: its value, whether it is `!important`, and its colour if it has one."""

    value: str
    important: bool
    colour: Colour | None = None


Declarations = Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class SheetRule:
    """One selector of a sheet with what it says."""

    selector: str
    specificity: tuple[int, ...]
    #: The condition of the @media rule or <style> around it, in lower case; empty without one.
    media: str
    said: Declarations


# The sheets and attributes of a design are the same in every letter of it: the desk asks the checks
# at each change of an edition, and cssutils takes more time than all else there.
@lru_cache(maxsize=64)
def sheet(text: str, media: str = "") -> tuple[SheetRule, ...]:
    """The rules of one <style> in order; what cssutils cannot read is left out."""
    with ONE_AT_A_TIME:
        return tuple(_rules(_parser().parseString(text), media.lower()))


@lru_cache(maxsize=4096)
def attribute(text: str) -> Declarations:
    """What a `style` attribute says."""
    with ONE_AT_A_TIME:
        return _declarations(_parser().parseStyle(text))


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[tuple[str, str]]:
    """Each property that a `style` attribute sets, with its value in lower case."""
    return frozenset((name, said.value.lower()) for name, said in attribute(text).items())


def colour(text: str) -> Colour | None:
    """The colour that an attribute such as `bgcolor` names."""
    return attribute(f"color:{text.strip()}").get("color", Said("", important=False)).colour


@cache
def _parser() -> Any:
    # An @import is never fetched: a check must not tell anybody that it ran.
    return silenced().CSSParser(validate=False, raiseExceptions=False, fetcher=_nothing)


def _rules(rules: Any, media: str) -> Iterator[SheetRule]:
    for found in rules:
        if found.type == found.STYLE_RULE:
            said = _declarations(found.style)
            for selector in found.selectorList:
                yield SheetRule(selector.selectorText, tuple(selector.specificity), media, said)
        elif found.type == found.MEDIA_RULE:
            inner = found.media.mediaText.lower()
            yield from _rules(found, f"{media} and {inner}" if media else inner)


def _nothing(_: str) -> tuple[None, bytes]:
    return None, b""


def _declarations(style: Any) -> Declarations:
    """Later ones win, but never over an `!important` one; `background` is a colour for us."""
    said: dict[str, Said] = {}
    for found in style.getProperties(all=True):
        name = found.name.lower()
        colour = None
        if name == "background":
            name = "background-color"
            said.setdefault("background", Said(found.value, bool(found.priority)))
        if name in _COLOURED:
            colour = _colour(found.propertyValue)
        important = bool(found.priority)
        if name not in said or important or not said[name].important:
            said[name] = Said(found.value, important, colour)
    return MappingProxyType(said)


def _colour(value: Any) -> Colour | None:
    for part in value:
        if part.type == "COLOR_VALUE":
            return Colour(part.red, part.green, part.blue, part.alpha)
    return None
