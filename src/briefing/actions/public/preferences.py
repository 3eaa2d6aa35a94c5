"""What readers do by the links in their letters: leave by one button, take another name."""

from collections.abc import Sequence

from briefing.actions.context import Desk
from briefing.actions.public.signup import READING, ReaderView, claims_of, clean_name, shown
from briefing.errors import SubscriberError
from briefing.model.departure import About, Departure
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
    line = leaving(desk, purpose, token)
    return None if line is None else let_go(desk, [line])[0]


def leaving(desk: Desk, purpose: str, token: str) -> Departure | None:
    """What the book is to say of somebody who presses that link. None and errors as `preferences`."""
    claims = claims_of(desk, purpose, token)
    ref, mark = claims["reader"], claims.get("mark", "")
    return None if ref == NOBODY else line_of(desk, purpose, claims["edition"], ref=ref, mark=mark)


def line_of(desk: Desk, purpose: str, edition: str, *, ref: str, mark: str) -> Departure:
    """What the book is to say of a reader who leaves now.

    Args:
        desk: the desk.
        purpose: of the link that they pressed.
        edition: whose letter it stands in.
        ref: the reader as links name them.
        mark: `Marking.reader` of them; empty where it is not known.
    """
    return Departure(
        about=About.READER,
        mark=mark,
        ref=ref,
        becomes=Standing.UNSUBSCRIBED.value,
        at=desk.clock().timestamp(),
        cause=f"left by the {purpose} link in {edition}",
    )


def let_go(desk: Desk, lines: Sequence[Departure]) -> list[ReaderView]:
    """Let all who press a link at the same time go together, of each what their page shows.

    Raises:
        StoreError: when the book cannot be written.
    """
    told = desk.store.departures.leave(*lines)
    refs = [one.ref for one, is_told in zip(lines, told, strict=True) if is_told]
    known = desk.store.subscribers.by_refs(refs) if refs else {}
    return [shown(desk, known[one.ref]) if one.ref in known else _unseen(desk) for one in lines]


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
