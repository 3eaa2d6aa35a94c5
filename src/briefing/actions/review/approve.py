"""Approving: a person's word on the very bytes of an edition; any edit voids it."""

from dataclasses import dataclass

from briefing.actions.open_store import the_store
from briefing.actions.readers.import_list import sync_list
from briefing.actions.resolve_name import the_rendered
from briefing.actions.review.gate import refuse_unfit
from briefing.actions.review.sign_off import missing
from briefing.clock import Clock
from briefing.config import Config
from briefing.errors import EditionError
from briefing.model.approval import Approval
from briefing.model.audit_entry import AuditEntry
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.subscriber import Standing
from briefing.store import Store, fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What was approved or rejected, and for how many."""

    approval: Approval
    edition: Edition
    readers: int
    #: How many more people have to approve it before it may leave.
    missing: int = 0


def approve(
    config: Config, edition_id: str, *, yes: bool, actor: str, note: str, clock: Clock
) -> Approved:
    """Keep a person's yes or no to an edition exactly as it is rendered now.

    Raises:
        StoreError: when it is not there or not rendered.
        EditionHeld: when a piece of it waits for a decision.
        EditionFaulty: when it is a yes, and the checks call something in it an error.
        SubscriberError: when the list's file cannot be read; the reader count needs it.
    """
    with the_store(config, clock()) as store:
        edition, email = the_rendered(store, edition_id)
        approval = Approval(
            edition=edition_id,
            hash=fingerprint(email),
            approved=yes,
            actor=actor,
            note=note,
            at=clock().timestamp(),
        )
        return say(config, store, edition, email, approval)


def say(
    config: Config, store: Store, edition: Edition, email: Email, approval: Approval
) -> Approved:
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
        refuse_unfit(config, store, edition, email, "cannot be approved")
    list_name = config.briefing(edition.briefing).list
    sync_list(store, config, list_name, approval.at)
    store.approvals.record(approval)
    store.audit_log.note(
        AuditEntry(
            at=approval.at,
            actor=approval.actor,
            verb="approve" if approval.approved else "reject",
            edition=edition.id,
            hash=approval.hash,
            detail=approval.note,
        )
    )
    counts = store.subscribers.counts(list_name)
    return Approved(
        approval=approval,
        edition=edition,
        readers=counts.get(Standing.ACTIVE, 0),
        missing=missing(config, store, edition, approval.hash),
    )
