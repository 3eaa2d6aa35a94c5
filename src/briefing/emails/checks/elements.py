"""The elements of a page: their texts, their shapes, and which shapes a selector matches."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml.cssselect import CSSSelector

from briefing.emails.shapes import Shapes

#: One step of a selector that asks for tag, classes and id, and how it stands to the step before it.
_STEP = re.compile(
    r"\s*(?P<how>>?)\s*(?P<tag>[a-zA-Z][\w-]*)?(?P<marks>(?:[.#][a-zA-Z_-][\w-]*)*)(?=[\s>]|$)"
)
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)")
#: Selectors that tell apart elements of one shape: by what stands next to them, or in them.
_ASKS_MORE = re.compile(r"[+~]|:(?!root|hover|visited|active|link|focus)")
#: What styles and the attributes of old HTML set on an element, `hidden` among them.
_TOLD_BY = ("class", "id", "style", "bgcolor", "color", "hidden")
#: Padding behind the preheader: joiners and spaces that nobody sees.
_UNSEEN = re.compile("[\\s\u00ad\u034f\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of text that readers see, and the element it stands in."""

    text: str
    element: Any


@dataclass(frozen=True, slots=True)
class _Step:
    """What an element must be, and whether the next step outwards must be its parent."""

    tag: str
    classes: frozenset[str]
    id: str
    is_child: bool

    def fits(self, shape: Any) -> bool:
        """Whether the shape is what the step asks for."""
        return (
            (not self.tag or shape.tag == self.tag)
            and (not self.id or shape.get("id") == self.id)
            and self.classes <= _classes(shape)
        )


class Elements:
    """The shapes of a page, as a small page of their own."""

    def __init__(self, shapes: Mapping[int, Any]) -> None:
        """Take each shape by its number, those around others first."""
        self._numbers = {shape: number for number, shape in shapes.items()}
        self._attributes = {name for shape in self._numbers for name in shape.attrib}
        self._by_class: defaultdict[str, list[Any]] = defaultdict(list)
        self._by_tag: defaultdict[str, list[Any]] = defaultdict(list)
        for shape in self._numbers:
            self._by_tag[shape.tag].append(shape)
            for name in _classes(shape):
                self._by_class[name].append(shape)

    def select(self, selector: str) -> list[int]:
        """The shapes a selector matches; none for what lxml cannot select: a pseudo-element, for one."""
        steps = _steps(selector.strip())
        if steps:
            found = [one for one in self._like(steps[0]) if _fits(one, steps)]
        elif ":" in selector or self._attributes.issuperset(_ATTRIBUTE.findall(selector)):
            xpath = _xpath(selector)
            found = xpath(next(iter(self._numbers))) if xpath else []
        else:
            found = []
        return [self._numbers[one] for one in found]

    def _like(self, step: _Step) -> Iterable[Any]:
        """The fewest shapes among which all stand that fit."""
        if step.classes:
            return min((self._by_class[name] for name in step.classes), key=len)
        return self._by_tag[step.tag] if step.tag else self._numbers


def shapes_for(selectors: Iterable[str]) -> Shapes | None:
    """Shapes that tell elements apart wherever these selectors do; None where no shapes can."""
    asked = list(selectors)
    if any(map(_ASKS_MORE.search, asked)):
        return None
    named = {name for one in asked for name in _ATTRIBUTE.findall(one)}
    told_by = dict.fromkeys((*_TOLD_BY, *sorted(named)))
    return Shapes(tuple(told_by), carries=sorted({"href"} - named))


def texts_of(page: Any) -> tuple[TextRun, ...]:
    """Every text of the body with something to see in it, whatever hides it."""
    body = page.find("body")
    return tuple(_texts(body)) if body is not None else ()


def seen(text: str) -> bool:
    """Whether anything of a text can be seen."""
    return text.strip()[:1].isalnum() or bool(_UNSEEN.sub("", text))


def _texts(body: Any) -> Iterator[TextRun]:
    """Every text with the element it stands in; one behind an element, or a comment, stands around that."""
    for text in body.xpath(".//text()"):
        if seen(text):
            beside = text.getparent()
            yield TextRun(str(text), beside if text.is_text else beside.getparent())


def _classes(shape: Any) -> frozenset[str]:
    return _parted(shape.get("class") or "")


@lru_cache(maxsize=512)
def _parted(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _fits(shape: Any, steps: Sequence[_Step]) -> bool:
    """Whether a shape, and what stands around it, are as the steps ask from the inside out."""
    if not steps[0].fits(shape):
        return False
    if len(steps) == 1:
        return True
    around = [shape.getparent()] if steps[0].is_child else shape.iterancestors()
    return any(one is not None and _fits(one, steps[1:]) for one in around)


# A design's selectors are the same in every letter.
@lru_cache(maxsize=1024)
def _steps(selector: str) -> tuple[_Step, ...]:
    """The steps of a selector from the inside out; empty for one that asks for more."""
    steps: list[_Step] = []
    at = 0
    while at < len(selector):
        found = _STEP.match(selector, at)
        if found is None or not (found["tag"] or found["marks"]):
            return ()
        steps.insert(0, _step(found))
        at = found.end()
    return tuple(steps)


def _step(found: re.Match[str]) -> _Step:
    marks = re.findall(r"[.#][^.#]+", found["marks"])
    return _Step(
        tag=(found["tag"] or "").lower(),
        classes=frozenset(mark[1:] for mark in marks if mark[0] == "."),
        id=next((mark[1:] for mark in marks if mark[0] == "#"), ""),
        is_child=bool(found["how"]),
    )


@lru_cache(maxsize=1024)
def _xpath(selector: str) -> CSSSelector | None:
    try:
        return CSSSelector(selector, translator="html")
    except (SyntaxError, RuntimeError):
        return None
