"""Sentences in which a text says of itself, in other languages than English, who paid for it."""

import re

from briefing.articles.vocabulary.lookup import Finder, Grammar
from briefing.articles.vocabulary.payer_names import PAYER, Disclosure, disclosed

#: "Dieser Beitrag wurde von Tern Bank bezahlt", "Este contenido ha sido pagado por Tern Bank".
_NOTICE = Grammar(
    "notices",
    r"^\W{0,3}(?i:{this text})\b(?=[^.!?]{0,200}(?i:\b{paid here}\b))"
    rf"[^.!?]{{0,120}}?(?i:\b{{paid by}}) (?:(?:la|le|der|den|dem|el|il|de|het|o|a) )?{PAYER}",
)
_NOBODY = Grammar("notices", r"\b{nobody paid}\b", re.IGNORECASE)
_WHOLE = Finder("notices", "whole notice")
#: In characters; a notice is one sentence.
_LONGEST = 260


def notice(sentence: str) -> Disclosure | None:
    """The disclosure of a sentence that speaks of this text, of paying, and of who did."""
    if len(sentence) > _LONGEST:
        return None
    named = _NOTICE.match(sentence)
    # Hardly a sentence gets this far, and to look anywhere in it takes ten times as long.
    if not (named or _WHOLE.find(sentence)) or _NOBODY.search(sentence):
        return None
    return disclosed(sentence, named["payer"] if named else None)
