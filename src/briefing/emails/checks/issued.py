"""What a body issued itself: readers are told whose words they read, before they read them."""

from typing import Any

from briefing.emails.checks.block_look import is_apart, label_of
from briefing.emails.checks.rule import (
    ERROR,
    PREHEADER,
    SUBJECT,
    TEXT_PART,
    WARNING,
    Fault,
    Faults,
    quoted,
    rule,
)
from briefing.emails.checks.sample import Proof, worded
from briefing.emails.small_print import issued_by
from briefing.languages.furniture import furniture
from briefing.model.article import Verdict
from briefing.model.edition import Item

_CODE = "Pressekodex (Deutscher Presserat), guideline 1.3; IPSO Editors’ Code of Practice, clause 1"
#: The css-class by which a design marks what a body issued itself.
_ISSUED = "issued"


@rule(
    "issued-label",
    ERROR,
    reason="A press release that reads like a report lends the newsroom's word to whoever wrote it.",
    source=_CODE,
)
def issued_label(proof: Proof) -> Faults:
    """Every issued piece stands in a block whose first words say who issued it, in both parts."""
    words = furniture(proof.email.language)
    for item in _issued(proof):
        label, says = (worded(text) for text in issued_by(item.article, words))
        block = _block(proof, item)
        if not item.article.sponsorship.sponsor:
            message = f"Nobody is named as who issued {quoted(item.headline)}; decide it again."
            yield Fault(ERROR, message, proof.place_of(item))
        if block is None or worded(label_of(proof, block)) != label:
            message = (
                f"{quoted(item.headline)} stands in no block of css-class {_ISSUED} that begins "
                f"with {quoted(label)}; put it in one."
            )
            yield Fault(ERROR, message, proof.place_of(item))
        elif says not in worded("".join(block.itertext())):
            message = (
                f"The digest of {quoted(item.headline)} does not say {quoted(says)}; print it."
            )
            yield Fault(ERROR, message, proof.place_of(item))
        if label not in worded(proof.text) or says not in worded(proof.text):
            message = f"The plain-text part lacks {quoted(label)} or {quoted(says)}; print both."
            yield Fault(ERROR, message, TEXT_PART)


@rule(
    "issued-distinct",
    WARNING,
    reason="A label is overlooked where what a body says of itself looks like a story.",
    source=_CODE,
)
def issued_distinct(proof: Proof) -> Faults:
    """An issued piece has another ground or a border of its own, in light and in dark."""
    looks = [("light", proof.light)] + ([("dark", proof.dark)] if proof.has_dark_rules else [])
    issued = {item.id for item in _issued(proof)}
    reports = (proof.heading(item) for item in proof.edition.items if item.id not in issued)
    report = next((heading for heading in reports if heading is not None), None)
    for item in _issued(proof):
        block = _block(proof, item)
        for mode, look in looks if block is not None and report is not None else ():
            if not is_apart(look, block, report):
                message = f"An issued piece has the stories' ground and no border in {mode} mode; set it apart."
                yield Fault(WARNING, message, proof.place_of(item))


@rule(
    "issued-place",
    WARNING,
    reason="Whoever opens a letter takes its first story, and its subject, for the newsroom's choice.",
    source="ours: an issued piece leads only where an editor put it",
)
def issued_place(proof: Proof) -> Faults:
    """No issued piece comes first, or stands in the subject or preheader."""
    for item in _issued(proof):
        if item is proof.edition.lead:
            message = (
                f"{quoted(item.headline)} leads, and was issued by whom it speaks of; is it meant?"
            )
            yield Fault(WARNING, message, proof.place_of(item))
        lines = ((SUBJECT, proof.email.subject), (PREHEADER, proof.email.preheader))
        for place, line in lines:
            if worded(item.headline).casefold() in worded(line).casefold():
                message = (
                    f"The {place.name} names {quoted(item.headline)}, which a body issued itself."
                )
                yield Fault(WARNING, message, place)


def _issued(proof: Proof) -> list[Item]:
    return [item for item in proof.edition.items if item.article.verdict is Verdict.ISSUED]


def _block(proof: Proof, item: Item) -> Any | None:
    """The element of the design that marks the piece; None where there is none."""
    heading = proof.heading(item)
    around = heading.iterancestors() if heading is not None else ()
    return next((one for one in around if _ISSUED in (one.get("class") or "").split()), None)
