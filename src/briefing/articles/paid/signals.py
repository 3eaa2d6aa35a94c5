"""Clues of paid copy in a piece's own voice: points, words for the editor, and what to look for.

The points are judged, not learned: at one advert in twenty, even a classifier that is right nine
times in ten accuses two reports for every advert it finds. Quotations are taken out before.
"""

import re
from dataclasses import dataclass

from briefing.articles.vocabulary.lookup import Grammar


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One thing to look for; it counts once `needed` different wordings of it were found."""

    points: int
    text: str
    grammar: Grammar
    needed: int = 1
    #: Reporting has it as often: where to turn, and whom to ask.
    is_service: bool = False


def _voice(written: str) -> Grammar:
    return Grammar("voice", written)


#: The seller's voice.
SELLS = _voice(r"\b[Oo]ur (?:own |new |latest |[\w-]+ )?{goods}\b|\b{our goods}\b")
VOICE = (
    Clue(points=25, text="speaks as a seller: “our customers” or the like", grammar=SELLS),
    Clue(
        points=10,
        text="speaks for a house: “our advisers” or the like",
        grammar=_voice(r"\b[Oo]ur {house's people}\b"),
    ),
    Clue(
        points=20,
        text="speaks for a firm: “at X we”",
        grammar=Grammar(
            "voice",
            r"\b[Hh]ere at [A-Z]|"
            r"\b[Aa]t (?:the )?[A-Z][\w&’'-]*(?: (?:of|and|the|&|[A-Z][\w&’'-]*)){0,6},? (?:we|our)\b|"
            r"\b[Ww]e at (?:the )?[A-Z]",
        ),
    ),
    Clue(points=20, text="speaks as “my department”", grammar=_voice(r"\b[Mm]y {office}\b")),
    Clue(
        points=15,
        text="calls the reader to act",
        grammar=_voice(
            r"\b(?:[Tt]o )?(?:[Ff]ind out|[Ll]earn|[Dd]iscover|[Rr]ead|[Ss]ee) (?:more|how)\b[^.]{0,40}"
            r"\b(?:at|visit|on|by|from|call|online)\b|\b{call to act}|"
            r"\b(?<!can )(?<!could )(?<!may )(?<!must )(?<!should )(?<!to )(?<!will )(?<!who ){order}\b",
        ),
        is_service=True,
    ),
    Clue(
        points=15,
        text="makes an offer",
        grammar=_voice(
            r"\bfrom (?:just|only|as little as) [£$€]\d|\b\d{1,2}(?:%| per cent) off\b|"
            r"\b0% (?:APR|finance)\b|\b{offer}",
        ),
    ),
    Clue(
        points=10,
        text="praises its own work: “we are proud”",
        grammar=_voice(r"\b{own praise}\b"),
    ),
    Clue(
        points=15,
        text="praises in the words of advertising",
        grammar=_voice(r"\b{advertising word}\b"),
        needed=3,
    ),
    Clue(
        points=10,
        text="gives a web or mail address",
        grammar=Grammar(
            "voice",
            r"\bwww\.[\w-]+\.\w{2,}|\bhttps?://(?!t\.co|pic\.)\S+|\b[\w-]{2,40}\.(?:gov|co|org)\.uk\b|"
            r"\b[\w.+-]{2,40}@[\w-]{2,40}\.\w{2,}",
        ),
        is_service=True,
    ),
    Clue(
        points=10,
        text="speaks to the reader as a buyer: “your home”, “you can save”",
        grammar=_voice(
            r"\b[Yy]our {buyer's}\b|\b[Yy]ou(?:[’']ll| can| could| will)? {buyer does}\b"
        ),
        needed=2,
    ),
)
DOUBT = Grammar("voice", r"\b{doubt}\b", re.IGNORECASE)
ARGUED = _voice(r"\b{who is argued with} {ought}\b")
REPORTED = Grammar("voice", r"\b{reporting}\b")
#: A number to call when a story hurts is a service, not a sale.
HELPLINE = Grammar("voice", r"\b{helpline}\b")
DOCUMENT = Grammar("voice", r"\b{document}\b", re.IGNORECASE)
#: What has a producer, a cast or a crew of its own.
PROGRAMME = Grammar("voice", r"\b{programme}\b", re.IGNORECASE)
