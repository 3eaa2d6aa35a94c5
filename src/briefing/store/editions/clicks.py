"""Clicks ↔ rows: where counted links lead, and how often each was followed; never by whom."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from briefing.store.engine.database import Database
from briefing.store.schema.editing import clicks, links


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCount:
    """One link and how often it was followed."""

    number: int
    url: str
    people: int
    machines: int


class Clicks:
    """Counts by edition, link and hour; people and machines apart."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, edition: str, addresses: tuple[str, ...]) -> None:
        """Keep where an edition's links lead, in place of what was kept for it."""
        rows = [
            {"edition": edition, "number": number, "url": url}
            for number, url in enumerate(addresses, 1)
        ]
        with self._database.write() as connection:
            connection.execute(delete(links).where(links.c.edition == edition))
            if rows:
                connection.execute(insert(links), rows)

    def address(self, edition: str, number: int) -> str | None:
        """Where a link leads; None when there is none."""
        query = select(links.c.url).where(links.c.edition == edition, links.c.number == number)
        with self._database.read() as connection:
            found: str | None = connection.execute(query).scalar()
        return found

    def count(self, edition: str, number: int, hour: int, *, machine: bool, by: int = 1) -> None:
        """Add to a link's count of an hour; less than nothing takes it back."""
        row = {"edition": edition, "number": number, "hour": hour, "machine": machine}
        mine = [clicks.c[name] == value for name, value in row.items()]
        more = update(clicks).where(*mine).values(count=clicks.c.count + by)
        while True:
            try:
                with self._database.write() as connection:
                    if not connection.execute(more).rowcount:
                        connection.execute(insert(clicks).values(**row, count=by))
            except IntegrityError:
                continue  # another process made the row in between
            return

    def of(self, edition: str) -> tuple[LinkCount, ...]:
        """Every counted link of an edition, in print order."""
        sums = (
            select(clicks.c.number, clicks.c.machine, func.sum(clicks.c.count))
            .where(clicks.c.edition == edition)
            .group_by(clicks.c.number, clicks.c.machine)
        )
        kept = select(links.c.number, links.c.url).where(links.c.edition == edition)
        with self._database.read() as connection:
            counted: defaultdict[tuple[int, bool], int] = defaultdict(int)
            for number, machine, count in connection.execute(sums):
                counted[number, bool(machine)] = int(count)
            rows = connection.execute(kept.order_by(links.c.number)).all()
        return tuple(
            LinkCount(
                number=row.number,
                url=row.url,
                people=counted[row.number, False],
                machines=counted[row.number, True],
            )
            for row in rows
        )
