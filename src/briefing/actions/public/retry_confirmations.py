"""Asking again: confirmation mails that a relay would not take yet, until it does or a day is over."""

import asyncio
import logging

from briefing.actions.context import Desk
from briefing.actions.event_loop import in_loop
from briefing.actions.public.confirmation_mail import post
from briefing.actions.public.signup import Asking, asking
from briefing.errors import SubscriberError
from briefing.model.delivery import Delivery, State

_LOG = logging.getLogger("briefing.web")
#: Seconds to the second try, doubled with each further one; and within which all of them fall.
_FIRST_WAIT, _LIFE = 300.0, 86_400.0
#: So many are tried side by side; the others wait for the next look.
_AT_ONCE = 8


def note(desk: Desk, asked: Asking, delivery: Delivery) -> None:
    """Keep in mind what became of a confirmation mail, and say so where somebody must know.

    One in doubt is not tried again: nobody wants to be asked twice.
    """
    now = desk.clock().timestamp()
    due = now + max(_FIRST_WAIT, now - asked.at)
    again = delivery.state is State.DEFERRED and due - asked.at < _LIFE
    if again:
        desk.store.signups.wait(asked.reader, asked.at, due)
    else:
        desk.store.signups.settle(asked.reader)
    if delivery.state is not State.POSTED:
        _LOG.error(
            "A confirmation mail did not get through (%s: %s); %s",
            delivery.state.replace("_", " "),
            delivery.detail,
            "it is tried again" if again else "the reader has to ask again tomorrow",
        )


def ask_again(desk: Desk) -> None:
    """Post the confirmation mails that are due by now.

    Raises:
        StoreError: when the store cannot be read or written.
    """
    due = desk.store.signups.waiting(desk.clock().timestamp(), _AT_ONCE)
    letters = [found for reader, at in due if (found := _still_wanted(desk, reader, at))]
    if not letters:
        return

    async def post_all() -> list[Delivery]:
        return await asyncio.gather(*(post(desk, each.letter) for each in letters))

    for each, delivery in zip(letters, in_loop(post_all), strict=True):
        note(desk, each, delivery)


def _still_wanted(desk: Desk, ref: str, at: float) -> Asking | None:
    """The letter, unless its reader is gone or something became of them since."""
    try:
        reader = desk.store.subscribers.by_ref(ref)
    except SubscriberError:
        reader = None
    if reader is None or desk.store.subscribers.history(reader.id)[-1].at > at:
        desk.store.signups.settle(ref)
        return None
    return asking(desk, reader, at)
