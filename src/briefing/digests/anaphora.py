"""Words and marks by which a sentence counts on another: whom "he" is, what "but" answers."""

import re
from collections.abc import Callable, Set
from functools import cache

from briefing.digests.vocabulary import vocabulary
from briefing.languages.table import base_of

#: Opening words that point back at something said before.
_POINTS_BACK = (
    r"^[\"“‘'(\[]*(?:"
    r"(?:He|She|It|They|His|Her|Hers|Their|Theirs|Its|Him|Them|This|These|Those|That|Such|But|And|Or|So|"
    r"Yet|Nor|However|Also|Moreover|Furthermore|Meanwhile|Instead|Therefore|Thus|Hence|Similarly|"
    r"Likewise|Nevertheless|Nonetheless|Otherwise|Then|Both|Neither|Either|Another|Others|Still|Earlier|"
    r"Later|Indeed|Consequently|Accordingly|Besides|Afterwards|Finally|Perhaps|Certainly|Of course|"
    r"Too|Again|Hence|Here|There(?! (?:is|are|was|were|has|have|had|will|would|may|might|can|could|must|should)))"
    r"\b(?!['’]s (?:Day|Hour))"
    r"|(?:The|Each|All|None|Most|Some|Many|Few) (?:former|latter|pair|two|three|trio|move|moves|claims?|"
    r"comments?|remarks?|plan|report|decision|announcement|proposals?|findings?|figures?|same|of (?:them|these))\b"
    r"|In (?:contrast|response|turn|addition|return|this|that|doing so|other words|short|fact|the end)\b"
    r"|By (?:contrast|then|comparison)\b|As (?:a result|such)\b|For (?:example|instance|this|that|now|one thing)\b"
    r"|On the (?:other|contrary)\b|At (?:the same time|this|that|first|the time)\b|Even so\b|"
    r"(?:Since|Until|Before) then\b|"
    r"After (?:that|this)\b|Not only that\b|Asked (?:if|whether|about|by|why|how)\b|That[’']s\b|It[’']s\b|"
    r"(?:He|She|They|It)[’'](?:s|d|ll|re|ve)\b|To (?:this|that) end\b|With (?:this|that)\b|"
    r"Because of (?:this|that)\b|Rather\b|If so\b|When (?:he|she|they|it|this|that)\b|"
    r"While (?:he|she|they|it|this|that)\b|(?:As|If|Although|Though|Since|After|Before|Until|Unless) "
    r"(?:he|she|they|it|this|that)\b"
    r")"
)
#: "We knew that, and …", "any of the three": what is meant stands in the sentence before.
_LEANS_BACK = re.compile(
    r"[\"“]?(?:\w+ ){1,2}(?:that|this|these|those|it|so|them)[,.;:]"
    r"|(?:All|The) (?:two|three|four|five|other|others|rest|second|third|same)\b(?! (?:day|time|week)s?\b)"
)
#: “The bill, however, …”.
_CONNECTS = ("however", "therefore", "meanwhile", "instead")
_CONNECTS_SOON = re.compile(rf"(?:[\w’'-]+,? ){{1,4}}(?:{'|'.join(_CONNECTS)}),? ")
_ONE_OF = re.compile(
    r"\b(?:any|all|none|each|both|one|either|neither|some|most) of (?:the (?:two|three|four|five)|these|those)\b"
)
#: "…," she said: whoever "she" is stands in the sentence before, unless a name comes first in this one.
_PRONOUN_SPEAKS = re.compile(
    r"[,?!…][\"”’']? (?:he|she|they) (?:said|says|added|adds|told|wrote|asked|warned|insisted|argued)\b"
    r"|[,?!…][\"”’] (?:said|says|added|adds|wrote|asked) (?:its|his|her|their) "
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+|^(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Dame|Baroness)\b")
#: “The aim of his package”, “Critics say he lied”: nothing before the pronoun can be the one who is meant.
_MEANS_ANOTHER = re.compile(
    r"[\"“‘]?(?:(?:[\w’'-]+ ){0,6}"
    r"(?:of|for|with|by|to|from|about|against|under|behind|at|in|on|over|between) (?:his|her|him)\b"
    r"|[A-Z][a-z]+[^s\W]s (?:[a-z’'-]+ ){1,5}(?:he|she|his|her|him)\b)"
)
_PERSON_MEANT = re.compile(r" h(?:e|is|er|im)\b| she\b")
_CAPITAL_WITHIN = re.compile(r" [\"“‘(]?[A-Z]")
#: “In his speech, Mr Hale said”: the one who is meant comes right after the comma.
_NAMED_AFTER = re.compile(r"[^,]{0,90}, (?:the |[a-z]+ ){0,3}[A-Z][\w’'-]+|[^,]{0,90}, the \w+ ")
#: “Vacancies in that service”: the service was named before. "that" stands first, so that the search leaps to it.
_THAT_ONE = re.compile(
    r" that (?:(?<= (?:in|of|on|at|by) that )|(?<= from that )|(?<= under that ))"
    r"(?!(?:is|was|has|had|would|will|can|could|the|an?|it|they|he|she|we|day|all)\b)[a-z]+"
)
#: “I am not proud of it.”: a short sentence that names no thing, and ends on a word for one.
_ENDS_IT = re.compile(
    r"[\"“]?(?!(?:[\w’']+ ){0,6}(?:the|an?|my|our|your|every|each|no|this|that|these|those) )"
    r"(?:[\w’']+ ){2,6}(?:it|them|this)[.!?][\"”]?$"
)
_ENDS_SO = re.compile(r"\bso[.!?][\"”’]?$")
#: “On Saturday he worked a nine-hour shift”: a day or a place says when, and nothing who.
_TIME_FIRST = re.compile(
    r"(?:On|In|At|By|Since|Until|During|Last|Next|Every|Within) (?:(?:the |a |an )?[\w’'-]+,? ){1,2}"
    r"(?:he|she|they|his|her|their)\b"
)
_SHORT = 50
OPEN, CLOSE = "“", "”"
#: The quotation marks of other languages as those two, sign for sign.
_LEVEL: dict[int, str | int] = dict(str.maketrans("„«»「」『』", "““”“”“”"))
#: „so“ closes on what opens “so”, and »so« turns the guillemets round.
_LOW: dict[int, str | int] = {ord("“"): "”"}
_TURNED: dict[int, str | int] = {ord("»"): "“", ord("«"): "”"}
#: A speech that goes on in a new paragraph opens again without having closed.
_OPENS_AGAIN = re.compile(r'(?:^|\s)"(?=\w)[^"]*[.!?]\s+"(?=[A-Z])')
_BALANCED = re.compile(r"[\"“][^\"“”]*[\"”]?")
#: 'Britain quotes like this.' An opening mark needs a capital after it, so that 'tis and '90s do not count.
_SINGLE_OPENS = re.compile(r"['‘](?=[A-Z])(?<![^\s(“\"—-].)")
_SINGLE_CLOSES = re.compile(r"['’](?=[\s.,;:!?)”\"]|$)(?<![\s(“\"].)(?<=..)")
#: "I", "I'm", "me", "my", "myself"; the letter stands first, so that the search leaps to it.
_PERSON = re.compile(r"[Im](?<!\w.)(?:(?<=I)|e|y|yself)\b")
#: The same as words in lower case, with a verb or without.
_SPEAKERS = frozenset("i me my myself".split()).union(
    f"i{mark}{verb}" for mark in "'’" for verb in ("m", "d", "ll", "ve")
)


@cache
def _opening() -> re.Pattern[str]:
    """Compiled for the first sentence that is read: that takes longer than reading an article."""
    return re.compile(_POINTS_BACK)


def points_back(sentence: str) -> bool:
    """True when the sentence opens on a pronoun, demonstrative or connective."""
    return bool(_opening().match(sentence))


def pointing(language: str) -> Callable[[str], bool]:
    """How a language tells that a sentence counts on one before it: English by rules, others by lists."""
    if base_of(language) == "en":
        return lambda sentence: points_back(sentence) or leans_back(sentence)
    words = vocabulary(language)
    return words.leans if words else points_back


def leans_back(sentence: str) -> bool:
    """True when the sentence counts on one before it further on than in its first word."""
    if len(sentence) < _SHORT and _ENDS_IT.match(sentence) and not _CAPITAL_WITHIN.search(sentence):
        return True
    if any(word in sentence for word in _CONNECTS) and _CONNECTS_SOON.match(sentence):
        return True
    if _LEANS_BACK.match(sentence) or (" of " in sentence and _ONE_OF.search(sentence)):
        return True
    if " so" in sentence[-6:] and _ENDS_SO.search(sentence, max(0, len(sentence) - 6)):
        return True
    if _TIME_FIRST.match(sentence) or _means_another(sentence):
        return True
    if " that " in sentence and _THAT_ONE.search(sentence):
        return True
    speaks = _PRONOUN_SPEAKS.search(sentence)
    return bool(speaks and not _NAME.search(_BALANCED.sub(" ", sentence[: speaks.start()])))


def _means_another(sentence: str) -> bool:
    """True when whoever a pronoun means was named in a sentence before, and nobody in this one yet."""
    if not _PERSON_MEANT.search(sentence):
        return False
    meant = _MEANS_ANOTHER.match(sentence)
    if meant is None or _CAPITAL_WITHIN.search(sentence, 0, meant.end()):
        return False
    named = _NAMED_AFTER.match(sentence)
    return not (named and meant.end() < named.end())


def is_bare_quotation(sentence: str) -> bool:
    """True when the sentence is a quotation with no word on who speaks."""
    if sentence[:1] not in '"“':
        return False
    return len(re.findall(r"\w+", _BALANCED.sub(" ", sentence))) < 3  # noqa: PLR2004


def speaks_as_writer(sentence: str) -> bool:
    """True when the writer says "I" outside quotation marks."""
    return bool(_PERSON.search(sentence) and _PERSON.search(_BALANCED.sub(" ", sentence)))


def may_name_the_speaker(words: Set[str]) -> bool:
    """True when "I", "me" or "my" may be among the words of a text, be it quoted or not."""
    return not _SPEAKERS.isdisjoint(words)


def leaves_single_open(sentence: str) -> bool:
    """True when a quotation in single marks opens in the sentence and does not close there."""
    if "'" not in sentence and "‘" not in sentence:
        return False
    opened = [match.end() for match in _SINGLE_OPENS.finditer(sentence)]
    return bool(opened) and not _SINGLE_CLOSES.search(sentence, opened[-1])


def closes_single(sentence: str) -> bool:
    """True when a quotation in single marks may close in the sentence."""
    return bool(_SINGLE_CLOSES.search(sentence))


def levelled(text: str) -> str:
    """A text with the quotation marks of its language as “these”; no place in it changes."""
    level = level_of(text)
    return text.translate(level) if level else text


def level_of(text: str) -> dict[int, str | int]:
    """Which sign stands for which, to make the quotation marks of a text “these”; empty where they are."""
    if text.isascii() or not any(mark in text for mark in "„«»「」『』"):
        return {}
    level = _LEVEL
    if "„" in text and text.count("“") >= text.count("”"):
        level = level | _LOW
    if 0 <= text.find("»") < text.find("«"):
        level = level | _TURNED
    return level


def balanced(text: str) -> bool:
    """True when every quotation mark that opens also closes."""
    text = levelled(text)
    if text.count('"') % 2 or text.count(OPEN) != text.count(CLOSE):
        return False
    return not ('"' in text and _OPENS_AGAIN.search(text))


def leaves_open(text: str) -> bool:
    """True when a quotation goes on behind the text, or has begun before it."""
    return not balanced(text) or leaves_single_open(text)
