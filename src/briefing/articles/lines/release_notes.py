"""Notes to editors: what a press office writes under its text, from the first sign of it on."""

import re
from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.vocabulary.credits import is_phone
from briefing.articles.vocabulary.releases import (
    ends_release,
    imprint,
    opens_about,
    opens_contact,
    opens_investors,
    opens_notes,
)

#: Lines under "Media contact" among which a number or an address stands.
_NEAR = 8
#: What begins another piece, or says who paid, is nobody's note.
_OTHERS = frozenset(
    {
        LineKind.RELEASE,
        LineKind.DISCLOSURE,
        LineKind.PAYER,
        LineKind.SLOT,
        LineKind.BUTTON,
        LineKind.LABEL,
    }
)
#: In words; nobody's imprint has more.
_IMPRINT_WORDS = 60
#: How far into the first paragraph the name of its issuer stands: behind a dateline.
_NAMED_BY = 120
_REACHED = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}|\+?\d[\d ()/.-]{6,}\d")


def release_notes(page: Sequence[Line]) -> list[Line]:
    """Give the lines under the text of a press release their kind.

    They begin at "Notes to editors", at a contact for newsrooms that a number or an address follows,
    at what a company tells investors, at "About NAME" where that name begins the text, and at "Ends" or
    another "About" where one of those comes below. They reach to the end of the piece. An imprint is
    a note too, although it begins like a label of paid copy.
    """
    lines = [
        line.taken_for(LineKind.NOTES)
        if line.words <= _IMPRINT_WORDS and imprint(line.text)
        else line
        for line in page
    ]
    ends = _next_places([_begins_another(lines, at) for at in range(len(lines))])
    proofs = _next_places(
        [_proves(lines[at : min(ends[at], at + _NEAR)]) for at in range(len(lines))]
    )
    place, told, first = 0, False, ""
    while place < len(lines):
        if lines[place].is_prose and not told:
            told, first = True, lines[place].text
        end = ends[place]
        if (
            told
            and end > place
            and _opens(lines[place].text, first, proofs[place : place + 2], end)
        ):
            for at in range(place, end):
                lines[at] = lines[at].taken_for(LineKind.NOTES)
            place, told, first = end, False, ""
        else:
            place += 1
    return lines


def _next_places(found: Sequence[bool]) -> list[int]:
    """For each place, the first at or behind it that was found; the number of places where none is."""
    places = [len(found)]
    for at in range(len(found) - 1, -1, -1):
        places.append(at if found[at] else places[-1])
    return places[::-1]


def begins_with(text: str, name: str) -> bool:
    """True where a text names somebody at its beginning, behind no more than a dateline."""
    bare = name.removeprefix("the ").removeprefix("The ").casefold()
    return bool(bare) and bare in text[: _NAMED_BY + len(bare)].casefold()


def is_reached(line: str) -> bool:
    """True for a line with a telephone number or a mail address."""
    return bool(_REACHED.search(line)) or is_phone(line)


def _begins_another(lines: Sequence[Line], place: int) -> bool:
    """Another piece begins here: with its label, or with a headline that somebody signs."""
    line = lines[place]
    below = lines[place + 1 : place + 3]
    # A standfirst may stand between the two, another headline may not.
    signs = (
        below[1:]
        if below and below[0].kind is LineKind.TEXT and not below[0].is_headline
        else below[:1]
    )
    signed = any(one.kind is LineKind.BYLINE for one in signs)
    return line.kind in _OTHERS or (line.is_headline and signed)


def _opens(line: str, told: str, proofs: Sequence[int], end: int) -> bool:
    """True where the notes of a release begin.

    Args:
        line: that may be their first.
        told: the first paragraph of the release.
        proofs: where they are proved next, from this line on and from the next one on.
        end: where the piece ends.
    """
    here, below = proofs
    if here < below:
        return True
    about = opens_about(line)
    if about and begins_with(told, about):
        return True
    return bool(ends_release(line) or about) and below < end


def _proves(rest: Sequence[Line]) -> bool:
    """Notes or a contact begin here, and nobody else would write them."""
    if not rest:
        return False
    first = rest[0].text
    if opens_notes(first) or opens_investors(first):
        return True
    return opens_contact(first) and any(is_reached(line.text) for line in rest)
