"""Approving: a person's word on the very bytes of an edition; any edit voids it."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.loop_news import tell_loop
from briefing.actions.readers.import_list import sync_list
from briefing.actions.rendering.check_again import errors_of
from briefing.actions.rendering.own_editions import OwnEditions
from briefing.actions.rendering.render import the_email
from briefing.actions.resolve_name import list_of, the_draft
from briefing.actions.review.gate import refuse_unfit
from briefing.actions.review.passkeys import Signature, refuse_unsigned
from briefing.actions.review.readiness import readiness
from briefing.actions.review.sign_off import missing
from briefing.counted import counted
from briefing.errors import EditedMeanwhile, EditionError, EditionHeld
from briefing.model.approval import Approval
from briefing.model.audit_entry import AuditEntry
from briefing.model.edition import Edition
from briefing.model.editor import Passkey
from briefing.model.mail import Email
from briefing.model.subscriber import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What was approved or rejected, and for how many."""

    approval: Approval
    edition: Edition
    readers: int
    #: How many more people have to approve it before it may leave.
    missing: int = 0
    #: What of it was approved for whom.
    own: OwnEditions | None = None


def approve(  # noqa: PLR0913 - what was seen, and the word on it
    desk: Desk,
    edition_id: str,
    *,
    seen: str,
    seen_variants: Collection[str] | None = None,
    yes: bool,
    actor: str,
    note: str,
    accepts_warnings: bool = False,
    signed: tuple[Passkey, Signature] | None = None,
) -> Approved:
    """Keep a person's word on exactly the bytes they saw.

    Args:
        desk: the desk.
        edition_id: which edition.
        seen: the hash of what they looked at.
        seen_variants: the hashes of the variants they looked at; of all there are when left out.
        yes: False to reject.
        actor: who.
        note: why; a no needs one.
        accepts_warnings: they have read what the checks warn of.
        signed: what their passkey signed, if they have one.

    Raises:
        EditedMeanwhile: when these bytes stand no more.
        EditionHeld: when a piece waits for a decision, or it cannot be rendered.
        EditionFaulty: when it is a yes, and the checks call something in the email an error.
        SubscriberError: when the list's file cannot be read; the reader count needs it.
        DeskError: when it is a yes of somebody who has a passkey and did not sign with it.
        EditionError: when there are warnings nobody accepted, or a no has no reason.
    """
    edition = the_draft(desk, edition_id)
    found = readiness(desk, edition)
    if found.mailing is not None:
        raise EditionError(f"{edition_id} is with its readers already.")
    if found.hash != seen:
        number = desk.store.drafts.number(edition_id)
        raise EditedMeanwhile(
            f"{edition_id} has changed since you looked at it. Nothing was approved; look again.",
            seen=0,
            stands=number,
        )
    if yes and errors_of(found.findings):
        refuse_unfit(desk, edition, the_email(desk, edition), "cannot be approved")
    if yes and found.obstacles:
        raise EditionHeld(f"{edition_id} cannot be approved: {' '.join(found.obstacles)}")
    if yes and found.warnings and not accepts_warnings:
        count = len(found.warnings)
        raise EditionError(
            f"The checks warn of {counted(count, 'thing')} in {edition_id}. "
            "Read them, tick that you did, and approve again."
        )
    if yes:
        refuse_unsigned(desk, edition_id, seen, actor, signed)
    hashes = tuple(one.hash for one in found.own.variants[1:]) if found.own else ()
    approval = Approval(
        variants=tuple(one for one in hashes if seen_variants is None or one in seen_variants),
        edition=edition_id,
        hash=seen,
        approved=yes,
        actor=actor,
        note=note.strip(),
        at=desk.clock().timestamp(),
    )
    return replace(_keep(desk, edition, the_email(desk, edition), approval), own=found.own)


def _keep(desk: Desk, edition: Edition, email: Email, approval: Approval) -> Approved:
    """Keep a person's word; a yes passes the gate first.

    Raises:
        EditionHeld: when it is a yes, and a piece waits for a decision.
        EditionFaulty: when it is a yes, and the checks call something in the email an error.
        EditionError: when it is a no without a reason: the editors must know what to change.
        SubscriberError: when the list's file cannot be read.
    """
    if not approval.approved and not approval.note.strip():
        raise EditionError(
            f"{edition.id} is not rejected yet: say in a note what has to change (--note)."
        )
    if approval.approved:
        refuse_unfit(desk, edition, email, "cannot be approved")
    list_name = list_of(desk, edition)
    sync_list(desk, list_name)
    desk.store.approvals.record(approval)
    desk.store.audit_log.note(
        AuditEntry(
            at=approval.at,
            actor=approval.actor,
            verb="approve" if approval.approved else "reject",
            edition=edition.id,
            hash=approval.hash,
            detail=approval.note,
        )
    )
    if approval.variants:
        told = f"{len(approval.variants)}: {' '.join(approval.variants)}"
        log_action(desk, approval.actor, "approve variants", edition.id, told, approval.hash)
    tell_loop(desk)
    counts = desk.store.subscribers.counts(list_name)
    return Approved(
        approval=approval,
        edition=edition,
        readers=counts.get(Standing.ACTIVE, 0),
        missing=missing(desk, edition, approval.hash),
    )
