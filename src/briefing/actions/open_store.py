"""Opening what the desk keeps: the store, its keys and its locks, as config.toml names them."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from briefing.clock import utc_now
from briefing.config import Config
from briefing.errors import Busy, StoreError
from briefing.store import (
    BOOK_FILE,
    BounceRules,
    Database,
    Dispatcher,
    LocalDispatcher,
    Store,
    one_of_many,
    only_one,
    open_store,
    prepare_house,
    settle_house,
    signing_keys,
)

#: Seconds for which a turn is waited for, and between two looks at whether it has come.
_TURN, _LOOK = 60.0, 0.1


@contextmanager
def the_store(
    config: Config, now: datetime | None = None, *, is_new: bool = False
) -> Iterator[Store]:
    """The store, brought up to date, closed again at the end.

    Args:
        config: the house.
        now: names the copy that is made before an upgrade; the present moment when left out.
        is_new: the database of a house that begins again is to be made.

    Raises:
        StoreError: when it cannot be opened, or is only a part of a house.
    """
    rules = config.bounces
    folder = house_folder(config)
    database = Database(config.database_url)
    try:
        if not is_new:
            prepare_house(database, folder)
        store = open_store(
            database,
            book=folder / BOOK_FILE,
            backups=folder / "backups",
            key=the_keys(config)[-1],
            now=now or utc_now(),
            rules=BounceRules(hard=rules.hard, soft=rules.soft, soft_days=rules.soft_days),
        )
    except BaseException:
        database.close()
        raise
    settle_house(folder)
    try:
        yield store
    finally:
        store.close()


def refuse_half_a_house(config: Config) -> None:
    """Let a whole house pass, and one that never was; see `prepare_house`.

    Raises:
        StoreError: when the database or the key is missing and something shows that it was there.
    """
    database = Database(config.database_url)
    try:
        prepare_house(database, house_folder(config))
    finally:
        database.close()


def house_folder(config: Config) -> Path:
    """Where key, book, locks and backups lie."""
    return config.path(config.data.path)


def the_keys(config: Config) -> tuple[bytes, ...]:
    """The signing keys, the one that signs now first, the house's oldest last."""
    return signing_keys(house_folder(config))


def the_dispatcher(config: Config, store: Store) -> Dispatcher:
    """Who hands out the work of delivering, as [send] engine names it.

    Raises:
        StoreError: when the engine cannot be used with this database, or is not installed.
    """
    return _DISPATCHERS[config.send.engine](config, store)


def _procrastinate(config: Config, store: Store) -> Dispatcher:
    try:
        from briefing.store.dispatchers.procrastinate import (  # noqa: PLC0415 - an extra
            ProcrastinateDispatcher,
        )
    except ImportError as error:
        raise StoreError(
            f'[send] engine = "procrastinate" needs what is not installed: {error}. Install the '
            "extra `postgres`, or leave [send] engine out."
        ) from error
    return ProcrastinateDispatcher(
        store.database, shards=config.send.parallel, lease=config.send.lease
    )


#: By the name that [send] engine gives them.
_DISPATCHERS: dict[str, Callable[[Config, Store], Dispatcher]] = {
    "local": lambda _config, _store: LocalDispatcher(),
    "procrastinate": _procrastinate,
}


def sending_alone(config: Config) -> AbstractContextManager[Callable[[], bool]]:
    """Hold this while letters leave: two senders would both face the same doubts.

    Raises:
        StoreError: when another process is sending.
    """
    return _only_one(config, "sending", "sending letters")


@contextmanager
def sending_beside_others(config: Config) -> Iterator[None]:
    """Hold this while letters leave, one sender of several; nobody sends alone meanwhile.

    Raises:
        StoreError: when one process is sending alone, or the house is a file.
    """
    database = Database(config.database_url)
    try:
        with one_of_many(database, "sending", "sending letters"):
            yield
    finally:
        database.close()


def leading(config: Config) -> AbstractContextManager[Callable[[], bool]]:
    """Hold this while looking after the schedule: one process does, others stand by.

    With PostgreSQL it is one of all machines. What it hands out says, whenever it is asked, whether
    the lead was lost, which happens when the database ends our session.

    Raises:
        StoreError: when another process leads, or the database cannot be reached.
    """
    return _only_one(config, "schedule", "keeping the schedule")


def attending(config: Config, briefing: str) -> AbstractContextManager[Callable[[], bool]]:
    """Hold this while looking after a briefing's slots, by the clock or by hand.

    Raises:
        Busy: when somebody else does, be it another thread.
    """
    return _only_one(config, f"attending-{briefing}", f"looking after {briefing}")


@contextmanager
def beginning_alone(config: Config) -> Iterator[None]:
    """Hold this while readers are shared out, and wait for it.

    Of two lists that begin at once, the second is to know what the letters of the first hold.

    Raises:
        Busy: when somebody else has held it for a minute.
    """
    until = time.monotonic() + _TURN
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(_only_one(config, "beginning", "beginning to send"))
                break
            except Busy:
                if time.monotonic() > until:
                    raise
                time.sleep(_LOOK)
        yield


@contextmanager
def _only_one(config: Config, name: str, doing: str) -> Iterator[Callable[[], bool]]:
    database = Database(config.database_url)
    try:
        with only_one(database, config.path(config.data.path), name, doing) as held:
            yield held.is_lost
    finally:
        database.close()
