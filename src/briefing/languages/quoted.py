"""What stands behind a quotation that ends with a mark, and makes one sentence with it."""

import re

from briefing.languages.stops import ASIDE, QUOTES, Stop
from briefing.languages.table import SentenceRules

#: A clause that says who spoke is no longer; the stops of initials are inside it: "जे.पी. यादव ने कहा".
_CLAUSE = re.compile(
    r"\s*((?:[^.!?…।؟]|\.(?=[^\s.])|(?<=[.\s][^\s.])\.|(?<=\.[^\s.][^\s.])\.){1,60})[.!?…।؟,،]"
)
#: The same where a stop only shortens.
_CLAUSE_BESIDE_DANDA = re.compile(r"\s*([^!?…।,]{1,90})[!?…।,]")
#: Behind these a quotation is not a word of the sentence.
_PARTS = (":", ",", "،", ";", "؛", "—", "–", "-", "(", "")
_DASHES = ("—", "–")
_OPENS = {"»": "«", "”": "“", "’": "‘", '"': '"', "'": "'"}
_QUOTATION = re.compile(r"“[^“”]{1,400}”|‘[^‘’]{1,400}’|\"[^\"]{1,400}\"")
#: With a mark in its midst, between words of one sentence: "the revival of “Oh! What a day!” at the Palace".
_TITLE = re.compile(
    r"(?<=[^\W_] )"
    r"(?:“[^“”]{1,60}”|‘[^‘’]{1,60}’|„[^„“”]{1,60}[“”]|«[^«»]{1,60}»|»[^«»]{1,60}«|\"[^\"]{1,60}\")"
    r"(?=\s(\w))"
)
#: The name of who spoke has no more words: "Police Chief Mary Ann Hale asked".
_NAME_WORDS = 5
_NAME_LENGTH = 80


def held_quotations(block: str, rules: SentenceRules) -> tuple[tuple[int, int], ...]:
    """The quotations that are a word of the sentence around them, whatever marks they hold.

    Those to which a particle is written, "그는 “졌다. 다시 온다”고 했다" (국립국어원, 한글 맞춤법, 문장 부호
    12: it follows without a space), and titles of works, between words of which none says that somebody speaks.
    """
    if rules.quote_particles:
        quotations = (one.span() for one in _QUOTATION.finditer(block))
        return tuple(
            (start, end)
            for start, end in quotations
            if block.startswith(rules.quote_particles, end)
        )
    if not rules.has_capitals or ("!" not in block and "?" not in block):
        return ()
    return tuple(one.span() for one in _TITLE.finditer(block) if _is_held(one, rules))


def _is_held(title: re.Match[str], rules: SentenceRules) -> bool:
    before = title.string[: title.start()].rsplit(maxsplit=1)[-1]
    return title[1].islower() and before.lower() not in rules.speech


def is_told(stop: Stop, rules: SentenceRules) -> bool:
    """True when what follows the quotation says who spoke, or takes the quotation up."""
    if stop.mark[-1] not in QUOTES:
        return False
    if rules.has_capitals:
        return stop.mark[0] in "?!" and _is_spoken_by_name(stop, rules)
    pattern = _CLAUSE_BESIDE_DANDA if rules.only_shortens else _CLAUSE
    clause = pattern.match(stop.block, stop.end)
    words = clause[1].split() if clause else []
    is_asked = stop.mark[0] in "?!؟"
    is_parted = stop.block[stop.end : stop.end + 3].lstrip()[:1] in _DASHES
    if is_parted or (is_asked and _is_title(stop, rules)):
        return True
    return bool(words) and (
        _says(words, rules, is_asked=is_asked) or (is_asked and words[0] in rules.takes_up)
    )


def _is_title(stop: Stop, rules: SentenceRules) -> bool:
    """True for a quotation in the midst of a sentence in which nobody has spoken: “उपन्यास ‘कौन है?’ छपा”."""
    opens = stop.block.rfind(
        _OPENS.get(stop.mark[-1], ""), max(stop.start, stop.at - ASIDE), stop.at
    )
    before = stop.block[stop.start : opens].rstrip() if opens > stop.start else ""
    return before[-1:] not in _PARTS and rules.speech.isdisjoint(before[-ASIDE:].split())


def is_aside(stop: Stop, rules: SentenceRules) -> bool:
    """True for "(why?)" in the midst of a sentence, in a script that tells no capitals."""
    if rules.has_capitals or stop.mark[-1] != ")":
        return False
    opens = stop.block.rfind("(", max(stop.start, stop.at - ASIDE), stop.at)
    return opens > stop.start and not stop.block[stop.start : opens].isspace()


def _says(words: list[str], rules: SentenceRules, *, is_asked: bool) -> bool:
    """True where a verb of saying begins the clause or ends it, or stands in it behind a question or a cry."""
    words = _joined(words, rules)
    at = next((at for at, word in enumerate(words) if word in rules.speech), None)
    if at is None:
        return False
    if any(word.endswith(rules.complementizers) for word in words if word != words[at]):
        return False
    return is_asked or at == 0 or words[-1] in rules.speech


def _joined(words: list[str], rules: SentenceRules) -> list[str]:
    """The words with verbs of two as one: "स्वीकार किया"."""
    last = f"{words[-2]}_{words[-1]}" if len(words) > 1 else ""
    return [*words[:-2], last] if last in rules.speech else words


def _is_spoken_by_name(stop: Stop, rules: SentenceRules) -> bool:
    """True for “Why?” Mr Hale asked: names alone stand between the quotation and the verb."""
    behind = stop.block[stop.end : stop.end + _NAME_LENGTH] if rules.spoken_by else ""
    for at, word in enumerate(behind.split()[: _NAME_WORDS + 1]):
        low = word.rstrip(",.:;").lower()
        if at and low in rules.spoken_by:
            return True
        is_word = low in rules.beginners and low not in rules.titles
        joins = at > 0 and (low in rules.particles or low in rules.joins_name)
        if not joins and (not word[:1].isupper() or is_word):
            return False
    return False
