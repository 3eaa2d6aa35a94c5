"""Clues of paid copy in a piece's own voice: points, words for the editor, and what to look for.

The points are judged, not learned: at one advert in twenty, even a classifier that is right nine
times in ten accuses two reports for every advert it finds. Quotations are taken out before.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One thing to look for; it counts once `needed` different wordings of it were found."""

    points: int
    text: str
    pattern: re.Pattern[str]
    needed: int = 1
    #: Reporting has it as often: where to turn, and whom to ask.
    is_service: bool = False


def _clue(
    points: int, text: str, pattern: str, needed: int = 1, *, is_service: bool = False
) -> Clue:
    return Clue(
        points=points, text=text, pattern=re.compile(pattern), needed=needed, is_service=is_service
    )


_GOODS = (
    r"(?:customers?|clients?|platforms?|engineers|products?|software|technolog(?:y|ies)|solutions?|"
    r"app|stores?|branches|"
    r"showrooms?|guests|users|subscribers|range|brands?|packages|offering|portfolio|toolkit|shops|"
    r"fleet|network|factory|"
    r"factories|investors|policyholders|tenants|dealers|sites|restaurants|hotels|menus?|"
    r"plans? start)"
)
VOICE = (
    _clue(
        25,
        "speaks as a seller: “our customers” or the like",
        rf"\b[Oo]ur (?:own |new |latest |[\w-]+ )?{_GOODS}\b|\b(?:nos clients|unsere (?:Kunden|"
        rf"Produkte)|nuestros clientes|i nostri clienti|onze klanten)\b",
    ),
    _clue(
        10,
        "speaks for a house: “our advisers” or the like",
        r"\b[Oo]ur (?:experts|advisers|advisors|consultants|specialists|services?|colleagues|"
        r"programmes?|partners|staff|team)\b",
    ),
    _clue(
        20,
        "speaks for a firm: “at X we”",
        r"\b[Hh]ere at [A-Z]|"
        r"\b[Aa]t (?:the )?[A-Z][\w&’'-]*(?: (?:of|and|the|&|[A-Z][\w&’'-]*)){0,6},? (?:we|our)\b|"
        r"\b[Ww]e at (?:the )?[A-Z]",
    ),
    _clue(
        20,
        "speaks as “my department”",
        r"\b[Mm]y (?:department|ministry|company|firm|bank|agency|organisation)\b",
    ),
    _clue(
        15,
        "calls the reader to act",
        r"\b(?:[Tt]o )?(?:[Ff]ind out|[Ll]earn|[Dd]iscover|[Rr]ead|[Ss]ee) (?:more|"
        r"how)\b[^.]{0,40}\b(?:at|visit|on|by|from|call|online)\b"
        r"|\b[Vv]isit (?:us|our|www|https?:|[\w-]+\.\w{2,})|\b[Cc]all (?:us|our|0\d|free|today)|"
        r"\b[Cc]ontact (?:us|our|your (?:local|nearest))"
        r"|\b[Gg]et in touch\b|\b[Gg]et started\b|\b(?=[RrAaBbOoJjSsDd])(?<!can )(?<!could )(?<!may )(?<!must )"
        r"(?<!should )(?<!to )(?<!will )(?<!who )(?:[Rr]egister|[Aa]pply|[Bb]uy|[Oo]rder|"
        r"[Jj]oin|[Ss]witch|[Dd]onate) (?:now|today|online|at www)\b"
        r"|\b[Bb]ook (?:now|today|your|an? (?:demo|appointment|visit|tour|place|free))|"
        r"\b[Ss]ign up (?:at|today|now|for (?:a )?free)"
        r"|\b[Dd]ownload (?:our|the (?:free |full )?(?:app|guide|report|brochure|white))|"
        r"\b[Ss]hop now\b|\b[Tt]ry it (?:free|today)"
        r"|\b[Tt]o (?:find out|learn|discover) more\b|\b[Ff]or (?:more|further) (?:information|"
        r"details)\b|\b[Rr]equest (?:a|your) (?:quote|demo|brochure)"
        r"|\b(?:[Pp]our en savoir plus|[Mm]ehr (?:dazu|Informationen)|[Mm]ás información|"
        r"[Pp]er saperne di più|[Mm]eer weten)\b",
        is_service=True,
    ),
    _clue(
        15,
        "makes an offer",
        r"\bfrom (?:just|only|as little as) [£$€]\d|\b(?:free|no-obligation) (?:trial|quote|"
        r"consultation|demo|delivery)\b|\b\d{1,2}(?:%| per cent) off\b"
        r"|\b(?:discount|promo|voucher) code\b|\b(?:[Tt]erms and conditions|T&Cs) apply\b|"
        r"\boffer (?:ends|closes|valid)\b|\blimited[- ]time\b"
        r"|\bearly[- ]bird\b|\bmoney[- ]back guarantee\b|\b0% (?:APR|finance)\b|\bno (?:contract|"
        r"upfront cost|set-up fee)",
    ),
    _clue(
        10,
        "praises its own work: “we are proud”",
        r"\b[Ww]e(?: are|[’']re| were| have been)(?: very| so| all| also| particularly)? "
        r"(?:proud|pleased|delighted|committed|supporting|excited|thrilled|investing|working with|"
        r"dedicated|passionate|uniquely)\b"
        r"|\b[Ww]e (?:pride ourselves|offer|deliver|specialise|help (?:our|businesses|families|"
        r"people|companies)|partner with|understand that)\b"
        r"|\b[Oo]ur (?:mission|vision|commitment|passion|heritage|expertise|ambition is|promise)\b",
    ),
    _clue(
        15,
        "praises in the words of advertising",
        r"\b(?:innovative|cutting[- ]edge|award[- ]winning|world[- ]class|world[- ]leading|"
        r"market[- ]leading|industry[- ]leading|state[- ]of[- ]the[- ]art|"
        r"seamless(?:ly)?|bespoke|tailor(?:ed|-made)|hassle[- ]free|one[- ]stop|game[- ]chang\w+|"
        r"unrivalled|unparalleled|unlocks?|empower\w*|"
        r"leverag\w+|end[- ]to[- ]end|next[- ]generation|best[- ]in[- ]class|trusted partner|"
        r"peace of mind|stunning|luxur\w+|effortless\w*|"
        r"easy[- ]to[- ]use|user[- ]friendly|cost[- ]effective|revolutionis\w+|transformative|"
        r"ground-?breaking|future[- ]proof\w*|"
        r"perfect (?:for|choice|way)|whether you(?:[’']re| are)|at the (?:heart|forefront) of|"
        r"looking to|passionate|exciting|vibrant|"
        r"huge opportunit\w+|helping (?:you|businesses|families|customers)|leading (?:provider|"
        r"supplier|maker|brand|platform|operator))\b",
        3,
    ),
    _clue(
        10,
        "gives a web or mail address",
        r"\bwww\.[\w-]+\.\w{2,}|\bhttps?://(?!t\.co|pic\.)\S+|\b[\w-]{2,40}\.(?:gov|co|org)\.uk\b|"
        r"\b[\w.+-]{2,40}@[\w-]{2,40}\.\w{2,}",
        is_service=True,
    ),
    _clue(
        10,
        "speaks to the reader as a buyer: “your home”, “you can save”",
        r"\b[Yy]our (?:business|home|family|savings|money|pension|bills?|customers|company|next|"
        r"local branch|team|organisation|account|order|journey)\b"
        r"|\b[Yy]ou(?:[’']ll| can| could| will)? (?:save|enjoy|choose|earn|relax|benefit|switch)\b",
        2,
    ),
)
#: The seller's voice: the first of the clues.
SELLS = VOICE[0].pattern
DOUBT = re.compile(
    r"\b(?:critics?|criticis\w+|fail(?:ed|ure|ing|s)|wrong|mistakes?|mistaken|regret\w*|scepti\w+|"
    r"scandal|blam\w+|accus\w+|warn(?:ed|s|ing)|"
    r"ang(?:er|ry)|rebel\w*|defeat\w*|resign\w*|oppos(?:ition|es|ed|ents?)|controvers\w+|conced\w+|"
    r"not good enough|"
    r"fell short|should have|ought to|doubts?|flaw\w*|attack(?:ed|s|ing)?|disput\w+|shame\w*|"
    r"broken|crisis|neglect\w*|"
    r"complain\w*|condemn\w*|unfair|injustice|too (?:late|little|slow|few|many|often)|embarrass\w*|"
    r"betray\w*|chaos|misled|"
    r"den(?:y|ied|ies)|refus\w+|quarrel\w*|row over|struggl\w+|victims?)\b",
    re.IGNORECASE,
)
ARGUED = re.compile(
    r"\b(?:[Mm]inisters?|[Gg]overnments?|[Pp]arliament|[Cc]abinet|[Pp]rime [Mm]inister|"
    r"[Cc]hancellor|MPs|[Cc]ouncils?|[Ll]abour|[Cc]onservatives?|"
    r"[Tt]ories|[Pp]arty|[Tt]reasury|[Ww]e|[Ii]t|[Ss]tate|[Pp]oliticians|[Pp]olicy) (?:must|should|"
    r"ought|cannot|can no longer|needs? to|has to|have to)\b"
)
REPORTED = re.compile(
    r"\b(?:said|says|told (?:me|the|a|an|MPs|reporters|us)|according to|sources?|spokes(?:man|"
    r"woman|person)|insist\w*|argu(?:e|es|ed)|claim(?:ed|s)|"
    r"asked|repl(?:y|ied|ies)|added|admit(?:s|ted)|announced|confirmed|poll(?:s|ing|ed)?|voted?|"
    r"votes)\b"
)
#: A number to call when a story hurts is a service, not a sale.
HELPLINE = re.compile(
    r"\b(?:Samaritans|helpline|Childline|Citizens Advice|affected by|Crimestoppers|Refuge|Mind|NHS|"
    r"111|999|anyone with information)\b"
)
DOCUMENT = re.compile(
    r"\b(?:full text|in full|full transcript|transcript|text of|speech|open letter|letter to|"
    r"manifesto|statement in)\b",
    re.IGNORECASE,
)
#: What has a producer, a cast or a crew of its own.
PROGRAMME = re.compile(
    r"\b(?:podcasts?|episodes?|films?|plays?|drama|theatre|playhouse|albums?|concerts?|documentar(?:y|ies)|"
    r"directed|cast|screenplay|broadcast|radio|soundtrack|stage)\b",
    re.IGNORECASE,
)
