"""Approving: a person's word on the very bytes of an edition; any edit voids it."""

from dataclasses import dataclass

from briefing.clock import Clock
from briefing.config import Config
from briefing.desk.opening import the_store
from briefing.desk.pick import the_rendered
from briefing.desk.readers import sync_list
from briefing.errors import EditionHeld
from briefing.model.approval import Approval
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


def approve(
    config: Config, edition_id: str, *, yes: bool, actor: str, note: str, clock: Clock
) -> Approved:
    """Keep a person's yes or no to an edition exactly as it is rendered now.

    Raises:
        StoreError: when it is not there or not rendered.
        EditionHeld: when a piece of it waits for a decision.
        SubscriberError: when the list's file cannot be read; the reader count needs it.
    """
    edition, email = the_rendered(config, edition_id)
    now = clock()
    approval = Approval(
        edition=edition_id,
        hash=fingerprint(email),
        approved=yes,
        actor=actor,
        note=note,
        at=now.timestamp(),
    )
    list_name = config.briefing(edition.briefing).list
    with the_store(config, now) as store:
        sync_list(store, config, list_name, now.timestamp())
        store.approvals.record(approval)
        counts = store.subscribers.counts(list_name)
    return Approved(approval=approval, edition=edition, readers=counts.get(Standing.ACTIVE, 0))


def refuse_unapproved(config: Config, store: Store, edition: Edition, email: Email) -> None:
    """Let only approved bytes pass where config.toml asks for approval.

    Raises:
        EditionHeld: when nobody approved them, somebody rejected them, or they changed since.
    """
    if config.briefing(edition.briefing).approval == "automatic":
        return
    if store.approvals.standing(edition.id, fingerprint(email)) is not None:
        return
    said = store.approvals.of(edition.id)
    if not said:
        why = "nobody has approved it"
    elif not said[-1].approved:
        why = f"{said[-1].actor} rejected it{f': {said[-1].note}' if said[-1].note else ''}"
    else:
        why = f"it has changed since {said[-1].actor} approved it"
    raise EditionHeld(
        f"{edition.id} is not sent: {why}. Look at it, then `briefing approve {edition.id}`."
    )
