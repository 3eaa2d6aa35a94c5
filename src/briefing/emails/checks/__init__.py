"""The checks of an email: every rule, each with its reason and its source, in one table."""

from briefing.emails.checks import (
    blocks,
    contrast,
    document,
    follow_ups,
    headers,
    inbox,
    issued,
    links,
    network,
    pairs,
    pictures,
    sizes,
    sponsorship,
    structure,
    support,
    text_part,
    unsubscribe,
)
from briefing.emails.checks.network import Answer, LinkProbe
from briefing.emails.checks.rendered import labels
from briefing.emails.checks.rendered.drawn import Draughtsman, DrawnPage
from briefing.emails.checks.rule import Rule
from briefing.emails.checks.sample import House, Proof, Sample
from briefing.model.finding import Finding, Severity

__all__ = [
    "RULES",
    "Answer",
    "Draughtsman",
    "DrawnPage",
    "House",
    "LinkProbe",
    "Proof",
    "Rule",
    "Sample",
    "check",
]

#: Every rule by its id, in the order in which they are explained.
RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        headers.letter,
        headers.mime,
        inbox.subject,
        inbox.preheader,
        inbox.sender,
        sizes.size_html,
        sizes.size_style,
        unsubscribe.footer,
        unsubscribe.footer_early,
        unsubscribe.list_unsubscribe,
        document.doctype,
        document.charset,
        document.viewport,
        document.title,
        document.lang_dir,
        document.mso,
        document.forbidden,
        document.token_left,
        structure.table_role,
        structure.h1_single,
        structure.font_size,
        contrast.contrast_light,
        contrast.contrast_dark,
        contrast.contrast_forced,
        contrast.dark_meta,
        contrast.css_kept,
        pictures.img_alt,
        pictures.img_dim,
        pictures.img_format,
        network.img_weight,
        pictures.img_ratio,
        pictures.img_credit,
        pictures.img_address,
        pictures.img_printed,
        links.link_text,
        links.link_href,
        network.link_live,
        links.link_tracking,
        links.story_dup,
        blocks.story_address,
        blocks.block_printed,
        pairs.pair_parted,
        follow_ups.follow_up,
        text_part.text_part,
        sponsorship.sponsor_label,
        sponsorship.sponsor_words,
        sponsorship.sponsor_rel,
        sponsorship.sponsor_distinct,
        sponsorship.sponsor_count,
        issued.issued_label,
        issued.issued_distinct,
        issued.issued_place,
        blocks.sponsor_place,
        labels.label_shown,
        labels.label_size,
        labels.label_contrast,
        labels.label_ground,
        labels.label_words,
        labels.label_order,
        labels.label_inbox,
        *support.RULES,
    )
}
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}
#: What rules are called that keep a reader from being misled: these come before what only looks poor.
_MISLED = {"pair", "follow", "sponsor", "issued", "label"}


def check(proof: Proof) -> tuple[Finding, ...]:
    """What the rules do not let pass, the heaviest first."""
    found = [finding for rule in RULES.values() for finding in rule.findings(proof)]
    return tuple(sorted(found, key=_gravity))


def _gravity(finding: Finding) -> tuple[int, bool]:
    return _WEIGHT[finding.severity], finding.rule.partition("-")[0] not in _MISLED
