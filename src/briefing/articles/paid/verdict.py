"""The verdict on a piece: who speaks in it, as a sum of reasons an editor can read."""

import re

from briefing.articles.issued.issue import issue, with_clues
from briefing.articles.issued.issuer import issuer
from briefing.articles.paid.hosts import payers_and_doubts
from briefing.articles.paid.payer_by_label import payer_by_label
from briefing.articles.paid.ruled import ruled
from briefing.articles.paid.signals import (
    ARGUED,
    DOCUMENT,
    DOUBT,
    HELPLINE,
    PROGRAMME,
    REPORTED,
    SELLS,
    VOICE,
    Clue,
)
from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.articles.pieces.piece import Piece
from briefing.articles.text.unquoted_text import most_named, own_words, speaker
from briefing.articles.vocabulary.bylines import is_office, is_press
from briefing.articles.vocabulary.credits import Credit
from briefing.articles.vocabulary.disclosures import at_edge, in_sentence, in_text
from briefing.articles.vocabulary.label_grammar import label_sentence
from briefing.articles.vocabulary.labels import disclosure, is_notice_rubric
from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.notices import notice
from briefing.articles.vocabulary.payer_names import Disclosure, firm_named
from briefing.model.article import Author, Basis, Evidence, ParagraphKind, Sponsorship, Verdict

#: Points from which a piece is sponsored, and from which nobody can tell.
SPONSORED_FROM, UNSURE_FROM = 50, 25
_DECLARED, _GRANT, _SLOT, _DOUBTFUL = 100, 60, 60, 30
#: The standfirst and two paragraphs; the last three.
_EDGE_HEAD, _EDGE_FOOT = 3, 3
#: Lines that were read for what they disclose when they were taken off.
_READ_ALREADY = frozenset(
    {"credit", "disclosure", "disclosure inside the text", "link to other pages"}
)
#: In characters. Disclosures are looked for in every line all the same.
_HEARD = 100_000
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
#: How many different words of doubt, argument and reporting it takes to count.
_DOUBTS, _ARGUMENTS, _REPORTS = 3, 2, 4


def judge(
    piece: Piece, rules: tuple[SponsorRule, ...], url: str | None, fingerprint: str
) -> Sponsorship:
    """The verdict on one piece; the first rule that matches decides before any scoring.

    From 50 points a piece is sponsored, from 25 unsure. A supplement's credit and any disclosure
    make it at least unsure, however much speaks against them. What nobody is said to have paid for
    may have been issued by whom it speaks of: see `issue`.
    """
    voice = _ends(own_words(_spoken(piece)))
    declared, payer = _declared(piece, voice)
    sponsor, basis = _sponsor(piece, payer, voice)
    supplement = piece.credit.title if piece.credit and piece.credit.is_supplement else None
    for rule in rules:
        if rule.matches(piece, url, fingerprint):
            named = issuer(piece, voice) if rule.verdict is Verdict.ISSUED else (sponsor, basis)
            return ruled(rule, *named, supplement)
    against = _against(piece, voice)
    issued = issue(piece, voice, url, against)
    made = _made(piece, voice)
    evidence = (
        *declared,
        *_credits(piece.credit),
        *made,
        *_voices(piece, voice),
        *against,
    )
    score = sum(reason.points for reason in evidence)
    at_least_unsure = bool(declared) or bool(piece.credit and piece.credit.is_supplement)
    verdict = _verdict(score, at_least_unsure=at_least_unsure)
    if issued and not declared:
        return with_clues(issued, evidence)
    paid = verdict is not Verdict.EDITORIAL
    return Sponsorship(
        verdict=verdict,
        score=score,
        evidence=evidence,
        sponsor=sponsor if paid else None,
        basis=basis if paid else None,
        supplement=supplement,
        suspected=Verdict.SPONSORED if verdict is Verdict.UNSURE else None,
    )


def _spoken(piece: Piece) -> list[str]:
    """Standfirst and paragraphs; quotations keep their place, so that those over several are seen."""
    return [
        piece.standfirst or "",
        *("" if part.kind is ParagraphKind.POST else part.text for part in piece.paragraphs),
    ]


