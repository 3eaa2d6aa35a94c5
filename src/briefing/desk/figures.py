"""Figures: what ops watch, counted; never an address."""

from dataclasses import dataclass

from briefing.config import Config
from briefing.desk.opening import the_store
from briefing.store import Store

_NEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measure with a value for each set of labels."""

    name: str
    meaning: str
    values: tuple[tuple[tuple[tuple[str, str], ...], float], ...]


def figures(config: Config) -> tuple[Figure, ...]:
    """Readers by list and standing, letters of the newest mailings by state, doubts, alerts.

    Raises:
        StoreError: when the database does not answer.
    """
    with the_store(config) as store:
        return _counted(store, tuple(config.lists))


def _counted(store: Store, lists: tuple[str, ...]) -> tuple[Figure, ...]:
    mailings = store.mailings.all()[:_NEWEST]
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
