"""Lines of nothing but a joint and a payer, in many languages: "Με την υποστήριξη της Norvane".

In English such a line has more words around it and is read by `payer_lines`; here a name has to be
all that follows, since prose begins with the same words.
"""

import re

from briefing.articles.vocabulary.label_grammar import bare_name
from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.payer_names import firm_in, is_firm, is_organised, is_payer

_OPENS = Grammar("payers", r"^\W{0,3}{opens a payer's line}[: ]+(?=\S)", re.IGNORECASE)
_PRESENTS = Grammar("payers", r"^\W{0,3}{presents}[: ]+(?=\S)", re.IGNORECASE)
#: "この記事は、ノルヴァンの提供でお送りします".
_UNSPACED = Grammar(
    "payers",
    r"^\W{0,3}{this unspaced piece}(?P<payer>[^\s、。]{2,30}?(?: [^\s、。]{1,30}){0,2}?)"
    r"{paid in an unspaced text}[。.]?$",
    re.IGNORECASE,
)
#: "提供 ノルヴァン株式会社" and "ノルヴァン株式会社提供": without a colon the firm has to be one by its form.
_UNCASED = Grammar(
    "payers",
    r"^(?:{payer's role before an uncased name}[\s/／・]+(?P<behind>[^\s、。]{2,30})|"
    r"(?P<before>[^\s、。]{2,30}?){payer's role before an uncased name})$",
)
#: "Реклама. ООО «Норван», ИНН 7700000000, erid: 2Vtz": who advertises, and the number that the law asks for.
_NUMBERED = Grammar(
    "payers",
    r"^(?:\w+\W{1,3}){0,2}(?P<firm>{the firm}\s+[«\"„“]?\w[^,.;:»\"”“]{1,60}[»\"”“]?)[,.;]?\s+(?:\w+: )?"
    r"{advertiser's number}\b",
    re.IGNORECASE,
)


def whole_line(line: str) -> str | None:
    """The payer that a line names, where it holds nothing else."""
    numbered = _NUMBERED.match(line)
    if numbered:
        return firm_in(numbered["firm"].strip())
    unspaced = _UNSPACED.match(line)
    if unspaced:
        return unspaced["payer"]
    uncased = _UNCASED.match(line)
    name = uncased and (uncased["behind"] or uncased["before"])
    if name:
        return name if is_firm(name) else None
    return _opened(line, _OPENS, is_host=False) or _opened(line, _PRESENTS, is_host=True)


def _opened(line: str, opens: Grammar, *, is_host: bool) -> str | None:
    found = opens.match(line)
    if not found:
        return None
    name = bare_name(line[found.end() :].rstrip("."))
    firm = firm_in(name)
    is_named = any(sign.isupper() for sign in name) or is_organised(name)
    if firm or not is_payer(name) or not is_named:
        return firm
    return None if is_host and " " in name and not is_organised(name) else name
