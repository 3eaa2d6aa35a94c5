"""Sentence splitting for British news prose: rules and a list of abbreviations, no downloads.

The text is never altered; a sentence is a slice of it.
"""

import re

#: Marks before a space; a closed quotation before a capital; a stop after which no space was typed.
#: What may end a sentence stands first, so that the search leaps from mark to mark.
_CANDIDATE = re.compile(
    r"[.!?…](?:[.!?…]*[\"”’')\]]*(?=\s|$)|[\"”]+(?=[A-Z])"
    r"|(?:(?<=[a-z]{2}.)|(?<=\dm.)|(?<=[\d)”\"].))"
    r"(?=[“‘]?(?!(?:Com|Org|Net|Uk)\b)[A-Z][a-z]+[\s,’']))"
)
#: What stands after a mark: a bullet or dash, a word, and the first letter of the word after.
_FOLLOWING = re.compile(r"\s*([-–—•*·]\s+)?(\S+)(?:\s+(\S))?")
#: "(a)", "b)", "iv)" before a point of a list.
_POINT = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})\)$")
#: "von Hale led it": a surname that begins in lower case.
_PARTICLES = frozenset("von van de di da du del della".split())
_OPENING = "\"“‘'([«"
#: Never the end of a sentence: a name or number follows.
_TITLES = frozenset(
    "mr mrs ms dr prof sir rev revd rt hon lt gen col maj capt sgt adm gov sen rep messrs cllr ald "
    "mme mlle fr cdr cmdr brig supt insp det const pc pte cpl esq vs v viz cf approx para paras "
    "fig figs p pp vol vols ch art e.g i.e eg ie incl nr mt".split()
)
#: May end a sentence; then the next word must look like a beginning.
_MAYBE = frozenset(
    "etc co inc ltd plc dept govt univ jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues "
    "wed thu thurs fri sat sun ph.d al jr sr bros corp est ave rd a.m p.m am pm u.s u.k e.u u.n "
    "m.p b.a m.a tn bn mn trln st ft hr hrs min mins sec secs lb lbs oz".split()
)
_BEGINNERS = frozenset(
    "the he she it they we i but and his her their its this that these those there in on at by for so "
    "as if when while after before who what why how not no nor neither both all some few many most "
    "nobody none one another was is did does has have had will would yes of to from with then now a an "
    "or yet still here where last next since until under although though despite because such each "
    "every any only even earlier later meanwhile however also again once our your my you mr mrs "
    "ms dr sir lord lady labour ministers critics sources".split()
)
#: After a quotation that ends in ? or !, these carry the same sentence on.
_SPEECH = frozenset(
    "said says asked asks he she they it i we replied added wrote cried shouted according came comes "
    "goes went told tells demanded wondered declared insisted quipped joked answered responded".split()
)
#: A bracket that stays open for longer than this was forgotten.
_ASIDE = 160
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]$")


def split_sentences(text: str, language: str = "en") -> tuple[str, ...]:
    """The sentences of a text, each a slice of it without the space around it.

    Args:
        text: running text; line ends always end a sentence.
        language: an ISO 639 code. English has rules of its own; other languages are split at
            sentence marks that a capital, a digit or a letter of an uncased script follows.
    """
    return tuple(text[start:end] for start, end in sentence_spans(text, language))


def sentence_spans(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends, in code points: `text[start:end]` is the sentence."""
    spans: list[tuple[int, int]] = []
    for block in re.finditer(r"[^\n]+", text):
        cut = _cuts(block[0], english=language.lower().startswith("en"))
        for start, end in zip((0, *cut), (*cut, len(block[0])), strict=True):
            piece = block[0][start:end]
            trimmed = piece.strip()
            if trimmed:
                first = block.start() + start + len(piece) - len(piece.lstrip())
                spans.append((first, first + len(trimmed)))
    return tuple(spans)


def _cuts(block: str, *, english: bool) -> tuple[int, ...]:
    ends = []
    start = 0
    for match in _CANDIDATE.finditer(block):
        following = _FOLLOWING.match(block, match.end())
        if not following:
            break
        before = block[start : match.start()]
        if _in_brackets(before + match[0], block, match.end()):
            continue
        if _ends_here(before, match[0], following, english=english):
            ends.append(match.end())
            start = match.end()
    return tuple(ends)


def _in_brackets(before: str, block: str, end: int) -> bool:
    """True inside brackets after which the sentence goes on: "(He knew. She did not.) and left"."""
    if before.count("(") <= before.count(")"):
        return False
    close = block.find(")", end, end + _ASIDE)
    following = _FOLLOWING.match(block, close + 1) if close > 0 else None
    return bool(following and following[2][:1].islower())


def _ends_here(before: str, mark: str, following: re.Match[str], *, english: bool) -> bool:
    bullet, word, after = following.groups(default="")
    core = word.lstrip(_OPENING)
    is_name = english and word in _PARTICLES and after.isupper()
    if not (is_name or _may_begin(word, core) or bullet.startswith("•")):
        return False
    if mark[0] == "." and not mark.startswith(".."):
        # "9 a.m. – The House": what a dash parts from an abbreviation says nothing of its stop.
        return not english or _full_stop_ends(before, mark, "" if bullet else core)
    if (
        (english and mark[-1] in "\"”’'" and mark[0] in "?!…")
        or mark[0] == "…"
        or mark.startswith("..")
    ):
        # "I never… I never said so": the capital of "I" is no sign of a beginning.
        return not (_carries_on(core) or (mark[-1] in ".…" and core == "I"))
    return True


def _may_begin(word: str, core: str) -> bool:
    """A capital, a digit, a sign of money, an uncased letter, or something that opens."""
    first = core[:1]
    if not first:
        return False
    if first.islower():
        is_brand = re.match(r"[a-z]{1,2}-?[A-Z]", core)  # iPlayer, eBay
        return bool(is_brand or _POINT.match(word))
    return first.isalnum() or first in "£$€@#" or word[0] in _OPENING or not first.isascii()


def _carries_on(core: str) -> bool:
    """“Why?” he asked: the word is lower case there; a proper name may speak too, but begins anew."""
    return core[:1].islower() and core.rstrip(",.:;").lower() in _SPEECH


def _full_stop_ends(before: str, mark: str, core: str) -> bool:
    token = _last_word(before).lstrip(_OPENING + "-–—£$€")
    low = token.lower()
    next_word = re.sub(r"[^\w’']+$", "", core).lower()
    if len(mark) > 1 and mark[-1] in "\"”’'" and low not in _TITLES:
        return True
    if len(token) == 1 and token.isalpha():
        return _letter_ends(before, token, core, next_word)
    if low in _TITLES or _is_number_of_a_point(before, token):
        return False
    if low in ("no", "nos"):
        return not core[:1].isdigit()
    if low in _MAYBE or _INITIALS.match(token):
        return next_word in _BEGINNERS
    return True


def _last_word(before: str) -> str:
    return "" if before[-1:].isspace() else (before.rsplit(maxsplit=1) or [""])[-1]


def _letter_ends(before: str, letter: str, core: str, next_word: str) -> bool:
    """True for "Plan B. The": a letter that opens nothing, and a word that is no surname nor an initial."""
    inside = letter == "I" or (letter.isupper() and before.strip() != letter)
    return inside and next_word in _BEGINNERS and core.lower() != f"{next_word[:1]}."


def _is_number_of_a_point(before: str, token: str) -> bool:
    """True for "1. Cut the tax": a short number that stands alone where a sentence begins."""
    return token.isdecimal() and len(token) < 3 and before.strip() == token  # noqa: PLR2004
