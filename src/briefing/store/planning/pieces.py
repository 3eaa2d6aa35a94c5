"""Pieces ↔ rows: what was read and printed, for the inbox, and searched by its words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, or_, select, text
from sqlalchemy import update as renew

from briefing.model.source_record import EntryState, FoundPiece, InboxEntry, InboxQuery, Seen
from briefing.store.engine.database import Database
from briefing.store.planning.search_words import asked_words, search_words
from briefing.store.schema.pieces import pieces as table
from briefing.store.schema.sources import seen_entries as entries

#: Days after which a piece that was read is not found any more; as long as its entry is kept.
_DAYS = 90
_DAY = 86_400.0
#: Names in one statement; databases take some thousand values.
_MANY = 500
_FIELDS = tuple(one.name for one in fields(FoundPiece) if one.name != "text")
_COLUMNS = tuple(table.c[name] for name in _FIELDS)
_SEEN = tuple(entries.c[one.name] for one in fields(Seen) if one.name != "kept")
#: When an entry came out, else when it was seen.
_MOMENT = func.coalesce(func.nullif(entries.c.moment, 0.0), entries.c.first)


class Pieces:
    """What the inbox shows of entries, and everything that can be searched."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_read(self, found: Iterable[FoundPiece], now: float) -> None:
        """Write down pieces that were read, and forget what was read 90 days ago.

        Args:
            found: of one name the last counts; what stands so already is not written again.
            now: seconds since 1970.
        """
        news = {one.name: one for one in found}
        names = list(news)
        with self._database.write() as connection:
            for start in range(0, len(names), _MANY):
                _renew(connection, {name: news[name] for name in names[start : start + _MANY]})
            old = (table.c.edition == "") & (table.c.at < now - _DAYS * _DAY)
            connection.execute(delete(table).where(old))

    def note_printed(self, edition: str, found: Sequence[FoundPiece]) -> None:
        """Write down what an edition printed; telling it twice changes nothing."""
        known = select(table.c.id).where(table.c.edition == edition).limit(1)
        with self._database.write() as connection:
            if found and connection.execute(known).first() is None:
                connection.execute(insert(table), [_row(one) for one in found])

    def editions(self) -> frozenset[str]:
        """The editions whose pieces can be searched."""
        query = select(table.c.edition).where(table.c.edition != "").distinct()
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def search(
        self, written: str, sources: Sequence[str] | None = None, most: int = 50
    ) -> tuple[FoundPiece, ...]:
        """Pieces in which every word, or a word that begins so, stands; newest first.

        Args:
            written: what somebody typed.
            sources: of pieces as they were read, only of these; None for all.
            most: how many.
        """
        words = asked_words(written)
        if not words:
            return ()
        query = select(*_COLUMNS).where(self._has(words))
        if sources is not None:
            query = query.where(or_(table.c.edition != "", table.c.source.in_(sources)))
        query = query.order_by(table.c.at.desc(), table.c.id.desc()).limit(most)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings()
            return tuple(FoundPiece(**row) for row in rows)

    def inbox(self, asked: InboxQuery, most: int, start: int = 0) -> tuple[InboxEntry, ...]:
        """Entries, newest first, each with what was found on its page."""
        query = select(*_SEEN, entries.c.source, entries.c.body.is_not(None).label("kept"))
        query = _narrowed(query, asked).order_by(_MOMENT.desc(), entries.c.id.desc())
        with self._database.read() as connection:
            rows = connection.execute(query.limit(most).offset(start)).mappings().all()
            found = _on_pages(connection, [(row["source"], row["name"]) for row in rows])
        shown = []
        for row in rows:
            values = {**row, "state": EntryState(row["state"])}
            source = values.pop("source")
            here = found.get((source, row["name"]), ())
            shown.append(InboxEntry(source=source, entry=Seen(**values), pieces=here))
        return tuple(shown)

    def counts(self, asked: InboxQuery) -> dict[EntryState, int]:
        """How many entries are in each state, whatever states are asked for."""
        query = _narrowed(select(entries.c.state, func.count()), asked, states=False)
        with self._database.read() as connection:
            rows = connection.execute(query.group_by(entries.c.state)).all()
        return {EntryState(state): count for state, count in rows}

    def kinds(self, asked: InboxQuery) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The sections and the languages of what was read since then, for choosing among them."""
        found = []
        for column in (table.c.section, table.c.language):
            query = select(column).where(
                table.c.edition == "",
                table.c.source.in_(asked.sources),
                table.c.at >= asked.since - 7 * _DAY,
                column != "",
            )
            with self._database.read() as connection:
                found.append(tuple(sorted(connection.execute(query.distinct()).scalars())))
        return found[0], found[1]

    def _has(self, words: Sequence[str]) -> ColumnElement[bool]:
        """Each word begins one of the piece's; words are letters and digits alone."""
        if self._database.is_sqlite:
            asked = " ".join(f'"{word}"*' for word in words)
            found = text("SELECT rowid FROM piece_words WHERE piece_words MATCH :asked")
        else:
            asked = " & ".join(f"'{word}':*" for word in words)
            found = text("SELECT id FROM piece_words WHERE words @@ CAST(:asked AS tsquery)")
        return table.c.id.in_(found.bindparams(asked=asked).columns(table.c.id))


def _narrowed(query: Select[Any], asked: InboxQuery, *, states: bool = True) -> Select[Any]:
    # What came while the last edition was on the desk was seen before it left, and is still new.
    is_due = or_(entries.c.first > asked.since, entries.c.state == EntryState.NEW.value)
    query = query.where(entries.c.source.in_(asked.sources), is_due)
    if asked.states and states:
        query = query.where(entries.c.state.in_(asked.states))
    for name, value in (("section", asked.section), ("language", asked.language)):
        if value:
            has = select(table.c.id).where(
                table.c.edition == "",
                table.c.source == entries.c.source,
                table.c.page == entries.c.name,
                table.c[name] == value,
            )
            query = query.where(has.exists())
    return query


def _on_pages(
    connection: Connection, pages: Sequence[tuple[str, str]]
) -> Mapping[tuple[str, str], tuple[FoundPiece, ...]]:
    names = [page for _, page in pages if page]
    query = select(*_COLUMNS).where(table.c.edition == "", table.c.page.in_(names))
    found: dict[tuple[str, str], tuple[FoundPiece, ...]] = {}
    for row in connection.execute(query.order_by(table.c.id)).mappings():
        key = (row["source"], row["page"])
        found[key] = (*found.get(key, ()), FoundPiece(**row))
    return found


def _renew(connection: Connection, news: Mapping[str, FoundPiece]) -> None:
    """Write what is new or has changed; when a piece was read first stays."""
    mine = (table.c.edition == "") & table.c.name.in_(list(news))
    query = select(table.c.id, table.c.words, *_COLUMNS).where(mine)
    rows = {row["name"]: row for row in connection.execute(query).mappings()}
    added = []
    for name, one in news.items():
        values, before = _row(one), rows.get(name)
        if before is None:
            added.append(values)
            continue
        values["at"] = before["at"]
        if any(before[key] != value for key, value in values.items()):
            connection.execute(renew(table).where(table.c.id == before["id"]).values(**values))
    if added:
        connection.execute(insert(table), added)


def _row(one: FoundPiece) -> dict[str, object]:
    values = asdict(one)
    values["words"] = search_words(f"{one.headline} {values.pop('text')}")
    return values
