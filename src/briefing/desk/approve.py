"""Approving: a person's word on the very bytes of an edition; any edit voids it."""

from dataclasses import dataclass

from briefing.clock import Clock
from briefing.config import Config
from briefing.desk.opening import the_store
from briefing.desk.pick import the_rendered
from briefing.desk.readers import sync_list
from briefing.errors import EditionError, EditionHeld
from briefing.model.approval import Approval
from briefing.model.deed import Deed
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
        return say(config, store, edition, approval)


def say(config: Config, store: Store, edition: Edition, approval: Approval) -> Approved:
    """Keep a person's word.

    Raises:
        EditionError: when it is a no without a reason: the editors must know what to change.
        SubscriberError: when the list's file cannot be read.
    """
    if not approval.approved and not approval.note.strip():
        raise EditionError(
            f"{edition.id} is not rejected yet: say in a note what has to change (--note)."
        )
    list_name = config.briefing(edition.briefing).list
    sync_list(store, config, list_name, approval.at)
    store.approvals.record(approval)
    store.deeds.note(
        Deed(
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


def missing(config: Config, store: Store, edition: Edition, content: str) -> int:
    """How many more people have to approve exactly these bytes before they may leave."""
    briefing = config.briefing(edition.briefing)
    if briefing.approval == "automatic":
        return 0
    return max(0, briefing.approvers - len(store.approvals.standing(edition.id, content)))


def refuse_unapproved(config: Config, store: Store, edition: Edition, email: Email) -> None:
    """Let only approved bytes pass where config.toml asks for approval.

    Raises:
        EditionHeld: when nobody approved them, somebody rejected them, or they changed since.
    """
    content = fingerprint(email)
    short = missing(config, store, edition, content)
    # Where nobody is asked, a no still counts.
    rejected = store.approvals.rejected(edition.id, content)
    if not short and rejected is None:
        return
    said = store.approvals.of(edition.id)
    standing = store.approvals.standing(edition.id, content)
    if standing:
        names = " and ".join(approval.actor for approval in standing)
        more = "one more person" if short == 1 else f"{short} more people"
        why = f"{names} approved it, and {more} must"
    elif not said:
        why = "nobody has approved it"
    elif rejected is not None or not said[-1].approved:
        no = rejected or said[-1]
        why = f"{no.actor} rejected it{f': {no.note}' if no.note else ''}"
    else:
        why = f"it has changed since {said[-1].actor} approved it"
    raise EditionHeld(
        f"{edition.id} is not sent: {why}. Look at it, then `briefing approve {edition.id}`."
    )
