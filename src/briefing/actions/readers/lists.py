"""Readers: putting them on a list, finding them, letting them go."""

from collections.abc import Iterable, Iterator

from briefing.actions.context import Desk
from briefing.actions.resolve_name import the_list
from briefing.errors import SubscriberError
from briefing.model.subscriber import NOBODY, Change, Standing, Subscriber
from briefing.store import Added, ListRow, exported
from briefing.subscribers.addresses import checked_address
from briefing.subscribers.exporting import csv_pages


def export_list(
    desk: Desk, list_name: str, standing: Standing | None, *, raw: bool = False
) -> Iterator[str]:
    """A CSV file of a list, in pieces of many lines."""
    the_list(desk, list_name)
    return csv_pages(exported(desk.store.database, list_name, standing), raw=raw)


def add_reader(
    desk: Desk,
    list_name: str,
    email: str,
    *,
    name: str = "",
    tags: tuple[str, ...] = (),
    actor: str,
) -> Added:
    """Put one address on a list.

    Raises:
        SubscriberError: when it is not an address.
    """
    now = desk.clock().timestamp()
    the_list(desk, list_name)
    address, key = checked_address(email)
    entry = ListRow(email=address, key=key, name=" ".join(name.split()), tags=tags)
    (answer,) = desk.store.subscribers.add_many(
        list_name, [entry], cause="added by hand", actor=actor, now=now
    )
    return answer


def find_readers(desk: Desk, email: str) -> tuple[tuple[Subscriber, tuple[Change, ...]], ...]:
    """Everything known of an address: on which lists it is, and its record.

    Raises:
        SubscriberError: when it is not an address, or nobody has it.
    """
    _, key = checked_address(email)
    found = desk.store.subscribers.find(key)
    if not found:
        raise SubscriberError(f"Nobody on any list has the address {email!r}.")
    return tuple((reader, desk.store.subscribers.history(reader.id)) for reader in found)


def reader_at(desk: Desk, briefing: str, address: str) -> Subscriber:
    """The subscriber with that address; where it is not on the list, nobody with that address.

    Raises:
        SubscriberError: when it is not an address.
    """
    checked, key = checked_address(address)
    known = desk.store.subscribers.find(key, desk.config.briefing(briefing).list)
    return known[0] if known else Subscriber(email=checked, ref=NOBODY)


def change_readers(
    desk: Desk,
    email: str,
    becomes: Standing,
    *,
    only_from: Iterable[Standing],
    cause: str,
    actor: str,
) -> int:
    """Pause, resume or unsubscribe an address on every list; says on how many it did."""
    now = desk.clock().timestamp()
    readers = [reader for reader, _ in find_readers(desk, email)]
    only = tuple(only_from)
    return sum(
        desk.store.subscribers.change(
            reader.id, becomes, only_from=only, cause=cause, actor=actor, now=now
        )
        for reader in readers
    )


def tag_readers(desk: Desk, email: str, tags: tuple[str, ...]) -> int:
    """Give an address these tags on every list instead of those it had."""
    readers = find_readers(desk, email)
    for reader, _ in readers:
        desk.store.subscribers.tag(reader.id, tags)
    return len(readers)


def erase_reader(desk: Desk, email: str, *, actor: str) -> int:
    """Forget an address everywhere; only a keyed mark stays, so that no import brings it back."""
    now = desk.clock().timestamp()
    _, key = checked_address(email)
    erased = desk.store.subscribers.erase(key, actor=actor, now=now)
    if not erased:
        raise SubscriberError(f"Nobody on any list has the address {email!r}.")
    return erased


def list_counts(desk: Desk, list_name: str) -> dict[Standing, int]:
    """How many readers of a list stand how."""
    return desk.store.subscribers.counts(list_name)
