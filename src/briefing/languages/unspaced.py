"""Where sentences end in Chinese and Japanese, which set no spaces between words or sentences."""

import re

from briefing.languages.stops import NAMED_WITH_MARK
from briefing.languages.table import SentenceRules

#: A straight quotation mark opens and closes in turn.
_STRAIGHT = '"'
_PAIRS = dict(zip("「『（〈《【〔“‘(", "」』）〉》】〕”’)", strict=True))
_OPENS, _CLOSES = "".join(_PAIRS), "".join(_PAIRS.values())
_PAIRS[_STRAIGHT] = _STRAIGHT
#: A run of marks, or a bracket or quotation mark. The full-width stop counts after a letter of the script:
#: in "Ｕ．Ｓ．" it shortens. A single Western stop between such letters never ends anything but a line.
_EVENT = re.compile(
    r"(?:[。｡！？!?]|(?<=[\u3040-\u30ff\u4e00-\u9fff])．)[。｡！？!?…]*|(?<!…)…++[。｡！？!?]+"
    rf"|[{re.escape(_OPENS)}]|[{re.escape(_CLOSES)}]|{_STRAIGHT}"
)
#: What opens and does not close within so many characters has lost its closing mark.
_LONGEST = 400
#: The clause that says who spoke: up to the next mark, and no longer.
_CLAUSE = re.compile(r"[^。！？!?，、；：]{1,24}")
#: No Japanese sentence begins with the particle を, nor with の before anything but hiragana; none of
#: either language begins with a comma.
_CARRIES_ON = re.compile(r"[、，を]|の[^\u3040-\u309f\s]")
#: The Latin word before a mark, and what is looked at around it.
_LATIN = re.compile(r"[A-Za-z]+$")
_LONGEST_NAME, _FEW = 20, 4


def unspaced_cuts(block: str, rules: SentenceRules) -> tuple[int, ...]:
    """The ends of a block's sentences, but its last.

    A mark inside brackets or quotation marks ends nothing. Behind a quotation that ends with a mark the
    sentence ends, unless a particle takes the quotation up (Japanese) or a clause names the speaker (Chinese).
    """
    events = list(_EVENT.finditer(block))
    closes = _partners(events)
    ends: list[int] = []
    inside = start = 0
    for event in events:
        if event.start() < inside:
            continue
        if event.start() in closes:
            inside = end = closes[event.start()]
            is_end = _ends_behind(block, start, event.start(), end, rules)
        else:
            end = event.end()
            is_mark = event[0] not in _OPENS + _CLOSES + _STRAIGHT
            is_end = is_mark and _is_end(block, event)
        if is_end:
            ends.append(end)
            start = end
    last = len(block.rstrip())
    return tuple(end for end in ends if end < last)


def _partners(events: list[re.Match[str]]) -> dict[int, int]:
    """Where each mark that opens closes: behind its partner."""
    waiting: list[re.Match[str]] = []
    found = {}
    is_quoted = False
    for event in events:
        mark = event[0]
        if mark in _OPENS or (mark == _STRAIGHT and not is_quoted):
            waiting.append(event)
            is_quoted = is_quoted or mark == _STRAIGHT
        elif mark in _CLOSES or mark == _STRAIGHT:
            while waiting and _PAIRS[waiting[-1][0]] != mark:
                is_quoted = waiting.pop()[0] != _STRAIGHT and is_quoted
            if waiting and event.end() - waiting[-1].start() <= _LONGEST:
                found[waiting.pop().start()] = event.end()
                is_quoted = is_quoted and mark != _STRAIGHT
    return found


def _ends_with_mark(block: str, end: int) -> bool:
    last = block[max(0, end - 3) : end].rstrip(_CLOSES + _STRAIGHT)
    return last[-1:] in tuple("。｡！？!?…")


def _ends_behind(block: str, start: int, opened: int, end: int, rules: SentenceRules) -> bool:
    if (
        not _ends_with_mark(block, end) or block[end - 1] in "》〉"
    ):  # these close the name of a work
        return False
    rest = block[end : end + 40].lstrip()
    if not rest or rest[0] in "，、。；：,.;:—―" or rest.startswith(rules.takes_up):
        return not rest
    is_first = not block[start:opened].strip()
    if block[end - 1] in "）)":
        return is_first
    clause = _CLAUSE.match(rest) if is_first else None
    return not (clause and clause[0].endswith(tuple(rules.speech)))


def _is_end(block: str, event: re.Match[str]) -> bool:
    """False for "Yahoo!ニュース" and "モーニング娘。の": a mark in a name, which a word or a particle follows."""
    behind = block[event.end() : event.end() + _FEW].lstrip(" ")
    before = _LATIN.search(block[max(0, event.start() - _LONGEST_NAME) : event.start()])
    if before and event[0] in "!?！？":
        is_foreign = event[0] in "!?" or before[0] in NAMED_WITH_MARK
        return not (is_foreign and behind[:1].isalnum())
    return not _CARRIES_ON.match(behind)
