"""Choices ↔ rows: what readers want of a list, and until when a pause lasts."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, func, insert, select, update

from briefing.model.departure import RETURNED, About, Departure
from briefing.model.subscriber import EVERYTHING, Choice, Standing, Subscriber
from briefing.store.departures import Departures
from briefing.store.engine.database import Database
from briefing.store.readers.subscriber_rows import (
    READERS,
    bits_of,
    choice_of,
    packed,
    subscriber_of,
)
from briefing.store.readers.subscribers import Subscribers
from briefing.store.schema.core import changes, subscribers, suppressions
from briefing.store.schema.counts import reader_counts
from briefing.store.schema.variants import choices

#: What the record of a reader says when their pause is over.
_OVER = "the pause was over"


class Choices:
    """What each reader wants. A choice is kept once, however many readers make it."""

    def __init__(self, database: Database, readers: Subscribers, departures: Departures) -> None:
        self._database, self._readers, self._departures = database, readers, departures

    def choose(self, readers: Sequence[int], choice: Choice) -> None:
        """Let readers have this choice instead of theirs."""
        with self._database.write() as connection:
            self.choose_in(connection, readers, choice)

    def choose_in(self, connection: Connection, readers: Sequence[int], choice: Choice) -> None:
        """`choose` inside a transaction of the caller's."""
        number = choice_number(connection, choice)
        for one in readers:
            connection.execute(
                update(subscribers).where(subscribers.c.id == one).values(choice=number)
            )

    def pause(
        self, reader: int, until: float | None, *, cause: str, actor: str, now: float
    ) -> None:
        """Send a reader nothing until that moment, or until they say so; a paused one gets the new end.

        Args:
            reader: the number of an active or paused reader; others stay as they are.
            until: seconds since 1970.
            cause: why, for the record.
            actor: who did it.
            now: seconds since 1970.
        """
        with self._database.write() as connection:
            self._readers.change_in(
                connection,
                reader,
                Standing.PAUSED,
                only_from=(Standing.ACTIVE,),
                cause=cause,
                actor=actor,
                now=now,
            )
            paused = (subscribers.c.id == reader, subscribers.c.standing == Standing.PAUSED.value)
            connection.execute(update(subscribers).where(*paused).values(resumes=until))

    def resume_due(self, now: float, allowed: Callable[[], None] = lambda: None) -> int:
        """Let those whose pause is over get letters again; says how many.

        Whoever's mailbox was closed meanwhile on another list stays paused: a date is not their word.

        Args:
            now: seconds since 1970.
            allowed: called before a pause ends; none does where it raises something.
        """
        due = (
            subscribers.c.standing == Standing.PAUSED.value,
            subscribers.c.resumes.is_not(None),
            subscribers.c.resumes <= now,
        )
        with self._database.read() as connection:
            if connection.execute(select(subscribers.c.id).where(*due).limit(1)).first() is None:
                return 0
        allowed()
        with self._database.write() as connection:
            query = select(
                subscribers.c.id,
                subscribers.c.ref,
                subscribers.c.list,
                subscribers.c.email_key,
                subscribers.c.since,
            )
            shut = set(connection.execute(select(suppressions.c.mark)).scalars())
            marking = self._departures.marking
            back = [
                row
                for row in connection.execute(query.where(*due).with_for_update())
                if marking.address(row.email_key) not in shut
            ]
            self._departures.write(
                connection,
                *(
                    Departure(
                        about=About.READER,
                        mark=marking.reader(row.list, row.email_key),
                        ref=row.ref,
                        becomes=RETURNED,
                        at=max(now, row.since),
                    )
                    for row in back
                ),
            )
            for row in back:
                at = max(now, row.since)
                values = {"standing": Standing.ACTIVE.value, "since": at, "resumes": None}
                connection.execute(
                    update(subscribers).where(subscribers.c.id == row.id).values(values)
                )
                record = {"was": Standing.PAUSED.value, "becomes": Standing.ACTIVE.value}
                record |= {"cause": _OVER, "actor": "clock"}
                connection.execute(insert(changes).values(subscriber=row.id, at=at, **record))
        return len(back)

    def of_mailbox(self, reader: int) -> tuple[Subscriber, ...]:
        """Everybody who has the mailbox of a reader, on whatever list, by list."""
        key = select(subscribers.c.email_key).where(subscribers.c.id == reader).scalar_subquery()
        query = READERS.where(subscribers.c.email_key == key).order_by(subscribers.c.list)
        with self._database.read() as connection:
            return tuple(subscriber_of(row) for row in connection.execute(query).mappings())

    def counts(self, list_name: str) -> tuple[tuple[Choice, int], ...]:
        """How many active readers of a list chose what, the most first."""
        many = func.count().label("many")
        columns = (choices.c.topics, choices.c.days, choices.c.weekly)
        query = (
            select(*columns, many)
            .select_from(subscribers.outerjoin(choices, choices.c.id == subscribers.c.choice))
            .where(
                subscribers.c.list == list_name,
                subscribers.c.standing == Standing.ACTIVE.value,
            )
            .group_by(*columns)
            .order_by(many.desc(), func.coalesce(choices.c.topics, ""), choices.c.days)
        )
        with self._database.read() as connection:
            if (alike := all_alike(connection, list_name)) is not None:
                return ((EVERYTHING, alike),) if alike else ()
            rows = connection.execute(query).mappings()
            return tuple((choice_of(row), row["many"]) for row in rows)


def all_alike(connection: Connection, list_name: str) -> int | None:
    """How many active readers a list has, where every one of them gets everything; None where somebody chose.

    To group a million readers takes a second; to see that none of them chose takes a tenth of it.
    """
    active = (
        subscribers.c.list == list_name,
        subscribers.c.standing == Standing.ACTIVE.value,
    )
    somebody = select(subscribers.c.id).where(*active, subscribers.c.choice.is_not(None))
    if connection.execute(somebody.limit(1)).first() is not None:
        return None
    kept = reader_counts.c
    count = select(func.coalesce(func.sum(kept.count), 0)).where(
        kept.list == list_name, kept.standing == Standing.ACTIVE.value
    )
    return int(connection.execute(count).scalar_one())


def choice_number(connection: Connection, choice: Choice) -> int | None:
    """The row of a choice, made now if nobody made it before; None for everything."""
    if choice == EVERYTHING:
        return None
    values = {
        "topics": packed(tuple(sorted(choice.topics))),
        "days": bits_of(choice.days),
        "weekly": choice.weekly,
    }
    same = [choices.c[name] == value for name, value in values.items()]
    found: int | None = connection.execute(select(choices.c.id).where(*same)).scalar()
    if found is not None:
        return found
    made = insert(choices).values(values).returning(choices.c.id)
    return int(connection.execute(made).scalar_one())
