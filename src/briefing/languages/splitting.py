"""Where sentences end, by the tables of the text's language; no downloads, and linear in the text.

The text is never altered; a sentence is a slice of it.
"""

import re
import sys
from functools import cache
from itertools import pairwise

from briefing.languages.full_stops import full_stop_ends
from briefing.languages.quoted import held_quotations, is_aside, is_told
from briefing.languages.stops import ASIDE, NAMED_WITH_MARK, OPENING, QUOTES, Stop
from briefing.languages.table import SentenceRules, sentence_rules
from briefing.languages.unspaced import unspaced_cuts

#: Marks before a space; a closed quotation before a capital; a stop after which no space was typed.
#: What may end a sentence stands first, so that the search leaps from mark to mark; a run of marks is
#: looked at once, from its first. French sets a space before the guillemet that closes.
_CANDIDATE = r"""
    [.!?…{marks}](?<![.!?…{marks}].)
    (?:
        [.!?…{marks}]*+ (?: [{quotes})\]] | [ \u00a0\u202f][»›](?=[\s,;.:)–—-]|$) )*+ (?=\s|$)
      | ["”]+(?=[A-Z])
      | (?: (?<=[a-z]{{2}}.) | (?<=\dm.) | (?<=[\d)”"].) )
        (?= [“‘]? (?!(?:Com|Org|Net|Uk)\b) [A-Z][a-z]+[\s,’'] )
    )
"""
#: Of these a sentence ends even where no space follows: Devanagari and Arabic script.
_HARD = "।॥؟۔"
_DANDA = "।"
#: What stands after a mark: a bullet or dash, a word, and the first letter of the word after.
_FOLLOWING = re.compile(r"\s*([-–—•*·]\s+)?(?:(?:[«»“„]|,,)\s+)?(\S{1,60})(?:\s+(\S))?")
#: "(a)", "b)", "iv)", "γ)" before a point of a list.
_POINT = re.compile(r"\(?(?:[^\W\d_]|[ivx]{1,4})\)$")
#: A sentence that trails off has as many before "… And": one of fewer hesitates.
_LEAST_WORDS = 3
#: A longer run of signs is not a word.
_LONGEST = 60
#: Where no quotation opens any more, nor closes.
_NONE = (sys.maxsize, sys.maxsize)
_BRAND = re.compile(r"[a-z]{1,2}-?[A-Z]")  # iPlayer, eBay


def split_sentences(text: str, language: str = "en") -> tuple[str, ...]:
    """The sentences of a text, each a slice of it without the space around it.

    Args:
        text: running text; line ends always end a sentence.
        language: BCP 47. A language without a table is split at marks that a capital, a digit or a
            letter of a script without capitals follows.
    """
    return tuple(text[start:end] for start, end in sentence_spans(text, language))