def _verdict(score: int, *, at_least_unsure: bool) -> Verdict:
    if score >= SPONSORED_FROM:
        return Verdict.SPONSORED
    return Verdict.UNSURE if score >= UNSURE_FROM or at_least_unsure else Verdict.EDITORIAL


def _declared(piece: Piece, voice: str) -> tuple[list[Evidence], str | None]:
    """Labels, head and foot lines and sentences that say outright that somebody paid."""
    found: list[Evidence] = []
    if piece.disclosure:
        found.append(_evidence(_DECLARED, f"labelled “{piece.disclosure}”", "label"))
    if piece.section and is_notice_rubric(piece.section):
        text = f"filed under “{piece.section}”, where those pay who give notice"
        found.append(_evidence(_SLOT, text, "label"))
    if piece.slot:
        found.append(_evidence(_SLOT, f"“{piece.slot}” stands over the headline", "label"))
    payers, doubts = payers_and_doubts(piece, voice)
    said = [
        *(("head or foot line", disclosed) for disclosed in payers),
        *(("sentence", disclosed) for disclosed in _sentences(piece, voice)),
    ]
    found += [
        _evidence(_GRANT if disclosed.is_grant else _DECLARED, disclosed.text, where)
        for where, disclosed in said
    ]
    found += [
        _evidence(_DOUBTFUL, f"“{doubtful.text}” stands next to or inside the piece", "label")
        for doubtful in doubts
    ]
    named = [piece.payer, *(disclosed.payer for _, disclosed in said)]
    return found, next((payer for payer in named if payer), None)


def _sentences(piece: Piece, voice: str) -> list[Disclosure]:
    """Disclosing sentences of the text, and of the lines that were taken off head and foot."""
    texts = voice.split("\n")
    edges = [
        *texts[:_EDGE_HEAD],
        *texts[-_EDGE_FOOT:],
        *piece.captions,
        *(line.text for line in piece.removed if line.reason not in _READ_ALREADY),
    ]
    sentences = dict.fromkeys(part for edge in edges for part in _SENTENCES.split(_ends(edge)))
    found = [
        in_text(voice),
        *(at_edge(part) or in_sentence(part) or notice(part) for part in sentences),
    ]
    labels = {part: label_sentence(part) for part in sentences}
    found += [
        Disclosure(text=part, payer=payer or firm_named(sentences))
        for part, (is_label, payer) in labels.items()
        if is_label
    ]
    found += [
        Disclosure(text=line.text, payer=None)
        for line in piece.removed
        if any(disclosure(part) for part in dict.fromkeys(_SENTENCES.split(_ends(line.text))[1:]))
    ]
    seen = {disclosed.text: disclosed for disclosed in found if disclosed}
    return list(seen.values())


def _sponsor(piece: Piece, payer: str | None, voice: str) -> tuple[str | None, Basis | None]:
    """The payer as declared; else the house whose voice it is, its officer's, or the one praised."""
    if payer:
        return payer, Basis.DECLARED
    officers = [author.publication for author in piece.authors if not is_press(author.role)]
    by_label = payer_by_label(piece, voice) if piece.disclosure else None
    named = (
        by_label
        or speaker(voice)
        or next((house for house in (*piece.makers, *officers) if house), None)
    )
    named = named or most_named(voice)
    return (named, Basis.INFERRED) if named else (None, None)


def _credits(credit: Credit | None) -> list[Evidence]:
    if credit is None or not credit.is_supplement:
        return []
    points = 40 if credit.is_roundtable else 30
    kind = "roundtable supplement" if credit.is_roundtable else "supplement"
    return [_evidence(points, f"{kind} credit: {credit.text}", "credit")]


def _made(piece: Piece, voice: str) -> list[Evidence]:
    """Evidence of "Produced by …", which counts where nothing in the piece has a producer of its own."""
    told = f"{piece.headline} {piece.standfirst or ''} {voice}"
    if not piece.makers or PROGRAMME.search(told):
        return []
    return [
        _evidence(40, f"made by {piece.makers[0]}, as a line of its own says", "head or foot line")
    ]


