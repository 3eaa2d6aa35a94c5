"""The verdict on a piece: editorial, unsure or sponsored, as a sum of reasons an editor can read.

The points are judged, not learned: at one advert in twenty, even a classifier that is right nine
times in ten accuses two reports for every advert it finds. Rules that people wrote come first.
"""

import re
from dataclasses import dataclass

from briefing.articles.credits import Credit
from briefing.articles.disclosures import in_line, in_sentence
from briefing.articles.parsing import Piece
from briefing.articles.shingles import same_fingerprint
from briefing.articles.voice import own_words, speaker
from briefing.model.article import Basis, Evidence, Sponsorship, Verdict

_SPONSORED, _UNSURE = 50, 25
_DECLARED = 100

#: Points, words for the editor, and the pattern to look for outside quotations.
_VOICE = (
    (
        25,
        "speaks of “our customers” or the like",
        r"\b[Oo]ur (?:customers|clients|platform|engineers|products?|software|technology|solutions?|"
        r"app|experts|advisers|consultants|stores|branches|brand|showroom|guests)\b",
    ),
    (
        20,
        "speaks for a firm: “at X we”",
        r"\b(?:[Hh]ere )?[Aa]t [A-Z][\w&’'. -]{1,40},? we\b|\b[Ww]e at (?:the )?[A-Z]",
    ),
    (
        20,
        "speaks as “my department”",
        r"\b[Mm]y (?:department|ministry|company|firm|bank|agency)\b",
    ),
    (
        15,
        "calls the reader to act",
        r"\b(?:[Ff]ind out more|[Ll]earn more|[Vv]isit (?:us|our|www|https?)|[Cc]all us|[Cc]ontact us|"
        r"[Gg]et in touch|[Rr]egister (?:now|today)|[Bb]ook (?:now|today|your)|[Ss]ign up (?:at|today|now)|"
        r"[Dd]ownload (?:our|the)|[Tt]o (?:find out|learn) more|[Oo]rder (?:now|today)|[Ss]hop now)\b",
    ),
    (
        10,
        "praises its own work: “we are proud”",
        r"\b[Ww]e(?: are|[’']re| were| have been)(?: very| so| all)? "
        r"(?:proud|pleased|delighted|committed|supporting|excited|thrilled|investing|working with)\b",
    ),
    (
        10,
        "gives a web address",
        r"\b(?:www\.[\w-]+\.\w{2,}|https?://(?!t\.co|pic\.)\S+|[\w-]+\.(?:gov|co|org)\.uk\b)",
    ),
)
_DOUBT = re.compile(
    r"\b(?:critics?|criticis\w+|failed|failure|failing|wrong|mistakes?|regret|sceptic\w*|scandal|blamed?|"
    r"accus\w+|warned?|anger|angry|row|rebels?|rebellion|defeat\w*|resign\w*|opposition|opponents?|"
    r"controvers\w+|concede[ds]?|not good enough|fell short|should have|ought to have|doubts?|"
    r"flawed|against|attack\w*|lost|losing|disput\w+|however)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorRule:
    """A person's decision. All texts that are given must occur in the piece, case aside."""

    verdict: Verdict
    credit: str | None = None
    headline: str | None = None
    url: str | None = None
    publication: str | None = None
    byline: str | None = None
    fingerprint: str | None = None
    sponsor: str | None = None
    note: str | None = None

    def matches(self, piece: Piece, url: str | None, fingerprint: str) -> bool:
        """True when the rule speaks of this piece; a rule without any condition never does."""
        authors = [(author.name, author.publication or "") for author in piece.authors]
        texts = (
            (self.credit, piece.credit.text if piece.credit else ""),
            (self.headline, piece.headline),
            (self.url, url or ""),
            (self.publication, " ".join(publication for _, publication in authors)),
            (self.byline, " ".join(name for name, _ in authors)),
        )
        asked = [(wanted, text) for wanted, text in texts if wanted is not None]
        if self.fingerprint is not None and not same_fingerprint(self.fingerprint, fingerprint):
            return False
        if not asked and self.fingerprint is None:
            return False
        return all(wanted.casefold() in text.casefold() for wanted, text in asked)


def judge(
    piece: Piece, rules: tuple[SponsorRule, ...], url: str | None, fingerprint: str
) -> Sponsorship:
    """The verdict on one piece; the first rule that matches decides before any scoring."""
    voice = own_words([paragraph.text for paragraph in piece.paragraphs])
    declared, payer = _declared(piece, voice)
    sponsor, basis = _sponsor(payer, voice)
    supplement = piece.credit.title if piece.credit and piece.credit.is_supplement else None
    for rule in rules:
        if rule.matches(piece, url, fingerprint):
            return _ruled(rule, sponsor, basis, supplement)
    evidence = (
        *declared,
        *_credits(piece.credit),
        *_voices(piece, voice),
        *_signature(piece, voice),
    )
    score = sum(reason.points for reason in evidence)
    verdict = _verdict(score, supplement is not None or _is_supplement(piece.credit))
    paid = verdict is not Verdict.EDITORIAL
    return Sponsorship(
        verdict=verdict,
        score=score,
        evidence=evidence,
        sponsor=sponsor if paid else None,
        basis=basis if paid else None,
        supplement=supplement,
    )


def _verdict(score: int, in_supplement: bool) -> Verdict:  # noqa: FBT001 - one private caller
    if score >= _SPONSORED:
        return Verdict.SPONSORED
    return Verdict.UNSURE if score >= _UNSURE or in_supplement else Verdict.EDITORIAL


def _is_supplement(credit: Credit | None) -> bool:
    return credit is not None and credit.is_supplement


def _ruled(
    rule: SponsorRule, sponsor: str | None, basis: Basis | None, supplement: str | None
) -> Sponsorship:
    note = f": {rule.note}" if rule.note else ""
    reason = Evidence(
        points=0, text=f"decided by a rule in config.toml{note}", where="sponsors.rule"
    )
    paid = rule.verdict is not Verdict.EDITORIAL
    return Sponsorship(
        verdict=rule.verdict,
        evidence=(reason,),
        sponsor=(rule.sponsor or sponsor) if paid else None,
        basis=(Basis.DECLARED if rule.sponsor else basis) if paid else None,
        supplement=supplement,
    )


def _declared(piece: Piece, voice: str) -> tuple[list[Evidence], str | None]:
    """Labels, head and foot lines and sentences that say outright that somebody paid."""
    found: list[Evidence] = []
    payer = piece.payer
    if piece.disclosure:
        found.append(
            Evidence(points=_DECLARED, text=f"labelled “{piece.disclosure}”", where="label")
        )
    texts = [paragraph.text for paragraph in piece.paragraphs]
    edges = [
        piece.standfirst or "",
        *texts[:2],
        *texts[-3:],
        *(line.text for line in piece.removed),
    ]
    for line in dict.fromkeys(edges):
        disclosed = in_line(line)
        if disclosed and not _is_supplement_credit(piece, line):
            found.append(Evidence(points=_DECLARED, text=disclosed.text, where="head or foot line"))
            payer = payer or disclosed.payer
            break
    disclosed = in_sentence(f"{piece.standfirst or ''}\n{voice}")
    if disclosed:
        found.append(Evidence(points=_DECLARED, text=disclosed.text, where="sentence"))
        payer = payer or disclosed.payer
    return found, payer


def _is_supplement_credit(piece: Piece, line: str) -> bool:
    return piece.credit is not None and piece.credit.text == line


def _sponsor(payer: str | None, voice: str) -> tuple[str | None, Basis | None]:
    if payer:
        return payer, Basis.DECLARED
    named = speaker(voice)
    return (named, Basis.INFERRED) if named else (None, None)


def _credits(credit: Credit | None) -> list[Evidence]:
    if credit is None or not credit.is_supplement:
        return []
    points = 40 if credit.is_roundtable else 30
    kind = "roundtable supplement" if credit.is_roundtable else "supplement"
    return [Evidence(points=points, text=f"{kind} credit: {credit.text}", where="credit")]


def _voices(piece: Piece, voice: str) -> list[Evidence]:
    found = []
    for points, words, pattern in _VOICE:
        match = re.search(pattern, voice)
        if match:
            found.append(
                Evidence(points=points, text=f"{words} (“{match[0].strip()}”)", where="body")
            )
    if piece.has_phone:
        found.append(Evidence(points=20, text="left-over telephone number", where="foot line"))
    if not piece.authors and piece.paragraphs:
        found.append(Evidence(points=10, text="no author", where="by-line"))
    return found


def _signature(piece: Piece, voice: str) -> list[Evidence]:
    """A signed piece that argues and doubts is somebody's own; an officer praising the firm is not."""
    found = []
    own_house = speaker(voice)
    signed = [author for author in piece.authors if author.role or author.raw.startswith("By ")]
    if signed and not _praises_own_house(piece, own_house):
        names = ", ".join(author.name for author in signed)
        found.append(Evidence(points=-45, text=f"signed by {names}", where="by-line"))
    doubts = {match.lower() for match in _DOUBT.findall(voice)}
    if len(doubts) >= 2:  # noqa: PLR2004 - one such word may be chance
        listed = ", ".join(sorted(doubts)[:4])
        found.append(Evidence(points=-15, text=f"doubts or criticises ({listed})", where="body"))
    return found


def _praises_own_house(piece: Piece, house: str | None) -> bool:
    """The author works for the firm the text speaks for; a ministry's head may still argue."""
    for author in piece.authors:
        employer = (author.publication or "").casefold()
        if house and employer and (employer in house.casefold() or house.casefold() in employer):
            is_politician = re.search(
                r"minister|secretary|chancellor|\bMPs?\b", author.role or "", re.IGNORECASE
            )
            if not is_politician:
                return True
    return False
