"""The verdict of a rule: what people have decided stands before all that the program counts."""

from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.model.article import Basis, Evidence, Sponsorship, Verdict


def ruled(
    rule: SponsorRule, name: str | None, basis: Basis | None, supplement: str | None
) -> Sponsorship:
    """The verdict as a rule has it; readers are told who issued a piece, so without a name it is held."""
    reason = Evidence(points=0, text=rule.said, where="sponsors.rule")
    named, verdict = rule.sponsor or name, rule.verdict
    if verdict is Verdict.ISSUED and not named:
        missing = "the rule does not say who issued it; give it a sponsor"
        return Sponsorship(
            verdict=Verdict.UNSURE,
            evidence=(reason, Evidence(points=0, text=missing, where="sponsors.rule")),
            suspected=Verdict.ISSUED,
        )
    other = verdict is not Verdict.EDITORIAL
    return Sponsorship(
        verdict=verdict,
        evidence=(reason,),
        sponsor=named if other else None,
        basis=(Basis.DECLARED if rule.sponsor else basis) if other else None,
        supplement=supplement,
    )
