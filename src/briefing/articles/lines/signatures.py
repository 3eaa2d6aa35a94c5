"""By-lines without a "By": a name that stands between a headline and its text, with a day or a job next to it."""

import re
from collections.abc import Sequence

from briefing.articles.lines.line import STANDFIRST_WORDS, Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.lines.line_shape import has_text_below
from briefing.articles.vocabulary.bylines import is_press, signs_house
from briefing.articles.vocabulary.payer_names import Disclosure, is_organised
from briefing.articles.vocabulary.signings import names_alone
from briefing.model.article import Author

#: How far above a by-line its headline may stand: a standfirst, a caption and a day lie between them.
_LOOK_ABOVE = 4
#: In words: what stands under a name, and a job with its house.
_JOB_WORDS, _TITLE_WORDS = 4, 12
#: In characters: several names with their jobs; a paragraph is passed over before it is taken apart.
_LONGEST = 240
#: Among so many lines at the head stands what kind of page it is.
_HEAD = 12
_PROGRAMME = re.compile(
    r"^(?:\w+ )?(?:podcasts?|radio|audio|episodes?|listen|watch|video)\b.{0,30}$", re.IGNORECASE
)
_PRESENTS = re.compile(r"^(?:presented|hosted|narrated|read) by ", re.IGNORECASE)
_BETWEEN = frozenset({LineKind.ADDRESS, LineKind.FURNITURE, LineKind.AGENCY, LineKind.CAPTION})
_ABOVE = frozenset({*_BETWEEN, LineKind.DATE, LineKind.LABEL})


def signatures(page: Sequence[Line]) -> list[Line]:
    """Take for by-lines the names that stand between a headline and a text, where a day or a job proves them."""
    lines = _dated_places(page)
    is_programme = any(_PROGRAMME.match(line.text) for line in lines[:_HEAD])
    for place, line in enumerate(lines):
        presenter = _presenter(line) if is_programme else ()
        if presenter:
            lines[place] = line.taken_for(LineKind.BYLINE, evidence=presenter)
        if line.kind is not LineKind.TEXT or len(line.text) > _LONGEST:
            continue
        if not has_text_below(lines, place):
            continue
        authors = (
            line.facts.authors_with_day
            or line.facts.authors_with_job
            or (line.facts.authors_alone if _dated(lines, place) else ())
        )
        if authors and _under_headline(lines, place) and not _is_place(lines, place, authors):
            lines[place] = line.taken_for(LineKind.BYLINE, evidence=authors)
    return lines


def _dated_places(page: Sequence[Line]) -> list[Line]:
    """The lines, places and papers with a day taken for days, and a house's by-line below a day for none."""
    lines = list(page)
    for place, line in enumerate(lines):
        if _is_written_at(lines, place):
            lines[place] = line.taken_for(LineKind.DATE, evidence=(line.facts.day, None))
        elif (
            place
            and line.glued
            and lines[place - 1].kind is LineKind.DATE
            and signs_house(line.text)
        ):
            lines[place] = line.taken_for(LineKind.FURNITURE, "by-line without a name")
    return lines


def _is_written_at(lines: Sequence[Line], place: int) -> bool:
    """A place or a paper and a day next to the names of those who write: "Ann Lee" / "Harle, 8 February 2026"."""
    line = lines[place]
    if line.kind is not LineKind.TEXT or len(line.text) > _LONGEST or "," not in line.text:
        return False
    around = [lines[at] for at in (place - 1, place + 1) if 0 <= at < len(lines)]
    return any(map(_names, around)) and len(line.facts.authors_with_day) == 1


def _names(line: Line) -> bool:
    if line.kind is LineKind.BYLINE:
        return bool(line.authors)
    return (
        line.kind is LineKind.TEXT and len(line.text) <= _LONGEST and bool(line.facts.authors_alone)
    )


def _is_place(lines: Sequence[Line], place: int, authors: tuple[Author, ...]) -> bool:
    """A name with a comma and a day, of which the text speaks: it is where the text was written."""
    told = " ".join(line.text for line in lines[place + 1 :] if line.is_prose)
    return "," in lines[place].text and len(authors) == 1 and authors[0].name in told


def _presenter(line: Line) -> tuple[Author, ...]:
    """Who presents a programme: on its page a person's name is not the payer's."""
    payer = line.evidence.payer if isinstance(line.evidence, Disclosure) else None
    if line.kind is not LineKind.PAYER or not payer or is_organised(payer):
        return ()
    return names_alone(payer) if _PRESENTS.match(line.text) else ()


def _dated(lines: Sequence[Line], place: int) -> bool:
    """A line of dates stands above or below, with nothing but addresses and buttons between."""
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(lines) and _lies_between(lines[at]):
            at += step
        if 0 <= at < len(lines) and lines[at].kind is LineKind.DATE:
            return True
    return False


def _lies_between(line: Line) -> bool:
    """An address, a button, a picture's credit, or a job or house in a few words glued to the name."""
    if line.kind in _BETWEEN:
        return True
    if line.kind is not LineKind.TEXT or not line.glued or line.words > _TITLE_WORDS:
        return False
    return not line.is_prose and (line.words <= _JOB_WORDS or is_press(line.text))


def _under_headline(lines: Sequence[Line], place: int) -> bool:
    for above in range(place - 1, max(-1, place - 1 - _LOOK_ABOVE), -1):
        line = lines[above]
        if line.is_headline:
            return True
        if line.kind not in _ABOVE and (
            line.kind is not LineKind.TEXT or line.words > STANDFIRST_WORDS
        ):
            return False
    return False