def sentence_spans(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends, in code points: `text[start:end]` is the sentence."""
    rules = sentence_rules(language)
    cuts = _cuts if rules.has_spaces else unspaced_cuts
    spans: list[tuple[int, int]] = []
    for block in re.finditer(r"[^\n]+", text):
        line, begins = block[0], block.start()
        cut = cuts(line, rules)
        for start, end in pairwise((0, *cut, len(line))):
            piece = line[start:end]
            trimmed = piece.lstrip()
            if trimmed:
                first = begins + end - len(trimmed)
                spans.append((first, first + len(trimmed.rstrip())))
    return tuple(spans)


@cache
def _candidates(marks: str) -> re.Pattern[str]:
    """What may end a sentence, where these marks do besides those of every language."""
    hard = "".join(mark for mark in marks if mark in _HARD)
    pattern = _CANDIDATE.format(marks=marks, quotes=QUOTES)
    if hard:
        pattern = rf"[{hard}][.!?…{hard}]*+[{QUOTES})\]]*+(?![.,،؛]) | {pattern}"
    return re.compile(pattern, re.VERBOSE)


def _cuts(block: str, rules: SentenceRules) -> tuple[int, ...]:
    ends = []
    start = counted = depth = 0
    has_brackets = "(" in block
    if rules.beside_danda is not None and _DANDA in block:
        rules = rules.beside_danda
    held = iter(held_quotations(block, rules))
    opens, closes = next(held, _NONE)
    for match in _candidates(rules.marks).finditer(block):
        end = match.end()
        while closes <= end:
            opens, closes = next(held, _NONE)
        if opens < end:
            continue
        if has_brackets:
            depth += block.count("(", counted, end) - block.count(")", counted, end)
            counted = end
        if depth > 0 and _goes_on_after_bracket(block, end):
            continue
        if _ends_here(Stop(block, start, match), rules):
            ends.append(end)
            start, depth = end, 0
    return tuple(ends)


def _capitalised(block: str, end: int) -> str:
    """The word behind a mark and one space, where a capital begins it; empty where something else stands there."""
    behind = block[end : end + _LONGEST]
    return behind.split(maxsplit=1)[0] if behind[:1] == " " and behind[1:2].isupper() else ""


def _goes_on_after_bracket(block: str, end: int) -> bool:
    """True inside brackets after which the sentence goes on: "(He knew. She did not.) and left"."""
    close = block.find(")", end, end + ASIDE)
    following = _FOLLOWING.match(block, close + 1) if close > 0 else None
    return bool(following and following[2][:1].islower())


def _ends_here(stop: Stop, rules: SentenceRules) -> bool:
    plain = _capitalised(stop.block, stop.end) if stop.mark == "." else ""
    if plain:  # most sentences end so
        return full_stop_ends(stop, plain, rules)
    following = _FOLLOWING.match(stop.block, stop.end)
    return bool(following and _ends_before(stop, following, rules))


def _ends_before(stop: Stop, following: re.Match[str], rules: SentenceRules) -> bool:
    bullet, word, after = following.groups(default="")
    mark, core = stop.mark, word.lstrip(OPENING).lstrip("—–")
    is_name = word in rules.particles and after.isupper()
    if is_aside(stop, rules):
        return False
    if mark[0] in _HARD:
        return not (mark[-1] in QUOTES and is_told(stop, rules))
    if not (is_name or _may_begin(word, core, rules) or bullet.startswith("•")):
        return False
    if mark[0] == "." and not mark.startswith(".."):
        # "9 a.m. – The House": what a dash parts from an abbreviation says nothing of its stop.
        return full_stop_ends(stop, "" if bullet else core, rules)
    if mark == "!" and _is_in_name(stop, word, core, rules):
        return False
    if mark[0] in ".…" and mark[-1] in ".…":
        return _ends_behind_ellipsis(stop, core, rules)
    return not (mark[-1] in QUOTES and (_carries_on(core, rules) or is_told(stop, rules)))


def _is_in_name(stop: Stop, word: str, core: str, rules: SentenceRules) -> bool:
    """True for "Yahoo! Japan", and for any Latin name with its mark between words of another script."""
    token = stop.token
    is_foreign = not rules.has_capitals and token.isascii() and not word[:1].isascii()
    is_own = token in NAMED_WITH_MARK and core.lower() not in rules.beginners
    return is_own or (is_foreign and token.isalpha() and token[:1].isupper())


def _ends_behind_ellipsis(stop: Stop, core: str, rules: SentenceRules) -> bool:
    if rules.has_capitals:
        # "I never… I never said so": the capital of "I" does not mark a beginning.
        return not (_carries_on(core, rules) or core == "I")
    # Else nothing tells "then… slowly" from an end; two sentences harm less than half of one.
    is_verb = bool(rules.finals) and stop.token.endswith(rules.finals)
    return is_verb or (core in rules.beginners and stop.has_words(_LEAST_WORDS))


def _may_begin(word: str, core: str, rules: SentenceRules) -> bool:
    """A capital, a digit, a sign of money, an uncased letter, what opens; "p. 12" in a script without capitals."""
    first = core[:1]
    if not first:
        return False
    if first.islower():
        is_short = not rules.has_capitals and core.rstrip(".") in rules.titles
        return bool(is_short or _BRAND.match(core) or _POINT.match(word))
    return first.isalnum() or first in "£$€@#" or word[0] in OPENING or not first.isascii()


def _carries_on(core: str, rules: SentenceRules) -> bool:
    """“Why?” he asked: the word is lower case there; a proper name may speak too, but begins a sentence."""
    return core[:1].islower() and core.rstrip(",.:;").lower() in rules.speech
