"""Sending by hand: an edition that no hour waits for, let go by whoever may approve it."""

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.loop_news import tell_loop
from briefing.actions.open_store import attending
from briefing.actions.resolve_name import the_draft
from briefing.actions.review.own_hour import own_hour
from briefing.actions.sending.send import begin_sending
from briefing.errors import EditionError
from briefing.model.mailing import Mailing
from briefing.model.schedule_slot import Course

_NEWEST = 10


def send_by_hand(desk: Desk, edition_id: str, *, actor: str) -> Mailing:
    """Freeze an edition that has no hour, and its readers, and let its letters leave.

    The schedule loop posts them within half a minute; without one, `briefing send` does.

    Args:
        desk: the desk.
        edition_id: which edition.
        actor: who says so.

    Raises:
        StoreError, EditionHeld, EditionFaulty: when it is not there, or the gate does not let it pass.
        EditionError: when an hour waits for it, or its letters have begun to leave.
        SendError: when a letter cannot be written.
        Busy: when another process looks after the briefing just now.
    """
    edition = the_draft(desk, edition_id)
    with attending(desk.config, edition.briefing):
        if desk.store.mailings.find(edition_id):
            raise EditionError(f"The letters of {edition_id} have begun to leave already.")
        if hour := own_hour(desk, edition):
            raise EditionError(
                f"{edition_id} leaves at {hour:%H:%M} by its timetable: Today changes that hour, or "
                "sends it now."
            )
        mailing = begin_sending(desk, edition_id)
        _note(desk, edition.briefing, edition_id)
        log_action(desk, actor, "send now", edition_id, "it has no hour")
    tell_loop(desk)
    return mailing


def _note(desk: Desk, name: str, edition_id: str) -> None:
    """Say so on the slot that it was made for, which was missed or left out."""
    now = desk.clock().timestamp()
    for record in desk.store.slots.newest(name, _NEWEST):
        if record.edition == edition_id:
            desk.store.slots.note(name, record.slot, Course.SENDING, now)