def _voices(piece: Piece, voice: str) -> list[Evidence]:
    """What the voice of the text gives away.

    A call, an address, a telephone number or a missing signature is in every second report: where
    nothing sells, it takes two of them and no signature, or only the strongest counts.
    """
    sells = [reason for clue in VOICE if not clue.is_service for reason in _clue(clue, voice)]
    serves = _services(piece, voice)
    signed = bool(piece.authors or piece.unseen_signers)
    others = sells or piece.makers or piece.credit or (len(serves) > 1 and not signed)
    if not others:
        return sorted(serves, key=lambda reason: -reason.points)[:1]
    return [*sells, *serves, *([] if signed else [_evidence(10, "no author", "by-line")])]


def _services(piece: Piece, voice: str) -> list[Evidence]:
    found = [reason for clue in VOICE if clue.is_service for reason in _clue(clue, voice)]
    if piece.has_address and not any("address" in reason.text for reason in found):
        found.append(_evidence(10, "left-over web or mail address", "foot line"))
    if piece.has_phone and not HELPLINE.search(voice):
        found.append(_evidence(20, "left-over telephone number", "foot line"))
    return found


def _ends(voice: str) -> str:
    """Of more words than anybody writes in one piece, how it begins and how it ends."""
    return voice if len(voice) <= 2 * _HEARD else f"{voice[:_HEARD]}\n{voice[-_HEARD:]}"


def _clue(clue: Clue, voice: str) -> list[Evidence]:
    seen: dict[str, str] = {}
    for match in clue.grammar.pattern.finditer(voice):
        if HELPLINE.search(voice, max(0, match.start() - 160), match.end() + 160):
            continue
        seen.setdefault(match[0].casefold(), match[0].strip())
        if len(seen) == clue.needed:
            listed = "”, “".join(seen.values())
            return [_evidence(clue.points, f"{clue.text} (“{listed}”)", "body")]
    return []


def _against(piece: Piece, voice: str) -> list[Evidence]:
    """What speaks for reporting: a signature, doubt, argument, what others are reported to have said."""
    found = _signature(piece, voice)
    doubts = _different(DOUBT, voice)
    if len(doubts) >= _DOUBTS:
        found.append(_evidence(-15, f"doubts or criticises ({', '.join(doubts[:4])})", "body"))
    if len(_different(ARGUED, voice)) >= _ARGUMENTS:
        found.append(_evidence(-10, "argues about what others ought to do", "body"))
    if len(_different(REPORTED, voice)) >= _REPORTS:
        found.append(_evidence(-10, "reports what others say", "body"))
    if DOCUMENT.search(f"{piece.headline} {piece.standfirst or ''}"):
        found.append(_evidence(-20, "printed as a speech or document", "headline"))
    return found


def _different(grammar: Grammar, text: str) -> list[str]:
    return sorted({match[0].lower() for match in grammar.pattern.finditer(text)})


def _signature(piece: Piece, voice: str) -> list[Evidence]:
    """A named writer stands for the text; an officer who praises the own house does not."""
    house = speaker(voice)
    names = ", ".join(author.name for author in piece.authors if author.name)
    if not names:
        return []
    if any(_speaks_for(author, house, voice) for author in piece.authors):
        return [
            _evidence(10, f"signed by an officer of the house it speaks for ({names})", "by-line")
        ]
    points = max(_weight(author) for author in piece.authors)
    return [_evidence(-points, f"signed by {names}", "by-line")]


def _weight(author: Author) -> int:
    if is_press(author.role) or is_office(author.role):
        return 45
    return 25 if author.role else 30


def _speaks_for(author: Author, house: str | None, voice: str) -> bool:
    """An officer (no reporter, no politician) of the firm whose "we" or "our customers" the text has."""
    employer = (author.publication or "").casefold()
    if not employer or is_press(author.role) or is_office(author.role):
        return False
    named = (house or "").casefold()
    if named and (employer in named or named in employer):
        return True
    return employer in voice.casefold() or bool(SELLS.search(voice))


def _evidence(points: int, text: str, where: str) -> Evidence:
    return Evidence(points=points, text=text, where=where)
