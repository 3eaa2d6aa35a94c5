"""What readers do by the links in their letters: leave by one button, take another name."""

from briefing.actions.context import Desk
from briefing.actions.public.signup import READING, ReaderView, claims_of, clean_name, shown
from briefing.errors import SubscriberError
from briefing.model.subscriber import NOBODY, Standing


def preferences(desk: Desk, purpose: str, token: str) -> ReaderView | None:
    """Whose link this is; None for the links of a test letter, which are nobody's.

    Raises:
        SubscriberError: when it is not ours.
    """
    ref = claims_of(desk, purpose, token)["reader"]
    return None if ref == NOBODY else _whoever(desk, ref)


def unsubscribe(desk: Desk, purpose: str, token: str) -> ReaderView | None:
    """Let a reader go at once; a second time changes nothing. None and errors as `preferences`.

    It holds whatever state the database is in: see `Departures.leave`.
    """
    claims = claims_of(desk, purpose, token)
    ref = claims["reader"]
    if ref == NOBODY:
        return None
    cause = f"left by the {purpose} link in {claims['edition']}"
    now = desk.clock().timestamp()
    if not desk.store.departures.leave(ref, claims.get("mark", ""), at=now, cause=cause):
        return _unseen(desk)
    return _whoever(desk, ref)


def rename(desk: Desk, token: str, name: str) -> None:
    """Address a reader otherwise, on every list of theirs; empty for no name. Errors as `preferences`."""
    reader = preferences(desk, "preferences", token)
    if reader is None or not reader.is_known:
        return
    found = desk.store.subscribers.by_ref(claims_of(desk, "preferences", token)["reader"])
    for one in desk.store.choices.of_mailbox(found.id):
        if one.standing in READING:
            desk.store.signups.rename(one.id, clean_name(name))


def _whoever(desk: Desk, ref: str) -> ReaderView:
    """Whom a link of ours names, even where a restored database does not know them any more."""
    try:
        return shown(desk, desk.store.subscribers.by_ref(ref))
    except SubscriberError:
        return _unseen(desk)


def _unseen(desk: Desk) -> ReaderView:
    """Somebody who gets no letters, and of whom there is nothing to show."""
    return ReaderView(
        list="",
        title=desk.config.site.name,
        name="",
        address="",
        standing=Standing.UNSUBSCRIBED,
        is_known=False,
    )
