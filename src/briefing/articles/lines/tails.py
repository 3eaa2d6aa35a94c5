"""The tail of a page: what the site prints below the last text, without a word that tells it apart."""

import re
from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.vocabulary.boilerplate import WHY_IT_CAME
from briefing.articles.vocabulary.releases import ends_release
from briefing.articles.vocabulary.signings import names_alone

_REASON = "below the text"
_TAIL_WORDS, _TAIL_LINES = 14, 2
#: A list and a table are part of what they stand under.
_KEPT = re.compile(r"^[•·▪●◦*–-]\s|\d")
#: After these nothing but the site's own lines stands in a piece.
_ENDINGS = frozenset({LineKind.BYLINE, LineKind.BIOGRAPHY, LineKind.CREDIT})
#: Below these a letter says where its house is.
_LEFT = frozenset({WHY_IT_CAME})
#: "With Continental Wire": whose report helped.
_WITH = re.compile(
    r"^(?:With|Avec|Mit|Con|Com|Met|Med) [A-ZÀ-Þ][\w’'.-]*(?:(?: and|,|/)? [A-ZÀ-Þ][\w’'.-]*){0,5}$"
)
_SIGN = re.compile(r"^(?:\(|[–—-]{1,2} ?)|\)$")
#: Where else a house is found.
_PLATFORM = re.compile(
    r"\b(?:WhatsApp|Facebook|Instagram|Telegram|Twitter|TikTok|YouTube|LinkedIn|Bluesky|Mastodon|Threads|"
    r"Spotify|Apple Podcasts|Google News|Substack)\b"
)
#: "Juno Marsh, Wexcombe": whoever wrote a letter. Several of them show a page of letters.
_SENDER = re.compile(
    r"^[A-ZÀ-Þ][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*){1,4}(?: \([\w ]{2,12}\))?, "
    r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2}$"
)
#: A sentence has so many words, and a full stop.
_FEWEST = 3
#: What is to be rung, without a sentence around it.
_PHONE = re.compile(
    r"(?<!\d)(?:\+\d{1,3}[ -]\d[\d ()-]{6,14}|0\d{2,4}[ /-]?\d{3,4}[ -]?\d{3,5}|\(\d{3}\) ?\d{3}-\d{4})$"
)
#: So many paragraphs show that the page has a text which is over.
_PARAGRAPHS = 2


def names_platform(text: str) -> bool:
    """True for a line that names where else a house is found."""
    return _PLATFORM.search(text) is not None


def tails(page: Sequence[Line]) -> list[Line]:
    """Take short lines without a full stop for the site's, where they end the page and are more than a name.

    Below a by-line or a biography at the foot a short sentence is the house's too.
    """
    lines = list(page)
    prose = _sentences(lines)
    if len(prose) < _PARAGRAPHS or sum(_SENDER.match(line.text) is not None for line in lines) > 1:
        return lines
    ended, below = False, range(prose[-1] + 1, len(lines))
    listed = lines[prose[-1]].text.endswith(":") or not _are_sites(lines[prose[-1] + 1 :])
    for place in below:
        line = lines[place]
        if place == prose[-1] + 1 and _signs(line):
            continue
        if line.kind is LineKind.TEXT and _WITH.match(line.text):
            lines[place] = line.taken_for(LineKind.FURNITURE, _REASON)
            continue
        if (
            line.kind is LineKind.TEXT
            and not line.is_prose
            and not line.glued
            and _PHONE.search(line.text)
        ):
            lines[place] = line.taken_for(LineKind.PHONE)
            continue
        ended = ended or line.kind in _ENDINGS or line.reason in _LEFT or ends_release(line.text)
        if line.kind is LineKind.TEXT and (ended or (not listed and _is_short(line))):
            lines[place] = line.taken_for(LineKind.FURNITURE, _REASON)
    return lines


def _sentences(lines: Sequence[Line]) -> list[int]:
    """Where a text stands; below its end only a paragraph is one."""
    found, ended = list[int](), False
    for place, line in enumerate(lines):
        ended = line.kind in _ENDINGS or (ended and not line.is_prose)
        is_short = line.kind is LineKind.TEXT and line.words >= _FEWEST and not line.is_headline
        if line.is_prose or (is_short and not ended):
            found.append(place)
    return found


def _are_sites(below: Sequence[Line]) -> bool:
    """Two lines or more, of which one is a phrase of the site: names alone are a signature."""
    texts = [line for line in below if line.kind in (LineKind.TEXT, LineKind.FURNITURE)]
    if len(texts) == 1 and _PLATFORM.search(texts[0].text) and _is_short(texts[0]):
        return True
    if len(texts) < _TAIL_LINES or not all(
        line.kind is LineKind.FURNITURE or _is_short(line) for line in texts
    ):
        return False
    return any(line.kind is LineKind.FURNITURE or not _is_name(line.text) for line in texts)


def _signs(line: Line) -> bool:
    """A name behind a dash or in brackets right below the text: it signs what is above."""
    bare = _SIGN.sub("", line.text)
    return line.kind is LineKind.TEXT and bare != line.text and bool(names_alone(bare))


def _is_short(line: Line) -> bool:
    if line.words > _TAIL_WORDS or _KEPT.search(line.text):
        return False
    return line.is_headline or line.words == 1


def _is_name(text: str) -> bool:
    return not any(word[:1].islower() for word in text.split())
