"""Readers: putting them on a list, finding them, letting them go."""

from collections.abc import Iterable, Iterator

from briefing.actions.context import Desk
from briefing.actions.resolve_name import the_list
from briefing.config import Config
from briefing.errors import SubscriberError
from briefing.model.subscriber import Change, Standing, Subscriber
from briefing.store import Added, ListRow, Store
from briefing.subscribers import (
    checked_address,
    csv_rows,
)


def export_list(
    store: Store, config: Config, list_name: str, standing: Standing | None, *, raw: bool = False
) -> Iterator[str]:
    """The lines of a CSV file of a list."""
    the_list(config, list_name)
    return csv_rows(store.subscribers.each(list_name, standing), raw=raw)


def add_reader(  # noqa: PLR0913 - the options of the command
    store: Store,
    config: Config,
    list_name: str,
    email: str,
    *,
    name: str = "",
    tags: tuple[str, ...] = (),
    now: float,
    actor: str,
) -> Added:
    """Put one address on a list.

    Raises:
        SubscriberError: when it is no address.
    """
    the_list(config, list_name)
    address, key = checked_address(email)
    entry = ListRow(email=address, key=key, name=" ".join(name.split()), tags=tags)
    (answer,) = store.subscribers.add_many(
        list_name, [entry], cause="added by hand", actor=actor, now=now
    )
    return answer


def find_readers(store: Store, email: str) -> tuple[tuple[Subscriber, tuple[Change, ...]], ...]:
    """Everything known of an address: on which lists it is, and its record.

    Raises:
        SubscriberError: when it is no address, or nobody has it.
    """
    _, key = checked_address(email)
    found = store.subscribers.find(key)
    if not found:
        raise SubscriberError(f"Nobody on any list has the address {email!r}.")
    return tuple((reader, store.subscribers.history(reader.id)) for reader in found)


def reader_at(desk: Desk, briefing: str, address: str) -> Subscriber:
    """The subscriber of a briefing's list with that address.

    Raises:
        SubscriberError: when it is no address, or not on the list.
    """
    _, key = checked_address(address)
    name = desk.config.briefing(briefing).list
    known = desk.store.subscribers.find(key, name)
    if not known:
        raise SubscriberError(f"{address} is not on the list {name!r}; name one who is.")
    return known[0]


def change_readers(  # noqa: PLR0913 - the parts of one entry in the record
    store: Store,
    email: str,
    becomes: Standing,
    *,
    only_from: Iterable[Standing],
    cause: str,
    actor: str,
    now: float,
) -> int:
    """Pause, resume or unsubscribe an address on every list; says on how many it did."""
    readers = [reader for reader, _ in find_readers(store, email)]
    only = tuple(only_from)
    return sum(
        store.subscribers.change(
            reader.id, becomes, only_from=only, cause=cause, actor=actor, now=now
        )
        for reader in readers
    )


def tag_readers(store: Store, email: str, tags: tuple[str, ...]) -> int:
    """Give an address these tags on every list instead of those it had."""
    readers = find_readers(store, email)
    for reader, _ in readers:
        store.subscribers.tag(reader.id, tags)
    return len(readers)


def erase_reader(store: Store, email: str, *, actor: str, now: float) -> int:
    """Forget an address everywhere; only a keyed mark stays, so that no import brings it back."""
    _, key = checked_address(email)
    erased = store.subscribers.erase(key, cause="asked to be forgotten", actor=actor, now=now)
    if not erased:
        raise SubscriberError(f"Nobody on any list has the address {email!r}.")
    return erased


def list_counts(store: Store, list_name: str) -> dict[Standing, int]:
    """How many readers of a list stand how."""
    return store.subscribers.counts(list_name)
