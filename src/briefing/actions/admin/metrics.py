"""Figures: what ops watch, counted; never an address."""

from dataclasses import dataclass
from datetime import datetime

from briefing.actions.open_store import the_store
from briefing.clock import utc_now
from briefing.config import Config
from briefing.store import Store

_NEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measure with a value for each set of labels."""

    name: str
    meaning: str
    values: tuple[tuple[tuple[tuple[str, str], ...], float], ...]


def figures(config: Config) -> tuple[Figure, ...]:
    """Readers, the newest mailings' letters, slots, sources and alerts.

    Raises:
        StoreError: when the database does not answer.
    """
    now = utc_now()
    with the_store(config, now) as store:
        return (
            *_counted(store, tuple(config.lists)),
            *_of_slots(config, store, now),
            *_of_sources(config, store),
        )


def _of_slots(config: Config, store: Store, now: datetime) -> tuple[Figure, ...]:
    coming, last = [], []
    for name, briefing in config.briefings.items():
        due = briefing.schedule.after(now) if briefing.schedule else None
        if due is not None:
            coming.append(((("briefing", name),), due.at.timestamp()))
        record = store.slots.last(name, now.timestamp())
        if record is not None:
            last.append(((("briefing", name), ("course", record.course.value)), record.due))
    return (
        Figure(
            name="briefing_next_slot_seconds",
            meaning="When the next edition is due, in seconds since 1970.",
            values=tuple(coming),
        ),
        Figure(
            name="briefing_last_slot_seconds",
            meaning="When the last edition was due, and what became of it.",
            values=tuple(last),
        ),
    )


def _of_sources(config: Config, store: Store) -> tuple[Figure, ...]:
    readings = [found for name in config.sources if (found := store.sources.reading(name))]
    return (
        Figure(
            name="briefing_source_read_seconds",
            meaning="When a source was read last, in seconds since 1970.",
            values=tuple(((("source", one.source),), one.at) for one in readings),
        ),
        Figure(
            name="briefing_source_failing",
            meaning="1 when something of a source could not be read the last time.",
            values=tuple(((("source", one.source),), float(bool(one.fault))) for one in readings),
        ),
    )


def _counted(store: Store, lists: tuple[str, ...]) -> tuple[Figure, ...]:
    mailings = store.mailings.all(limit=_NEWEST)
    readers, letters, doubts, paused = [], [], [], []
    for name in lists:
        for standing, count in store.subscribers.counts(name).items():
            readers.append(((("list", name), ("standing", standing.value)), float(count)))
    for mailing in mailings:
        ledger, edition = store.ledger(mailing.number), ("edition", mailing.edition)
        for state, count in ledger.counts().items():
            letters.append(((edition, ("state", state.value)), float(count)))
        doubts.append(((edition,), float(ledger.doubtful())))
        paused.append(((edition,), float(mailing.status == "paused")))
    told = store.alerts.newest(1)
    return (
        Figure(name="briefing_readers", meaning="Readers by standing.", values=tuple(readers)),
        Figure(name="briefing_letters", meaning="Letters by state.", values=tuple(letters)),
        Figure(
            name="briefing_letters_doubtful",
            meaning="Readers who may have the letter twice.",
            values=tuple(doubts),
        ),
        Figure(
            name="briefing_mailing_paused",
            meaning="1 while a mailing waits for a person.",
            values=tuple(paused),
        ),
        Figure(
            name="briefing_last_alert_seconds",
            meaning="When ops were last told something, in seconds since 1970.",
            values=(((), told[0][0] if told else 0.0),),
        ),
    )
