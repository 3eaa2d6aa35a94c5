"""What somebody paid for: labelled first, in words that readers understand, and told apart by eye."""

import re

from briefing.emails.checks.block_look import is_apart, label_of
from briefing.emails.checks.rule import (
    EMAIL,
    ERROR,
    SUBJECT,
    TEXT_PART,
    WARNING,
    Fault,
    Faults,
    cut,
    quoted,
    rule,
)
from briefing.emails.checks.sample import Proof, canonical, folded, host, worded
from briefing.languages.furniture import furniture

_CODE = "CAP Code (UK), rules 2.1 and 2.4; ASA guidance on recognising ads"
_CLEAR = re.compile(
    r"\b(advertisement( feature)?|advertorial|ad feature|advert|ad)\b", re.IGNORECASE
)
_WEAK = re.compile(
    r"\b(sponsored|promoted|promotion|partner(ship)?|in association with|presented by|supported by)\b",
    re.IGNORECASE,
)


@rule(
    "sponsor-label",
    ERROR,
    reason="Readers must know that it is an advertisement before they read it, not after.",
    source=_CODE + "; 16 CFR part 255 (FTC, US)",
)
def sponsor_label(proof: Proof) -> Faults:
    """Every paid piece stands in a block whose first words say advertisement, in both parts."""
    for item in proof.edition.sponsored:
        heading = proof.heading(item)
        if heading is None or not any(block in heading.iterancestors() for block in proof.blocks):
            message = (
                f"{quoted(item.headline)} stands in no block of css-class sponsored; put it in one."
            )
            yield Fault(ERROR, message, proof.place_of(item))
    for block in proof.blocks:
        label = label_of(proof, block)
        if not is_clear(label, proof) and not _WEAK.search(label):
            wanted = furniture(proof.email.language).clear_labels[0]
            message = f"A paid block begins with {quoted(label)}; begin it with “{wanted}”."
            yield Fault(ERROR, message, proof.place(block))
    for label in {label_of(proof, block) for block in proof.blocks}:
        if label not in folded(proof.text):
            message = f"The plain-text part lacks the label {quoted(label)}; print it."
            yield Fault(ERROR, message, TEXT_PART)


@rule(
    "sponsor-words",
    ERROR,
    reason="Readers do not take these words for advertisement; the ASA has said so in its rulings.",
    source=_CODE,
)
def sponsor_words(proof: Proof) -> Faults:
    """A label does not say only sponsored, promoted, partner or in association with."""
    for block in proof.blocks:
        label = label_of(proof, block)
        if _WEAK.search(label) and not is_clear(label, proof):
            message = f"The label {quoted(label)} is not clear enough; set [sponsors] label."
            yield Fault(ERROR, message, proof.place(block))


@rule(
    "sponsor-rel",
    ERROR,
    WARNING,
    reason="Search engines ask for it, and it keeps paid links apart from the newsroom's.",
    source="Google Search Central, Qualify your outbound links (rel=sponsored)",
)
def sponsor_rel(proof: Proof) -> Faults:
    """Links in paid blocks, and only those, have rel=sponsored; no story links to the advertiser."""
    paid = {canonical(link.href) for link in proof.links if link.sponsored}
    hosts = _advertisers(proof)
    for link in proof.links:
        marked = "sponsored" in (link.element.get("rel") or "").split()
        if link.sponsored and not marked:
            message = f'The paid link {quoted(link.words)} has no rel="sponsored"; add it.'
            yield Fault(ERROR, message, proof.place(link.element))
        elif marked and not link.sponsored:
            message = f'The link {quoted(link.words)} has rel="sponsored" outside a paid block.'
            yield Fault(ERROR, message, proof.place(link.element))
        elif not link.sponsored and canonical(link.href) in paid:
            message = (
                f"{cut(link.href, 80)} was paid for and is linked outside its block; take it out."
            )
            yield Fault(ERROR, message, proof.place(link.element))
        elif not link.sponsored and host(link.href) in hosts:
            message = (
                f"The link {quoted(link.words)} leads to {host(link.href)}, who paid; is it meant?"
            )
            yield Fault(WARNING, message, proof.place(link.element))


def is_clear(label: str, proof: Proof) -> bool:
    """Whether a label says advertisement: in the words of the letter's country, or in English ones."""
    words = furniture(proof.email.language)
    if _CLEAR.search(label):
        return True
    if not words.language.sentences.has_spaces:
        return any(word in label.lower() for word in words.clear_labels)
    found = rf"(?<!\w)(?:{'|'.join(map(re.escape, words.clear_labels))})(?!\w)"
    return re.search(found, label.lower()) is not None


def _advertisers(proof: Proof) -> set[str]:
    """Hosts that only paid links lead to, or that one story has next to them.

    An advert may stand on the publication's own site: a host of two stories is not an advertiser's.
    """
    stories = [
        host(link.href) for link in proof.links if not link.sponsored and not proof.is_own(link)
    ]
    hosts = {host(link.href) for link in proof.links if link.sponsored}
    return {found for found in hosts if found and stories.count(found) <= 1}


@rule(
    "sponsor-distinct",
    WARNING,
    reason="A label is overlooked where an advert looks like a story.",
    source=_CODE,
)
def sponsor_distinct(proof: Proof) -> Faults:
    """A paid block has another ground or a border of its own, in light and in dark, and names who paid."""
    looks = [("light", proof.light)] + ([("dark", proof.dark)] if proof.has_dark_rules else [])
    story = proof.first_story
    for block in proof.blocks:
        for mode, look in looks:
            if story is not None and not is_apart(look, block, story):
                message = f"A paid block has the stories' ground and no border in {mode} mode; set one apart."
                yield Fault(WARNING, message, proof.place(block))
    for item in proof.edition.sponsored:
        if not item.article.sponsorship.sponsor:
            message = (
                f"Nobody is named as who paid for {quoted(item.headline)}; name them in a rule."
            )
            yield Fault(WARNING, message, proof.place_of(item))


@rule(
    "sponsor-count",
    WARNING,
    reason="A briefing that opens on an advert, or is half adverts, is not read again.",
    source="ours: [sponsors] most in config.toml",
)
def sponsor_count(proof: Proof) -> Faults:
    """There are no more paid pieces than config.toml allows, none comes first or stands in the subject."""
    count, most = len(proof.edition.sponsored), proof.house.most_sponsored
    if count > most:
        yield Fault(
            WARNING, f"{count} paid pieces, [sponsors] most allows {most}; drop some.", EMAIL
        )
    order = list(proof.page.iter())
    story = proof.first_story
    if story is not None and proof.blocks and order.index(proof.blocks[0]) < order.index(story):
        message = "A paid block stands above the first story; move it down."
        yield Fault(WARNING, message, proof.place(proof.blocks[0]))
    for item in proof.edition.sponsored:
        if worded(item.headline).casefold() in worded(proof.email.subject).casefold():
            yield Fault(
                WARNING, f"The subject names {quoted(item.headline)}, which was paid for.", SUBJECT
            )
