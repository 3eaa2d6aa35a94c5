"""Whether a body speaks for itself in a piece: a sum of reasons an editor can read."""

from collections.abc import Sequence
from dataclasses import replace

from briefing.articles.issued.issuer import issuer
from briefing.articles.issued.signs import proofs, voices
from briefing.articles.pieces.piece import Piece
from briefing.model.article import Evidence, Sponsorship, Verdict

#: Points from which a piece was issued, and from which a person is asked.
_ISSUED_FROM, _UNSURE_FROM = 60, 25


def with_clues(issued: Sponsorship, clues: Sequence[Evidence]) -> Sponsorship:
    """The verdict with what else was found: a body that speaks for itself sounds like a seller too."""
    more = tuple(clue for clue in clues if clue not in issued.evidence)
    return replace(issued, evidence=(*issued.evidence, *more))


def issue(
    piece: Piece, voice: str, url: str | None, against: Sequence[Evidence]
) -> Sponsorship | None:
    """The verdict that a body issued the piece, or may have; None where nothing says so.

    It takes proof by structure, and a name, because readers are told who speaks. A voice alone is
    asked about: a signed comment may speak for a body, and its by-line says so.
    """
    proved = proofs(piece, url)
    evidence = (*proved, *voices(voice), *against)
    score = sum(reason.points for reason in evidence)
    if score < _UNSURE_FROM or evidence == tuple(against):
        return None
    name, basis = issuer(piece, voice)
    is_proved = sum(reason.points for reason in proved) >= _ISSUED_FROM
    issued = score >= _ISSUED_FROM and is_proved and name is not None
    return Sponsorship(
        verdict=Verdict.ISSUED if issued else Verdict.UNSURE,
        score=score,
        evidence=evidence,
        sponsor=name,
        basis=basis,
        suspected=None if issued else Verdict.ISSUED,
    )
