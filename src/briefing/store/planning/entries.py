"""Entries ↔ rows: everything that sources have shown, what became of it, and the pages of feeds' entries."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from briefing.model.page import Page
from briefing.model.source_record import EntryQuery, EntryState, Seen
from briefing.store.engine.database import Database
from briefing.store.schema.sources import seen_entries as table

#: Days after which a page is not kept any more; no source takes older entries by default, and rows stay longer.
_PAGES, _ROWS = 31, 90
_DAY, _HOUR = 86_400.0, 3600.0
_COLUMNS = tuple(
    table.c[name]
    for name in (
        "id", "guid", "url", "marks", "first", "last", "passed", "name", "headline", "moment",
        "changed", "state", "reason", "edition", "told_by",
    )
)  # fmt: skip


class Entries:
    """What is known of the entries of every source, by its name in config.toml."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def seen(self, source: str) -> tuple[Seen, ...]:
        """Every entry of a source that a reading has seen lately."""
        query = select(*_COLUMNS, table.c.body.is_not(None).label("kept"))
        query = query.where(table.c.source == source).order_by(table.c.id)
        with self._database.read() as connection:
            return tuple(_seen(row) for row in connection.execute(query).mappings())

    def counts(self) -> dict[str, dict[EntryState, int]]:
        """How many entries of each source are in each state; of states that none is in, nothing."""
        query = select(table.c.source, table.c.state, func.count().label("number"))
        found: dict[str, dict[EntryState, int]] = {}
        with self._database.read() as connection:
            for row in connection.execute(query.group_by(table.c.source, table.c.state)):
                found.setdefault(row.source, {})[EntryState(row.state)] = row.number
        return found

    def reasons(self, source: str) -> tuple[tuple[EntryState, str, int], ...]:
        """How many entries of a source are in each state for each reason, as they were seen first."""
        query = select(table.c.state, table.c.reason, func.count().label("number"))
        query = query.where(table.c.source == source).group_by(table.c.state, table.c.reason)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(func.min(table.c.id)))
            return tuple((EntryState(row.state), row.reason, row.number) for row in rows)

    def listed(self, asked: EntryQuery) -> tuple[tuple[str, Seen], ...]:
        """Entries with the names of their sources, newest first: by their own time, else by when they were seen.

        A time to come is not believed: such an entry is as new as it was when it was seen.
        """
        dated = (table.c.moment > 0) & (table.c.moment <= table.c.last)
        query = select(table.c.source, *_COLUMNS, table.c.body.is_not(None).label("kept"))
        query = _narrowed(query, asked).order_by(
            case((dated, table.c.moment), else_=table.c.first).desc(), table.c.id.desc()
        )
        with self._database.read() as connection:
            rows = connection.execute(query.limit(asked.most).offset(asked.skip)).mappings()
            return tuple((row["source"], _seen(row)) for row in rows)

    def note(
        self,
        source: str,
        rows: Sequence[Seen],
        pages: Mapping[str, Page],
        now: float,
        *,
        whole: bool = False,
    ) -> None:
        """Write down what a reading saw, and forget what has not been seen for 90 days.

        Two readings at once write one row for an entry that both are the first to see.

        Args:
            source: its name.
            rows: what is known of its entries now.
            pages: by name, those that are kept for drafts to come.
            now: seconds since 1970.
            whole: what is not among the rows is not there any more, as a file that is gone.
        """
        mine = table.c.source == source
        with self._database.write() as connection:
            if whole:
                there = [row.id for row in rows if row.last >= now]
                connection.execute(delete(table).where(mine, table.c.id.not_in(there)))
            _write(connection, source, rows)
            for name, page in pages.items():
                _keep_page(connection, source, name, page)
            connection.execute(delete(table).where(mine, table.c.last < now - _ROWS * _DAY))
            stale = mine & (table.c.first < now - _PAGES * _DAY) & table.c.body.is_not(None)
            connection.execute(update(table).where(stale).values(body=None, facts=""))

    def tell(self, source: str, states: Mapping[str, tuple[EntryState, str, str, str]]) -> None:
        """Write down what became of entries, by the name of their page.

        Args:
            source: its name.
            states: state, reason, edition and the headline of the story that tells it; see `Seen`.
        """
        with self._database.write() as connection:
            for name, (state, reason, edition, told_by) in states.items():
                mine = (table.c.source == source) & (table.c.name == name)
                values = {"state": state, "reason": reason, "edition": edition, "told_by": told_by}
                connection.execute(update(table).where(mine).values(**values))

    def kept(self, names: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Source and name of each entry of one of these names whose page was kept."""
        query = select(table.c.source, table.c.name).where(
            table.c.name.in_(list(names)), table.c.body.is_not(None)
        )
        with self._database.read() as connection:
            return frozenset((row.source, row.name) for row in connection.execute(query))

    def pages(self, source: str, names: Iterable[str]) -> dict[str, Page]:
        """The pages that were kept of these entries, by name."""
        query = select(table.c.name, table.c.facts, table.c.body).where(
            table.c.source == source, table.c.name.in_(list(names)), table.c.body.is_not(None)
        )
        with self._database.read() as connection:
            return {
                row.name: replace(_pages().validate_json(row.facts), body=zlib.decompress(row.body))
                for row in connection.execute(query)
            }


def _seen(row: RowMapping) -> Seen:
    values = {name: value for name, value in row.items() if name != "source"}
    return Seen(**{**values, "state": EntryState(values["state"])})


def _narrowed(query: Select[Any], asked: EntryQuery) -> Select[Any]:
    """The query for the entries that are asked for alone."""
    if asked.sources:
        query = query.where(table.c.source.in_(asked.sources))
    if asked.states:
        query = query.where(table.c.state.in_(asked.states))
    if asked.since:
        query = query.where(table.c.first >= asked.since)
    if asked.words:
        named = (table.c.headline, table.c.url)
        query = query.where(or_(*(one.icontains(asked.words, autoescape=True) for one in named)))
    return query


def _write(connection: Connection, source: str, rows: Sequence[Seen]) -> None:
    mine = table.c.source == source
    known = table.c.id.in_([row.id for row in rows if row.id])
    query = select(*_COLUMNS).where(mine, known)
    there = {row["id"]: dict(row) for row in connection.execute(query).mappings()}
    bare = select(table.c.guid, table.c.url, table.c.marks).where(mine)
    has_new = any(not row.id for row in rows)
    names = {tuple(row) for row in connection.execute(bare)} if has_new else set()
    for row in rows:
        values = asdict(row)
        del values["kept"]
        before = there.get(row.id)
        if before is not None and _is_news(before, values):
            connection.execute(update(table).where(table.c.id == row.id).values(**values))
        elif not row.id and (row.guid, row.url, row.marks) not in names:
            del values["id"]
            connection.execute(insert(table).values(source=source, **values))


def _is_news(before: dict[str, Any], values: dict[str, Any]) -> bool:
    """True when a row has to be written again; that it is still there is written once an hour."""
    return values["last"] - before["last"] >= _HOUR or before | {"last": values["last"]} != values


def _keep_page(connection: Connection, source: str, name: str, page: Page) -> None:
    facts = _pages().dump_json(replace(page, body=b"")).decode()
    values = {"facts": facts, "body": zlib.compress(page.body)}
    mine = (table.c.source == source) & (table.c.name == name)
    connection.execute(update(table).where(mine).values(**values))


@cache
def _pages() -> TypeAdapter[Page]:
    return TypeAdapter(Page)
