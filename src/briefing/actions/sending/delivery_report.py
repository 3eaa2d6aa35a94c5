"""After sending: what became of an edition's letters, and trying some again."""

from dataclasses import dataclass

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.sending.steer_mailing import Deliveries, deliveries, open_again
from briefing.counted import counted
from briefing.errors import SendError
from briefing.model.correction import Correction
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus

#: Rows on one page.
PAGE = 100
#: What may be tried again: put off, refused for good, and those whose last reply nobody saw.
AGAIN = (State.DEFERRED, State.BOUNCED, State.IN_DOUBT)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPage(Deliveries):
    """An edition with some of its readers."""

    #: True when there are more rows after these.
    more: bool
    corrections: tuple[Correction, ...]


def delivery_page(
    desk: Desk, edition_id: str, state: State | None = None, page: int = 0
) -> DeliveryPage:
    """How an edition's letters stand, with some of the rows.

    Args:
        desk: the desk.
        edition_id: which edition.
        state: only rows in this state.
        page: counted from 0, of `PAGE` rows each.

    Raises:
        StoreError: when its sending never began.
    """
    found = deliveries(desk, edition_id, state, PAGE + 1, after=page * PAGE)
    return DeliveryPage(
        mailing=found.mailing,
        counts=found.counts,
        doubtful=found.doubtful,
        rows=found.rows[:PAGE],
        more=len(found.rows) > PAGE,
        corrections=desk.store.corrections.of(edition_id),
    )


def try_again(desk: Desk, edition_id: str, state: State, *, actor: str, note: str) -> int:
    """Put letters back among those that wait; the sender takes them up.

    Returns:
        How many.

    Raises:
        StoreError: when the edition's sending never began.
        SendError: when letters in that state are not tried again, or it was aborted.
    """
    mailing = desk.store.mailings.get(edition_id)
    if state not in AGAIN:
        raise SendError(f"Letters that are {state} are not tried again.")
    if mailing.status is MailingStatus.ABORTED:
        raise SendError(f"{edition_id} was aborted; its letters stay where they are.")
    count = open_again(desk, edition_id, [state])
    letters = counted(count, "letter that was", "letters that were")
    log_action(desk, actor, "retry", edition_id, f"{letters} {state}. {note}".strip())
    return count
