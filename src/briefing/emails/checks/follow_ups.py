"""The rule on the line that says what is new since an earlier edition."""

from briefing.emails.checks.rule import ERROR, WARNING, Fault, Faults, quoted, rule
from briefing.emails.checks.sample import Proof, folded


@rule(
    "follow-up",
    ERROR,
    WARNING,
    reason="“Since Tuesday” promises readers something that they have not read, in the source's own words.",
    source="Editors' Code of Practice 1.i (accuracy); printed sentences are the source's (docs/why.md)",
)
def follow_up(proof: Proof) -> Faults:
    """What is new since an earlier edition is a sentence of the article, and is printed once."""
    for item in proof.edition.items:
        before = item.follow_up
        if not before or not before.printed or not before.news:
            continue
        news, place = before.news, proof.place_of(item)
        if item.article.text[news.start : news.end] != news.text:
            message = (
                f"{quoted(news.text)} is not a sentence of the article; draft the edition again."
            )
            yield Fault(ERROR, message, place)
        at = folded(item.paragraph).find(folded(news.printed))
        if at > 0:
            message = (
                f"{quoted(news.text)} stands in the paragraph too; leave one of them out, at the desk or "
                "with `briefing follow-ups --hide`."
            )
            yield Fault(WARNING, message, place)
