"""Sending: every reader of the list once, whatever happens on the way."""

from dataclasses import replace

from briefing.actions.letters.send_settings import letter_writer, transport
from briefing.actions.open_store import sending_alone, the_dispatcher, the_keys, the_store
from briefing.actions.progress import Progress
from briefing.actions.readers.import_list import sync_list
from briefing.actions.review.gate import the_sendable
from briefing.actions.sending.deliver import Sent, deliver, so_far
from briefing.actions.sending.stop_signal import StopSignal
from briefing.clock import Clock
from briefing.config import Config
from briefing.errors import StoreError
from briefing.model.delivery import State
from briefing.model.mailing import Mailing
from briefing.model.subscriber import NOBODY, Subscriber
from briefing.store import Dispatcher, Store

_LEFT = "The letters are left to the workers (`briefing worker`); `briefing status` shows them."


def send_edition(
    config: Config,
    edition_id: str,
    clock: Clock,
    progress: Progress | None = None,
    stop_signal: StopSignal | None = None,
) -> Sent:
    """Send a rendered edition to every active reader of its list; go on where a run was cut.

    The first call freezes the rendered bytes and the readers. Every later one goes on with those,
    whatever became of the draft since. Where an engine has workers, the letters are left to them.

    Raises:
        StoreError: when the edition is not there or not rendered, or the store cannot be written.
        EditionFaulty: when the checks call something in its email an error.
        EditionHeld: when a piece of it waits for a person's decision, or nobody approved its bytes.
        SendError: when a letter cannot be written, or the mailing is paused or aborted.
    """
    if config.send.engine != "local":
        begin_sending(config, edition_id, clock)
        with the_store(config, clock()) as store:
            return _left(config, store, edition_id)
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
            deliver(config, store, mailing, clock, stop_signal, progress=progress),
            skipped=skipped,
            notes=notes,
        )


def begin_sending(
    config: Config, edition_id: str, clock: Clock, dispatcher: Dispatcher | None = None
) -> Mailing:
    """Freeze an edition's bytes and readers, and leave its letters to whoever the engine names.

    Args:
        config: the house.
        edition_id: whose.
        clock: the time.
        dispatcher: who hands out the work; that of config.toml when left out.

    Raises:
        StoreError, EditionHeld, SendError: as `send_edition`.
    """
    with the_store(config, clock()) as store:
        hands_out = dispatcher or the_dispatcher(config, store)
        known = _known(store, edition_id)
        if known is None:
            return _begin(config, store, edition_id, clock().timestamp(), hands_out)[0]
        with store.database.write() as connection:
            hands_out.dispatch(connection, edition_id)
        return known


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
    states = [State.DEFERRED] * at_once + [State.IN_DOUBT] * in_doubt
    if config.send.engine != "local":
        with the_store(config, clock()) as store:
            _open_again(store, edition_id, states, clock)
            with store.database.write() as connection:
                the_dispatcher(config, store).dispatch(connection, edition_id)
            return _left(config, store, edition_id)
    with the_store(config, clock()) as store, sending_alone(config):
        mailing = _open_again(store, edition_id, states, clock)
        return deliver(config, store, mailing, clock, progress=progress)


def _open_again(store: Store, edition_id: str, states: list[State], clock: Clock) -> Mailing:
    """Make what stands in these states due now, and let the mailing go on for it."""
    mailing = store.mailings.get(edition_id)
    if states and store.ledger(mailing.number).retry(clock().timestamp(), states):
        store.mailings.reopen(mailing.number)
        mailing = store.mailings.get(edition_id)
    return mailing


def _left(config: Config, store: Store, edition_id: str) -> Sent:
    """How the letters stand that workers elsewhere post."""
    mailing = store.mailings.get(edition_id)
    where = transport(config, edition_id)[1]
    return replace(so_far(config, store, mailing, where), notes=(_LEFT,))


def _known(store: Store, edition_id: str) -> Mailing | None:
    try:
        return store.mailings.get(edition_id)
    except StoreError:
        return None


def _begin(
    config: Config, store: Store, edition_id: str, now: float, dispatcher: Dispatcher | None = None
) -> tuple[Mailing, tuple[str, ...]]:
    """Freeze the bytes and the readers, after trying out everything that could refuse a letter."""
    edition, email = the_sendable(config, store, edition_id)
    list_name = config.briefing(edition.briefing).list
    synced = sync_list(store, config, list_name, now)
    transport(config, edition_id)
    writer = letter_writer(
        config,
        email,
        list_name=list_name,
        title=edition.title,
        began=now,
        keys=the_keys(config),
    )
    writer.write(Subscriber(email="reader@example.org", name="Reader", ref=NOBODY))
    mailing = store.mailings.freeze(edition, email, list_name, now, dispatcher)
    printed = [item.article for item in (*edition.items, *edition.sponsored)]
    store.memory.remember(edition.briefing, edition_id, printed, now)
    store.corrections.told(edition.briefing, edition.corrections, edition_id)
    return mailing, synced.sentences
