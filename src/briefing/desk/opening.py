"""Opening what the desk keeps: the store, its keys and its locks, as config.toml names them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from briefing.clock import utc_now
from briefing.config import Config
from briefing.store import BounceRules, Store, only_one, open_store, signing_keys


@contextmanager
def the_store(config: Config, now: datetime | None = None) -> Iterator[Store]:
    """The store, brought up to date, closed again at the end.

    Args:
        config: the house.
        now: names the copy that is made before an upgrade; the present moment when left out.

    Raises:
        StoreError: when it cannot be opened.
    """
    rules = config.bounces
    store = open_store(
        config.database,
        backups=config.path(config.data.path) / "backups",
        key=the_keys(config)[-1],
        now=now or utc_now(),
        rules=BounceRules(hard=rules.hard, soft=rules.soft, soft_days=rules.soft_days),
    )
    try:
        yield store
    finally:
        store.close()


def the_keys(config: Config) -> tuple[bytes, ...]:
    """The signing keys, the one that signs now first, the house's oldest last."""
    return signing_keys(config.path(config.data.path))


def sending_alone(config: Config) -> AbstractContextManager[None]:
    """Hold this while letters leave: two senders would both face the same doubts.

    Raises:
        StoreError: when another process is sending.
    """
    return only_one(config.path(config.data.path) / "sending.lock", "sending letters")


def leading(config: Config) -> AbstractContextManager[None]:
    """Hold this while looking after the schedule: one process does, others stand by.

    Raises:
        StoreError: when another process leads.
    """
    return only_one(config.path(config.data.path) / "schedule.lock", "keeping the schedule")
