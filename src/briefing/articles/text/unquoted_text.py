"""Whose voice a piece speaks in, once everything that is quoted is taken out."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

#: All double quotation marks count as one kind: pages open with one and close with another.
_DOUBLE = str.maketrans(dict.fromkeys("“”„«»", '"'))
#: Single quotes only where they cannot be apostrophes or a term set apart.
_SINGLE = re.compile(
    r"(?:(?<=[\s(])|^)[‘'](?=\w)(?:[^‘’'\n]|[’'](?=\w)){15,800}(?<=[.,!?…])[’'](?!\w)"
)
_CAP = r"[A-ZÀ-Þ][\w&’'.-]{0,30}"
_ORGANISATION = rf"(?:the )?(?P<name>{_CAP}(?: (?:(?:of|for|and|the|&) ){{0,2}}{_CAP}){{0,7}})"
_HOUSE = (
    r"(?:department|ministry|company|firm|business|organisation|charity|bank|agency|council|"
    r"university|office|group|"
    r"authority|association|union|brand|start-up|practice|college|school|trust|team)"
)
#: Where the text names the house that speaks, best first.
_SELF = (
    re.compile(rf"\b(?:[Mm]y|[Oo]ur) {_HOUSE}, {_ORGANISATION}"),
    re.compile(rf"\b(?:[Hh]ere at|[Aa]t|[Hh]ere in) {_ORGANISATION},? (?:we|our)\b"),
    re.compile(rf"\b[Ww]e at {_ORGANISATION}"),
    re.compile(rf"\b[Ww]e,? {_ORGANISATION}, (?:are|have|believe|offer|work)"),
    re.compile(rf"\b{_ORGANISATION},? (?:where|for which) (?:I|we) (?:work|lead|run)"),
    re.compile(rf"\b[Aa]s (?:the )?[\w ]{{3,40}} (?:of|at) {_ORGANISATION}, (?:I|we)\b"),
)
_NAME = re.compile(rf"(?<=[\w,;:] )({_CAP}(?: {_CAP}){{0,3}})")
_COMMON = frozenset(
    "I UK Britain British London England Scotland Wales Europe European EU US America American "
    "China India Germany "
    "France Ireland Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February "
    "March April May June "
    "July August September October November December Government Parliament Westminster Whitehall "
    "Brexit Covid "
    "Christmas English Northern Manchester Birmingham Leeds Northern-Ireland Asia Africa Africa "
    "Japan Britain’s "
    "Minister Ministers Labour Conservative Conservatives Tory Tories Treasury Brussels Commons Lords".split()
)
_RECURS = 3
_WORD = re.compile(r"[^\W\d_]+")
#: One capital in so many words, and they are those of nouns and of courtesy, as in German, and not of names;
#: fewer words do not tell.
_CAPITALS, _TELLING = 4, 25


def own_words(paragraphs: Sequence[str]) -> str:
    """The text without its quotations, also those that reopen each paragraph and close only once.

    A quotation that is not closed reaches to the end of its paragraph only where it is one for
    certain: it opens the paragraph, or the next paragraph opens with a quotation mark again.
    """
    folded = [text.translate(_DOUBLE) for text in paragraphs]
    reopened = [text.startswith('"') for text in folded]
    kept = []
    for place, text in enumerate(folded):
        parts = text.split('"')
        if len(parts) % 2 == 0:
            last = parts.pop()
            goes_on = place + 1 < len(folded) and reopened[place + 1]
            if not (goes_on or (reopened[place] and len(parts) == 1)):
                parts.append("")
                parts.append(last)
        kept.append(_SINGLE.sub(" ", " ".join(parts[::2])))
    return "\n".join(kept)


@lru_cache(maxsize=16)
def speaker(text: str) -> str | None:
    """The house a text speaks for, when it says "my department, the …" or the like."""
    for pattern in _SELF:
        match = pattern.search(text)
        if match:
            return re.sub(r"[’']s?$", "", match["name"]).strip(" .,")
    return None


def most_named(text: str) -> str | None:
    """The name a text keeps coming back to, the best guess at a praised house; none where nouns have capitals."""
    words = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    if len(words) >= _TELLING and _CAPITALS * capitals > len(words):
        return None
    names = (
        match.removesuffix("’s").removesuffix("'s").strip(".") for match in _NAME.findall(text)
    )
    counts = Counter(name for name in names if name.split()[0] not in _COMMON)
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] >= _RECURS else None
