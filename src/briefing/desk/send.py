"""Sending: every reader of the list once, whatever happens on the way."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import uvloop

from briefing.clock import Clock
from briefing.config import Config
from briefing.desk.approve import refuse_unapproved
from briefing.desk.brake import Brake
from briefing.desk.opening import sending_alone, the_keys, the_store
from briefing.desk.pick import the_rendered
from briefing.desk.postman import LetterWriter, pace, posting_settings, transport
from briefing.desk.progress import Progress, Quiet
from briefing.desk.readers import sync_list
from briefing.errors import SendError, StoreError
from briefing.model.delivery import Delivery, State
from briefing.model.mailing import Mailing, Status
from briefing.model.subscriber import Subscriber
from briefing.sends import Posted, Posting
from briefing.store import SharedLedger, Store

T = TypeVar("T")
#: A reader who is none: the links of a test letter lead to a page that says so.
NOBODY = "0" * 16
#: Threads that sign: two keep up with one event loop.
_SCRIBES = 2
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
    status: Status = Status.SENDING
    #: Why it stopped before the last letter, if it did.
    stopped: str | None = None
    #: When the next deferred letter is tried, in seconds since 1970.
    next_due: float | None = None
    #: A sentence for each row of the list's file that is no subscriber.
    skipped: tuple[str, ...] = ()
    #: What a person should know besides.
    notes: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """True when no letter waits."""
        return not any(self.counts.get(state) for state in _OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """How a sender works beside others."""

    ledger: SharedLedger
    #: Seconds between two signs of life, and the sign.
    every: float
    alive: Callable[[], None]


def send_edition(
    config: Config,
    edition_id: str,
    clock: Clock,
    progress: Progress | None = None,
    brake: Brake | None = None,
) -> Sent:
    """Send a rendered edition to every active reader of its list; go on where a run was cut.

    The first call freezes the rendered bytes and the readers. Every later one goes on with those,
    whatever became of the draft since.

    Raises:
        StoreError: when the edition is not there or not rendered, or the store cannot be written.
        EditionHeld: when a piece of it waits for a person's decision, or nobody approved its bytes.
        SendError: when a letter cannot be written, or the mailing is paused or aborted.
    """
    with the_store(config, clock()) as store, sending_alone(config):
        mailing = _known(store, edition_id)
        skipped: tuple[str, ...] = ()
        notes: tuple[str, ...] = ()
        if mailing is None:
            mailing, skipped = _begin(config, store, edition_id, clock().timestamp())
        elif store.drafts.rendered_otherwise(mailing.email):
            notes = (
                f"{edition_id} was rendered anew after its sending began; the letters go on as "
                "they began.",
            )
        return replace(
            deliver(config, store, mailing, clock, brake, progress=progress),
            skipped=skipped,
            notes=notes,
        )


def begin_sending(config: Config, edition_id: str, clock: Clock) -> Mailing:
    """Freeze an edition's bytes and readers, and leave its letters to a sender elsewhere.

    Raises:
        StoreError, EditionHeld, SendError: as `send_edition`.
    """
    with the_store(config, clock()) as store:
        known = _known(store, edition_id)
        return known or _begin(config, store, edition_id, clock().timestamp())[0]


def retry(
    config: Config,
    edition_id: str,
    clock: Clock,
    *,
    at_once: bool = False,
    in_doubt: bool = False,
    progress: Progress | None = None,
) -> Sent:
    """Try deferred letters again: those that are due, or all of them at once.

    Args:
        config: the house.
        edition_id: whose.
        clock: the time.
        at_once: do not wait until they are due.
        in_doubt: also those whose outcome is unknown; their readers may get a second letter.
        progress: shown while letters leave.

    Raises:
        StoreError, SendError: as `send_edition`.
    """
    with the_store(config, clock()) as store, sending_alone(config):
        mailing = store.mailings.get(edition_id)
        states = [State.DEFERRED] * at_once + [State.IN_DOUBT] * in_doubt
        if states and store.ledger(mailing.number).retry(clock().timestamp(), states):
            store.mailings.reopen(mailing.number)
            mailing = store.mailings.get(edition_id)
        return deliver(config, store, mailing, clock, progress=progress)


def _known(store: Store, edition_id: str) -> Mailing | None:
    try:
        return store.mailings.get(edition_id)
    except StoreError:
        return None


def _begin(
    config: Config, store: Store, edition_id: str, now: float
) -> tuple[Mailing, tuple[str, ...]]:
    """Freeze the bytes and the readers, after trying out everything that could refuse a letter."""
    edition, email = the_rendered(store, edition_id)
    refuse_unapproved(config, store, edition, email)
    list_name = config.briefing(edition.briefing).list
    synced = sync_list(store, config, list_name, now)
    transport(config, edition_id)
    writer = LetterWriter(
        config,
        email,
        list_name=list_name,
        title=edition.title,
        began=now,
        keys=the_keys(config),
    )
    writer.write(Subscriber(email="reader@example.org", name="Reader", ref=NOBODY))
    mailing = store.mailings.freeze(edition, email, list_name, now)
    printed = [item.article for item in (*edition.items, *edition.sponsored)]
    store.memory.remember(edition.briefing, edition_id, printed, now)
    store.corrections.told(edition.briefing, edition.corrections, edition_id)
    return mailing, synced.sentences


def deliver(  # noqa: PLR0913 - one argument for each part it joins
    config: Config,
    store: Store,
    mailing: Mailing,
    clock: Clock,
    brake: Brake | None = None,
    *,
    sharing: Sharing | None = None,
    progress: Progress | None = None,
) -> Sent:
    """Post what is due of a mailing, alone or beside other senders.

    Raises:
        StoreError, SendError: as `send_edition`.
    """
    if mailing.status in (Status.PAUSED, Status.ABORTED):
        raise SendError(
            f"{mailing.edition} is {mailing.status}: {mailing.reason or 'by hand'}. "
            + (
                f"`briefing resume {mailing.edition}` lets it go on."
                * (mailing.status is Status.PAUSED)
            )
        )
    ledger = sharing.ledger if sharing else store.ledger(mailing.number)
    seconds = _seconds(clock)
    ledger.recover(seconds(), resend=config.send.on_doubt == "resend")
    counts = ledger.counts()
    waiting = counts.get(State.PENDING, 0) + counts.get(State.DEFERRED, 0)
    limits = pace(config)
    if limits.longest:
        limits.remember(ledger.tried_since(seconds() - limits.longest))
    way, where = transport(config, mailing.edition)
    writer = LetterWriter(
        config,
        mailing.email,
        list_name=mailing.list,
        title=mailing.title,
        began=mailing.frozen_at,
        keys=the_keys(config),
    )
    left = 0
    with (progress or Quiet()).counting("Posting letters", waiting) as count:

        def tell(delivery: Delivery) -> None:
            nonlocal left
            left += delivery.state is State.POSTED
            count()

        posting = Posting(
            ledger,
            way,
            writer.write,
            posting_settings(config),
            began=mailing.frozen_at,
            clock=seconds,
            pace=limits,
            scribes=_SCRIBES if config.send.dkim else 0,
            alive=(sharing.every, sharing.alive) if sharing else None,
            tell=tell,
        )
        ended = in_loop(lambda: _run(posting, brake))
    if ended.refused:
        store.mailings.turn(mailing.edition, Status.PAUSED, ended.stopped or "")
    else:
        store.mailings.finish(mailing.number, seconds())
    return Sent(
        edition=mailing.edition,
        transport=config.send.transport,
        where=where,
        now=left,
        counts=ledger.counts(),
        doubtful=ledger.doubtful(),
        status=store.mailings.get(mailing.edition).status,
        stopped=ended.stopped,
        next_due=ledger.next_due(),
    )


async def _run(posting: Posting, brake: Brake | None) -> Posted:
    """Post until done; a brake or a signal lets the letters on the wire finish and takes no more."""
    if brake is not None:
        brake.hold(posting)
        return await posting.run()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, posting.stop, "it was told to stop")
    return await posting.run()


def in_loop(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run something that waits for the network to its end."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work())


def _seconds(clock: Clock) -> Callable[[], float]:
    return lambda: clock().timestamp()
