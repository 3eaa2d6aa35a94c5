"""The shapes of pages: a letter repeats a few kinds of elements many times, and each looks the same."""

import re
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any

from lxml import etree

_MAKER = etree.HTMLParser()
#: Characters that lxml reads in an attribute and does not write (XML 1.0, section 2.2).
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: The parser of HTML takes `a<a` for a name; no selector asks for it.
_UNNAMEABLE = re.compile(r"[^\w:.-]")
#: So many are kept; a design has a few hundred.
_MOST = 20_000


class Shapes:
    """Every shape that pages of one design had so far, by number.

    Two elements have one shape when they, and all around them, have the same tag and the same attributes of
    those named: no selector can tell them apart that asks only what an element is and what it stands in.
    """

    def __init__(self, told_by: Sequence[str], *, carries: Sequence[str] = ()) -> None:
        """Begin without any.

        Args:
            told_by: attributes that tell elements apart by their values; shapes carry them.
            carries: attributes that tell them apart by being there; shapes carry them empty.
        """
        self._told_by, self._carries = tuple(told_by), tuple(carries)
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._lock = Lock()

    @property
    def is_full(self) -> bool:
        """More shapes than any design has; begin with none."""
        return len(self._numbers) > _MOST

    def of(self, page: Any) -> dict[Any, int]:
        """The shape of every element of a page, in order."""
        found: dict[Any, int] = {}
        told_by, carries, numbers = self._told_by, self._carries, self._numbers
        with self._lock:
            for element in page.iter(etree.Element):
                get = element.get
                said = [*map(get, told_by)]
                if carries:
                    said += ["" if get(name) is not None else None for name in carries]
                key = (found.get(element.getparent(), -1), element.tag, *said)
                found[element] = numbers.setdefault(key, len(numbers))
        return found

    def tree(self, numbers: Iterable[int]) -> dict[int, Any]:
        """A small page that has each of these shapes once.

        Args:
            numbers: the shapes of a whole page, in its order.
        """
        keys = list(self._numbers)
        names = (*self._told_by, *self._carries)
        made: dict[int, Any] = {}
        for number in dict.fromkeys(numbers):
            around, tag, *said = keys[number]
            given = {
                name: _UNWRITABLE.sub("", value)
                for name, value in zip(names, said, strict=True)
                if value is not None
            }
            # Made as the parser of HTML makes them: `o:p` is a name there.
            name = _UNNAMEABLE.sub("", tag)
            shape = etree.SubElement(made[around], name, given) if made else None
            made[number] = _MAKER.makeelement(name, given) if shape is None else shape
        return made
