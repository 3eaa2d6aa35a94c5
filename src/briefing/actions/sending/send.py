"""Sending: every reader of the list once, whatever happens on the way."""

from contextlib import nullcontext
from dataclasses import replace

from briefing.actions.context import Desk
from briefing.actions.gather.keep_pieces import keep_printed
from briefing.actions.letters.send_settings import letter_writer, transport
from briefing.actions.letters.signing_ahead import longest_list, signing_ahead
from briefing.actions.manifests.keep_manifest import SAMPLE_READER, keep_manifest
from briefing.actions.open_store import beginning_alone, sending_alone, the_dispatcher
from briefing.actions.progress import Progress
from briefing.actions.readers.import_list import sync_list
from briefing.actions.rendering.own_editions import WHOLE
from briefing.actions.resolve_name import list_of
from briefing.actions.review.checking import Checking, checking_apart
from briefing.actions.review.examination import examine_if_due
from briefing.actions.review.gate import sendable_variants, the_sendable
from briefing.actions.sending.deliver import Sent, deliver, so_far
from briefing.actions.sending.steer_mailing import open_again
from briefing.actions.sending.stop_signal import StopSignal
from briefing.errors import StoreError
from briefing.model.change import Drop
from briefing.model.delivery import State
from briefing.model.edition import Edition, Item, Treatment
from briefing.model.mailing import Mailing
from briefing.model.subscriber import Standing
from briefing.store import Dispatcher

#: Readers whose letters take so long that the sender's memory matters more than a process that checks.
_MANY = 50_000
_LEFT = "The letters are left to the workers (`briefing worker`); `briefing status` shows them."


def send_edition(
    desk: Desk,
    edition_id: str,
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
    if desk.config.send.engine != "local":
        begin_sending(desk, edition_id)
        return _left(desk, edition_id)
    with (
        sending_alone(desk.config),
        signing_ahead(desk, lambda: longest_list(desk)) as program,
    ):
        mailing = _known(desk, edition_id)
        skipped: tuple[str, ...] = ()
        notes: tuple[str, ...] = ()
        if mailing is None:
            mailing, skipped = _begin(desk, edition_id, desk.clock().timestamp())
        elif desk.store.drafts.rendered_otherwise(mailing.email):
            notes = (
                f"{edition_id} was rendered again after its sending began; the letters go on as "
                "they began.",
            )
        return replace(
            deliver(desk, mailing, stop_signal, program=program, progress=progress),
            skipped=skipped,
            notes=notes,
        )


def begin_sending(desk: Desk, edition_id: str, dispatcher: Dispatcher | None = None) -> Mailing:
    """Freeze an edition's bytes and readers, and leave its letters to whoever the engine names.

    Args:
        desk: the desk.
        edition_id: whose.
        dispatcher: who hands out the work; that of config.toml when left out.

    Raises:
        StoreError, EditionHeld, SendError: as `send_edition`.
    """
    hands_out = dispatcher or the_dispatcher(desk.config, desk.store)
    known = _known(desk, edition_id)
    if known is None:
        return _begin(desk, edition_id, desk.clock().timestamp(), hands_out)[0]
    with desk.store.database.write() as connection:
        hands_out.dispatch(connection, edition_id)
    return known


def retry(
    desk: Desk,
    edition_id: str,
    *,
    at_once: bool = False,
    in_doubt: bool = False,
    progress: Progress | None = None,
) -> Sent:
    """Try deferred letters again: those that are due, or all of them at once.

    Args:
        desk: the desk.
        edition_id: whose.
        at_once: do not wait until they are due.
        in_doubt: also those whose outcome is unknown; their readers may get a second letter.
        progress: shown while letters leave.

    Raises:
        StoreError, SendError: as `send_edition`.
    """
    states = [State.DEFERRED] * at_once + [State.IN_DOUBT] * in_doubt
    if desk.config.send.engine != "local":
        open_again(desk, edition_id, states)
        with desk.store.database.write() as connection:
            the_dispatcher(desk.config, desk.store).dispatch(connection, edition_id)
        return _left(desk, edition_id)
    with sending_alone(desk.config):
        open_again(desk, edition_id, states)
        return deliver(desk, desk.store.mailings.get(edition_id), progress=progress)


def _left(desk: Desk, edition_id: str) -> Sent:
    """How the letters stand that workers elsewhere post."""
    mailing = desk.store.mailings.get(edition_id)
    where = transport(desk.config, edition_id)[1]
    return replace(so_far(desk, mailing, where), notes=(_LEFT,))


def _known(desk: Desk, edition_id: str) -> Mailing | None:
    try:
        return desk.store.mailings.get(edition_id)
    except StoreError:
        return None


def _begin(
    desk: Desk, edition_id: str, now: float, dispatcher: Dispatcher | None = None
) -> tuple[Mailing, tuple[str, ...]]:
    """Freeze the bytes and the readers, after trying out everything that could refuse a letter."""
    unwell = examine_if_due(desk)
    with checking_apart() if _has_many(desk) else nullcontext(Checking()) as checking:
        edition, email = the_sendable(desk, edition_id, checking)
        list_name = list_of(desk, edition)
        # What is committed before the mailing is, waits for the checks.
        synced = sync_list(desk, list_name, checking.wait)
        transport(desk.config, edition_id)
        desk.store.choices.resume_due(now, checking.wait)
        with beginning_alone(desk.config):
            own = sendable_variants(desk, edition, email, list_name)
            emails = {one.number: one.email for one in own.variants}
            writer = letter_writer(
                desk, email, list_name=list_name, title=edition.title, began=now, variants=emails
            )
            samples = {number: writer.write(SAMPLE_READER, number) for number in emails}
            # All of it or nothing: a mailing that begins is remembered, and its corrections are told.
            with desk.store.database.together(), checking.passed():
                keep_manifest(desk, edition, email, list_name, samples[WHOLE])
                mailing = desk.store.mailings.freeze(
                    edition, email, list_name, now, dispatcher, forms=own.forms()
                )
                _remember(desk, edition, now)
    return mailing, (*unwell, *synced.sentences, *own.notes, *own.facts)


def _remember(desk: Desk, edition: Edition, now: float) -> None:
    desk.store.memory.remember(edition.briefing, edition.id, _treated(desk, edition), now)
    desk.store.corrections.told(edition.briefing, edition.corrections, edition.id)
    keep_printed(desk, edition)


def _has_many(desk: Desk) -> bool:
    counts = map(desk.store.subscribers.counts, desk.config.lists)
    return any(standing.get(Standing.ACTIVE, 0) >= _MANY for standing in counts)


def _treated(desk: Desk, edition: Edition) -> list[tuple[Item, Treatment]]:
    """What the desk did with each piece; one that only found no room may come again."""
    changes = desk.store.drafts.version(edition.id).changes
    dropped = {change.item for change in changes if isinstance(change, Drop)}
    # Readers were told of it by the story that stands for it.
    told = {one.id for item in (*edition.items, *edition.sponsored) for one in item.also_in}
    return [
        *((item, Treatment.LED) for item in edition.items[:1]),
        *((item, Treatment.PRINTED) for item in edition.items[1:]),
        *((item, Treatment.PRINTED) for item in edition.sponsored),
        *((item, Treatment.PRINTED) for item in edition.dropped if item.id in told),
        *((item, Treatment.DROPPED) for item in edition.dropped if item.id in dropped - told),
    ]
