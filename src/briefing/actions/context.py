"""The desk: what every action needs, opened once at each door and passed first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from briefing.actions.open_store import the_keys, the_store
from briefing.clock import Clock, utc_now
from briefing.config import Config
from briefing.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Configuration, store, signing keys and time, the same for a whole piece of work."""

    config: Config
    store: Store
    #: The signing keys, the one that signs now first.
    keys: tuple[bytes, ...]
    #: The only one who tells an action the time.
    clock: Clock


@contextmanager
def open_desk(config: Config, clock: Clock = utc_now) -> Iterator[Desk]:
    """Open the store once, for everything that is done inside.

    Args:
        config: the house.
        clock: the time.

    Raises:
        StoreError: when the store cannot be opened.
    """
    with the_store(config, clock()) as store:
        yield Desk(config=config, store=store, keys=the_keys(config), clock=clock)
