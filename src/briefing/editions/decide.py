"""Deciding: an editor's word on who speaks in a piece, with the reasons that stood before."""

from briefing.errors import EditionError
from briefing.model.article import Basis, Evidence, Sponsorship, Verdict
from briefing.model.change import Decide
from briefing.model.edition import Item

#: What whoever speaks has done, where it is not the newsroom.
_DONE = {Verdict.SPONSORED: "paid for it", Verdict.ISSUED: "issued it"}


def decided(item: Item, change: Decide, name: str | None) -> Sponsorship:
    """The verdict as an editor gives it.

    Raises:
        EditionError: when nobody is named whom readers would have to be told of.
    """
    done = _DONE.get(change.verdict)
    if done and name is None:
        raise EditionError(f"{item.headline!r}: name who {done}; readers are told.")
    note = f": {change.note}" if change.note else ""
    said = Evidence(points=0, text=f"an editor decided so{note}", where="decision")
    before = item.article.sponsorship
    return Sponsorship(
        verdict=change.verdict,
        score=before.score,
        evidence=(said, *(one for one in before.evidence if one.where != said.where)),
        sponsor=name if done else None,
        basis=Basis.DECLARED if done else None,
        supplement=before.supplement if change.verdict is Verdict.SPONSORED else None,
    )
