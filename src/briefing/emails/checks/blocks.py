"""Blocks: what people wrote is printed, stories lead somewhere, and paid copy stands apart."""

from briefing.emails.blocks.markdown import unmarked
from briefing.emails.checks.rule import INFO, WARNING, Fault, Faults, Place, quoted, rule
from briefing.emails.checks.sample import Proof, folded, worded
from briefing.emails.printable import web_address

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

#: So many characters tell a block's words from any others.
_BEGINNING = 60


@rule(
    "block-printed",
    WARNING,
    reason="What somebody wrote and nobody reads is missed too late.",
    source="ours: nothing that an editor types is dropped in silence",
)
def block_printed(proof: Proof) -> Faults:
    """Every block that people wrote, or that a file holds, stands in the letter."""
    said = [
        (block, folded(unmarked(block.text.replace("|", " ")))) for block in proof.edition.blocks
    ]
    unseen = [each for each in said if each[1][:_BEGINNING] not in proof.words]
    letters = worded(proof.words) if unseen else ""
    for block, text in unseen:
        words = worded(text)
        if words and words[:40] not in letters:
            message = (
                f"The design prints no block {block.name!r}: {quoted(block.text)} is kept and not sent. "
                "Move its words, or choose a design that has the block."
            )
            yield Fault(WARNING, message, Place(f"block {block.name}"))


@rule(
    "story-address",
    INFO,
    reason="A reader who wants to read on finds no way, and the source gets no visit.",
    source="ours: every story leads to its source",
)
def story_address(proof: Proof) -> Faults:
    """Every story has an address where readers can read on."""
    for item in proof.edition.items:
        if not web_address(*item.links):
            message = (
                f"{quoted(item.headline)} has no address to read on at; give it one under Edit."
            )
            yield Fault(INFO, message, proof.place_of(item))


@rule(
    "sponsor-place",
    WARNING,
    reason="Next to the lead an advert borrows its weight, and two in a row are skipped as one.",
    source="CAP Code (UK), rule 2.1; ours: never first, never next to the lead, never two in a row",
)
def sponsor_place(proof: Proof) -> Faults:
    """Paid copy stands neither next to the lead nor next to other paid copy."""
    lead = proof.edition.lead
    first = proof.heading(lead) if lead else None
    paid = {
        heading: item
        for item in proof.edition.sponsored
        if (heading := proof.heading(item)) is not None
    }
    # A label is a heading of its own and parts nothing.
    inside = {heading for block in proof.blocks for heading in block.iter(*_HEADINGS)}
    labels, before = inside - paid.keys(), None
    for heading in (each for each in proof.page.iter(*_HEADINGS) if each not in labels):
        item = paid.get(heading)
        if item and before is not None and before is first:
            message = (
                f"{quoted(item.headline)} stands next to the lead; put a story or a block between."
            )
            yield Fault(WARNING, message, proof.place_of(item))
        elif item and before in paid:
            message = f"{quoted(item.headline)} follows another paid piece; put a story between."
            yield Fault(WARNING, message, proof.place_of(item))
        before = heading
