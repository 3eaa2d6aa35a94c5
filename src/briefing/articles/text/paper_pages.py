"""Heads and feet of printed pages in the text of a PDF, whose pages a form feed parts."""

import re
from collections import Counter
from collections.abc import Sequence

_FIGURES = re.compile(r"\d+")
#: The number of a page, set apart behind its running head or before it.
_NUMBERED = re.compile(r"\s{2,}\d{1,4}$|^\d{1,4}\s{2,}")
_ALONE = re.compile(r"^\W*\d{1,4}\W*$")
_OPEN = re.compile(r"[^.!?:;…”\"»)\]]$")
#: In characters; a longer line is the text's.
_LONGEST = 120


def without_paper_heads(text: str) -> str:
    """The text without the running heads of its second and later pages, and without page numbers.

    A head is the first line of several pages, whatever figures it has; the first page keeps its own, which names
    the paper and the day. A sentence that ran over the end of a page is one again.
    """
    pages = [page.strip("\n").split("\n") for page in text.split("\f") if page.strip()]
    if len(pages) <= 1:
        return text.replace("\f", "\n")
    heads, feet = _repeated([page[0] for page in pages]), _repeated([page[-1] for page in pages])
    kept: list[str] = []
    for at, page in enumerate(pages):
        lines = page[1:] if at and _shape(page[0]) in heads else page
        if lines and (_ALONE.match(lines[-1]) or _shape(lines[-1]) in feet):
            lines = lines[:-1]
        if at == 0 and lines and _shape(page[0]) in heads:
            lines = [_NUMBERED.sub("", lines[0].strip()), *lines[1:]]
        _join(kept, lines)
    return "\n".join(kept)


def _repeated(lines: Sequence[str]) -> frozenset[str]:
    shapes = Counter(_shape(line) for line in lines if 0 < len(line.strip()) <= _LONGEST)
    return frozenset(shape for shape, count in shapes.items() if count > 1)


def _shape(line: str) -> str:
    return " ".join(_FIGURES.sub("#", line).split())


def _join(kept: list[str], lines: Sequence[str]) -> None:
    """Add a page; its first line goes on behind an open sentence."""
    rest = list(lines)
    while rest and not rest[0].strip():
        rest.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    goes_on = kept and rest and _OPEN.search(kept[-1].rstrip()) and rest[0].lstrip()[:1].islower()
    kept += rest if goes_on or not kept else ["", *rest]
