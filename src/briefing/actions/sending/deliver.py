"""Delivering: posting what is due of a mailing, alone or next to other senders."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from typing import TypeVar

from briefing.actions.context import Desk
from briefing.actions.event_loop import in_loop
from briefing.actions.letters.letter_writer import LetterWriter
from briefing.actions.letters.processors import processors
from briefing.actions.letters.send_settings import (
    letter_writer,
    limiter,
    posting_settings,
    resolver,
    transport,
)
from briefing.actions.process_end import ending_in_time
from briefing.actions.progress import Progress, Quiet
from briefing.actions.review.sign_off import refuse_altered
from briefing.actions.sending.stop_signal import StopSignal
from briefing.errors import SendError
from briefing.model.delivery import Delivery, State
from briefing.model.mailing import Mailing, MailingStatus
from briefing.model.reason import Reason
from briefing.sends.letters.signing_pool import SigningProgram
from briefing.sends.posting.ledger_port import Meanwhile
from briefing.sends.posting.loop import Posted, Posting
from briefing.sends.posting.refusal_watch import judgement
from briefing.sends.resolvers import Resolver
from briefing.store import KeptForm, LeasedLedger

T = TypeVar("T")
_TOLD = "it was told to stop"
_OPEN = (State.PENDING, State.POSTING, State.DEFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How an edition's letters stand."""

    edition: str
    transport: str
    #: Where a person can look.
    where: str
    #: How many letters left in this run.
    now: int
    #: All deliveries of the edition by state; their sum is the number of readers selected.
    counts: dict[State, int]
    #: How many readers may have the letter twice, or not at all.
    doubtful: int = 0
    status: MailingStatus = MailingStatus.SENDING
    #: Why it stopped before the last letter, if it did.
    stopped: str | None = None
    #: When the next deferred letter is tried, in seconds since 1970.
    next_due: float | None = None
    #: A sentence for each row of the list's file that is not a subscriber.
    skipped: tuple[str, ...] = ()
    #: What a person should know besides.
    notes: tuple[str, ...] = ()
    #: Why letters were refused for good in this run: reason, how many, and the last one's words.
    refused: tuple[tuple[Reason, int, str], ...] = ()

    @property
    def is_done(self) -> bool:
        """True when no letter waits."""
        return not any(self.counts.get(state) for state in _OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """How a sender works next to others."""

    ledger: LeasedLedger
    #: Seconds between two signs of life, and the sign.
    every: float
    alive: Callable[[], None]
    #: Seconds after which no more letters are taken, so that other editions have their turn.
    seconds: float
    #: How many senders work on this machine, this one included.
    on_machine: int

    @property
    def is_among_others(self) -> bool:
        """True when the senders of this machine keep all its processors at work by themselves."""
        return self.on_machine > 1 and self.on_machine >= processors()


@dataclass(slots=True)
class _Tally:
    """What a run says of itself: letters that left, and refusals by reason with the last words."""

    left: int = 0
    refused: dict[Reason, tuple[int, str]] = field(default_factory=dict)

    def hear(self, delivery: Delivery) -> None:
        """Count an outcome. What ops are told names no reader, and relays repeat the address."""
        self.left += delivery.state is State.POSTED
        if delivery.state is State.BOUNCED:
            reason = judgement(delivery).reason
            count = self.refused.get(reason, (0, ""))[0] + 1
            self.refused[reason] = (
                count,
                delivery.detail.replace(delivery.recipient, "(the reader)"),
            )


def deliver(
    desk: Desk,
    mailing: Mailing,
    stop_signal: StopSignal | None = None,
    *,
    sharing: Sharing | None = None,
    program: SigningProgram | None = None,
    progress: Progress | None = None,
) -> Sent:
    """Post what is due of a mailing, alone or next to other senders.

    Args:
        desk: the desk.
        mailing: whose letters.
        stop_signal: ends it from another thread.
        sharing: how this sender works next to others; None where it is alone.
        program: what `signing_ahead` started.
        progress: shown while letters leave.

    Raises:
        StoreError, SendError: as `send_edition`.
    """
    if desk.store.lineage.face(desk.clock().timestamp()):
        mailing = desk.store.mailings.get(mailing.edition)
    _refuse_stopped(mailing)
    refuse_altered(mailing, forms := desk.store.mailings.forms(mailing))
    writer = _writer(desk, mailing, forms)
    ledger = sharing.ledger if sharing else desk.store.ledger(mailing.number)
    seconds = _seconds(desk)
    asks = resolver(desk)
    ledger.recover(_look_again(desk, asks, seconds()))
    counts = ledger.counts()
    waiting = counts.get(State.PENDING, 0) + counts.get(State.DEFERRED, 0)
    ledger.tokens.forget(seconds())
    way, where = transport(desk.config, mailing.edition)
    tally = _Tally()
    with (
        closing(ledger) if sharing is None else nullcontext(),
        (progress or Quiet()).counting("Posting letters", waiting) as count,
    ):

        def tell(delivery: Delivery) -> None:
            tally.hear(delivery)
            count()

        posting = Posting(
            ledger,
            way,
            writer.signing_pool(waiting, sharing.on_machine if sharing else 1, program),
            posting_settings(desk),
            began=mailing.frozen_at,
            clock=seconds,
            limiter=limiter(desk, ledger.tokens),
            resolver=asks,
            alive=(sharing.every, sharing.alive) if sharing else None,
            meanwhile=ledger if isinstance(ledger, Meanwhile) else None,
            among_others=sharing is not None and sharing.is_among_others,
            began_well=counts.get(State.POSTED, 0) > 0,
            tell=tell,
            trace=desk.store.lineage.trace(mailing.edition),
        )
        ended = _post(posting, stop_signal, sharing.seconds if sharing else None)
    if ended.refused:
        desk.store.mailings.turn(mailing.edition, MailingStatus.PAUSED, ended.stopped or "")
    else:
        desk.store.mailings.finish(mailing.number, seconds())
    return replace(
        so_far(desk, mailing, where),
        now=tally.left,
        stopped=ended.stopped,
        refused=tuple((reason, *told) for reason, told in tally.refused.items()),
    )


def _refuse_stopped(mailing: Mailing) -> None:
    if mailing.status in (MailingStatus.PAUSED, MailingStatus.ABORTED):
        raise SendError(
            f"{mailing.edition} is {mailing.status}: {mailing.reason or 'by hand'}. "
            + (
                f"`briefing resume {mailing.edition}` lets it go on."
                * (mailing.status is MailingStatus.PAUSED)
            )
        )


def _writer(desk: Desk, mailing: Mailing, forms: Sequence[KeptForm]) -> LetterWriter:
    """Who writes the letters of a mailing, each in its form."""
    return letter_writer(
        desk,
        mailing.email,
        list_name=mailing.list,
        title=mailing.title,
        began=mailing.frozen_at,
        variants={one.number: one.form.email for one in forms},
    )


def _look_again(desk: Desk, resolver: Resolver, now: float) -> float | None:
    """When to look again at letters whose sender died; None when a person must."""
    if resolver.patience is not None:
        return now + resolver.patience
    return now if desk.config.send.on_doubt == "resend" else None


def so_far(desk: Desk, mailing: Mailing, where: str) -> Sent:
    """How a mailing stands, before or after a run of letters."""
    ledger = desk.store.ledger(mailing.number)
    return Sent(
        edition=mailing.edition,
        transport=desk.config.send.transport,
        where=where,
        now=0,
        counts=ledger.counts(),
        doubtful=ledger.doubtful(),
        status=desk.store.mailings.get(mailing.edition).status,
        next_due=ledger.next_due(),
    )


def _post(posting: Posting, stop_signal: StopSignal | None, seconds: float | None) -> Posted:
    """Post in a loop of its own. Where nobody else stops it, SIGTERM and Ctrl+C do, and it ends in time.

    Only the main thread hears signals: in another, as at a night's rehearsal, whoever runs it ends the process.
    """
    own = stop_signal or StopSignal()
    if stop_signal is not None or threading.current_thread() is not threading.main_thread():
        return in_loop(lambda: _run(posting, own, seconds))
    with ending_in_time(lambda: own.pull(_TOLD), own.over, lambda: "Letters on the wire"):
        return in_loop(lambda: _run(posting, own, seconds))


async def _run(posting: Posting, stop_signal: StopSignal, seconds: float | None) -> Posted:
    """Post until done; a stop signal lets the letters on the wire finish and takes no more."""
    if seconds is not None:
        asyncio.get_running_loop().call_later(seconds, posting.rest)
    stop_signal.hold(posting)
    return await posting.run()


def _seconds(desk: Desk) -> Callable[[], float]:
    return lambda: desk.clock().timestamp()
