"""Hosts that refused everybody in one sending: a block, which proves nothing against any one mailbox."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, exists, func, select

from briefing.model.delivery import Bounce, State
from briefing.store.schema.core import bounces, deliveries, subscribers

#: So many readers of one host are refused before that is looked at: of fewer, all may well be gone.
_AT_LEAST = 5
#: Of so many refusals, one letter may have got through a block.
_LEAKS = 10
_REFUSED = bounces.c.kind != Bounce.COMPLAINT.value


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockingHost:
    """A host that refused all letters of a sending, or nearly all."""

    domain: str
    #: Readers there whose letters of that sending it refused.
    refused: int
    #: What it said last, without the reader's address.
    said: str
    #: Readers who were taken off their lists for it and get letters again.
    given_back: int = 0


def hosts_that_block(connection: Connection, mailing: int) -> list[BlockingHost]:
    """The hosts that refused everybody's letter of a mailing, as far as reports have come.

    Args:
        connection: to the database.
        mailing: its number.
    """
    by_host = defaultdict[str, dict[int, str]](dict)
    for row in connection.execute(_refusals(mailing)).mappings():
        said = row["detail"].replace(row["email"], "(the reader)") if row["email"] else ""
        by_host[domain_of(row["email_key"])][row["subscriber"]] = said
    return [
        BlockingHost(domain=domain, refused=len(told), said=[*told.values()][-1])
        for domain, told in by_host.items()
        if len(told) >= _AT_LEAST and _blocks(connection, mailing, domain, len(told))
    ]


def took_others(connection: Connection, mailing: int, domain: str) -> bool:
    """True when a host took as many letters of a mailing as it refused: so it refuses not all."""
    query = _refusals(mailing).where(_is_at(domain)).subquery()
    told = select(func.count(query.c.subscriber.distinct()))
    refused = max(1, connection.execute(told).scalar_one())
    return _arrived(connection, mailing, domain, refused) >= refused


def domain_of(key: str) -> str:
    """The host of an address in the spelling that is compared; empty for none."""
    return key.rpartition("@")[2]


def is_at(row: RowMapping, hosts: set[str]) -> bool:
    """Whether a reader's mailbox is at one of those hosts."""
    return domain_of(row["email_key"]) in hosts


def _blocks(connection: Connection, mailing: int, domain: str, refused: int) -> bool:
    most = refused // _LEAKS
    return _arrived(connection, mailing, domain, most + 1) <= most


def _refusals(mailing: int) -> Select[tuple[object, ...]]:
    query = select(
        bounces.c.subscriber, bounces.c.detail, subscribers.c.email, subscribers.c.email_key
    ).join(subscribers, subscribers.c.id == bounces.c.subscriber)
    return query.where(bounces.c.mailing == mailing, _REFUSED).order_by(bounces.c.id)


def _arrived(connection: Connection, mailing: int, domain: str, most: int) -> int:
    """Letters of a mailing that a host took and did not send back; counting ends at `most`."""
    came_back = exists().where(
        bounces.c.mailing == deliveries.c.mailing, bounces.c.subscriber == deliveries.c.subscriber
    )
    some = (
        select(deliveries.c.subscriber)
        .join(subscribers, subscribers.c.id == deliveries.c.subscriber)
        .where(
            deliveries.c.mailing == mailing,
            deliveries.c.state == State.POSTED.value,
            _is_at(domain),
            ~came_back,
        )
        .limit(most)
        .subquery()
    )
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def _is_at(domain: str) -> ColumnElement[bool]:
    return subscribers.c.email_key.endswith(f"@{domain}", autoescape=True)
