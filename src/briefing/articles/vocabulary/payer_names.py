"""Payers: who may stand behind a piece, as disclosures and credit lines name them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.articles.vocabulary.lookup import Grammar

HOUSE = (
    r"(?:(?:the|our|an?|its|and|on behalf of|of|from|by) ){0,3}(?:(?:commercial |content |media |"
    r"headline |corporate )?"
    r"(?:partners?|sponsors?|friends|advertisers?|grant|team|people|members|client|company|firm|"
    r"charity|bank|supplier)"
    r",? (?:at |of |from |is )?(?:the )?){0,2}"
)
#: Capitals of the Latin, Greek and Cyrillic alphabets, for a class of signs.
CAPITALS = "A-ZÀ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x180)))) + "Ά-ΏΑ-ΫЀ-Я"
CAP = rf"(?:[{CAPITALS}0-9][\w&’'.+-]{{0,40}}|[a-z]{{1,2}}[A-Z]\w{{0,30}}|&)"
#: Atomic: to shorten a name does not make what follows it any shorter, and there are thousands of ways to try.
PAYER = (
    rf"(?P<payer>(?>(?:(?:government|embassy|city|ministry|university|kingdom|state|"
    rf"republic) of (?:the )?)?{CAP}"
    rf"(?:(?<![a-zà-ÿ]{{4}}\.),? (?:(?:of|for|and|the|de|du|der|in) ){{0,2}}{CAP}){{0,8}}(?: plc| ltd| llp)?))"
)
#: Nobody in particular: a report on public money says "paid for by taxpayers".
_NOBODY = Grammar("payers", r"^(?:{nobody}|[12]\d{3})$")
_ORGANISED = Grammar("payers", r"\b{organised}\b|&|\b[A-Z]{2,}\b")
#: "Harrow & Pike", not the headline behind "Sponsored:".
_NAME = re.compile(
    r"^(?:[^\Wa-z_][\w’'&.-]*|&|(?<! )the)"
    r"(?:,? (?:[^\Wa-z_][\w’'&.+/-]*|&|of|for|and|the|"
    r"de|du|der|des|del|della|dei|di|da|van|von|y|e|et|und|en)){0,6}$"
)
_LEGAL_FORM = Grammar("payers", r"(?:\b|(?<=\w)){legal form}\.?$")
_NO_QUOTES = str.maketrans("", "", '«»„“”"')
_UNCASED_WORDS = 4
_MOST_OF_A_PERSON = 3
_FIRM = Grammar("payers", rf"(?<!\w)(?P<firm>{CAP}(?: {CAP}){{0,4}} {{legal form}})\b")
_THE_FIRM = Grammar("payers", r"^{the firm}\s+(?=\S)", re.IGNORECASE)
_GRANT = Grammar("payers", r"\b{grant}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The words that disclose, and the payer when they name one."""

    text: str
    payer: str | None
    #: A charity's grant pays for much honest reporting: it is disclosed, but proves less.
    is_grant: bool = False
    #: It says who presents, in a name that a person may bear: a programme has a host, who pays nothing.
    is_host: bool = False


def is_nobody(payer: str) -> bool:
    """True for a pronoun, a title or the public at large."""
    return bool(_NOBODY.match(payer))


def is_name(text: str) -> bool:
    """True for a few capitalised words, as a firm's name is written."""
    return bool(_NAME.match(text))


def is_payer(text: str) -> bool:
    """A name as `is_name` has it, in any alphabet: where letters have no case, a firm's few words."""
    words = text.split()
    if not is_name(text) or any(word[0].islower() and word[0] > "z" for word in words):
        return False
    cased = any(sign.isupper() or sign.isdigit() for sign in text)
    return cased or len(words) <= _UNCASED_WORDS


def firm_in(text: str) -> str | None:
    """The name of a firm where its legal form stands behind it, or a word for a firm before it."""
    named = _THE_FIRM.match(text)
    name = text[named.end() if named else 0 :].strip().translate(_NO_QUOTES)
    # A line is asked from each of its blanks, and hardly ever holds a legal form: that is looked for first.
    if (named or is_firm(name)) and is_payer(_LEGAL_FORM.pattern.sub("", name).strip(" ,")):
        return name
    return None


def is_firm(name: str) -> bool:
    """True for a name with a firm's legal form behind it."""
    return bool(_LEGAL_FORM.search(name))


def may_host(name: str) -> bool:
    """True for two or three words as a person's name has them, of which none is a firm's or an office's."""
    words = name.split()
    return (
        1 < len(words) <= _MOST_OF_A_PERSON
        and is_name(name)
        and not is_organised(name)
        and not is_firm(name)
    )


def firm_named(sentences: Iterable[str]) -> str | None:
    """The first firm, known by its legal form, that one of these names."""
    found = (_FIRM.search(sentence) for sentence in sentences)
    return next((match["firm"] for match in found if match), None)


def names_body(name: str) -> bool:
    """True for a few words that begin or end as a body's name does: "Halvern Bank", "Banco Halvern"."""
    words = name.split()
    ends = (words[0], words[-1]) if 1 < len(words) <= _MOST_OF_A_PERSON else ()
    return "&" in words[1:-1] or any(is_organised(word) for word in ends)


def is_organised(payer: str) -> bool:
    """True for a name that says it is a firm or an office: "… Group", "Department …", "BBC"."""
    return bool(_ORGANISED.search(payer))


def disclosed(text: str, payer: str | None, *, is_host: bool = False) -> Disclosure:
    """A disclosure with its payer tidied, and without one who is nobody."""
    named = payer if payer and not is_nobody(payer) else None
    return Disclosure(
        text=text,
        payer=_tidy(named) if named else None,
        is_grant=bool(_GRANT.search(text)),
        is_host=is_host,
    )


def _tidy(payer: str) -> str:
    return re.sub(r"[’']s$", "", payer).strip(" .,;:")
