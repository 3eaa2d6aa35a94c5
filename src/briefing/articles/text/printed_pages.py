"""What a browser prints at the head and the foot of each page: the day, the title, the address, "1/3"."""

import re

_STAMP = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+(?:à\s+|um\s+|kl\.?\s+)?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s?[APap]\.?[Mm]\.?)?"
)
_ADDRESS = re.compile(r"(?:https?|file)://\S+|about:\S+")
#: "1/3", "Page 1 of 3", "2 von 2", "Seite 2/2".
_COUNT = re.compile(
    r"(?<![\w/])(?:[^\W\d_]{3,8}\.?\s)?(?P<page>\d{1,3})\s?(?:/|\s[^\W\d_]{1,3}\s)\s?(?P<all>\d{1,3})(?![\w/])"
)
_OPEN = re.compile(r"[^.!?:;…”\"»)\]]$")


def without_running_heads(text: str) -> str:
    """The text of a printed page without them; the address, where they hold one, goes to its top.

    They are known by their parts alone, and by a count of pages that adds up; any other text is left as it is.
    """
    if not (_STAMP.search(text) or _ADDRESS.search(text)):
        return text
    lines = text.replace("\f", "\n").split("\n")
    parts = [_Printed(line) if len(line) < _LONGEST else None for line in lines]
    feet = [one for one in parts if one and one.count and one.is_bare]
    if not feet or not _adds_up(feet):
        return text
    titles = [one.rest for one in parts if one and one.is_titled]
    total = feet[0].count[1] if feet[0].count else 0
    wanted = 2 if total > 1 else 1
    printed = [
        bool(one and (one.is_bare or (one.is_titled and titles.count(one.rest) >= wanted)))
        for one in parts
    ]
    address = next((one.address for one in parts if one and one.address), "")
    head = [address, ""] if address.startswith("http") else []
    return "\n".join([*head, *_closed_up(lines, printed)])


_LONGEST = 400


class _Printed:
    """A line as a browser may have printed it."""

    def __init__(self, line: str) -> None:
        stamp, address = _STAMP.search(line), _ADDRESS.search(line)
        self.address = address[0] if address else ""
        bare = _ADDRESS.sub("\t", _STAMP.sub("\t", line))
        count = _COUNT.search(bare)
        at_end = count and (not bare[: count.start()].strip() or not bare[count.end() :].strip())
        self.count = (int(count["page"]), int(count["all"])) if count and at_end else None
        self.rest = " ".join((_COUNT.sub(" ", bare) if self.count else bare).split())
        #: All of it is day, address and number, and at least two of them.
        self.is_bare = not self.rest and sum(map(bool, (stamp, address, self.count))) > 1
        #: A title with a day or an address at one of its ends.
        ends = line.strip()
        edges = [found for found in (stamp, address) if found]
        self.is_titled = bool(self.rest) and any(
            ends.startswith(found[0]) or ends.endswith(found[0]) for found in edges
        )


def _adds_up(feet: list[_Printed]) -> bool:
    """The pages are counted from the first, of one number in all."""
    counts = [one.count for one in feet if one.count]
    return {pages for _, pages in counts} == {len(counts)} and [page for page, _ in counts] == list(
        range(1, len(counts) + 1)
    )


def _closed_up(lines: list[str], printed: list[bool]) -> list[str]:
    """The other lines; a sentence that ran over the end of a page is one again."""
    kept: list[str] = []
    is_cut = False
    for line, gone in zip(lines, printed, strict=True):
        if gone:
            is_cut = True
            continue
        if is_cut and line.strip():
            while kept and not kept[-1].strip():
                kept.pop()
            goes_on = kept and _OPEN.search(kept[-1].rstrip()) and line.lstrip()[:1].islower()
            if goes_on:
                kept[-1] = f"{kept[-1].rstrip()} {line.lstrip()}"
            else:
                kept += ["", line]
            is_cut = False
            continue
        kept.append(line)
    return kept
