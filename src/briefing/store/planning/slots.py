"""Slots ↔ rows: each nominal local time of a briefing once, whoever asks and however often."""

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.exc import IntegrityError

from briefing.model.schedule_slot import Course, ScheduleSlot
from briefing.store.engine.database import Database
from briefing.store.schema.core import slots


class Slots:
    """The truth about what was due and what became of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, briefing: str, slot: str, due: float, now: float) -> bool:
        """Take a slot; True for exactly one of all who try, ever."""
        values = {"briefing": briefing, "slot": slot, "due": due, "at": now}
        with self._database.write() as connection:
            try:
                with connection.begin_nested():
                    connection.execute(insert(slots).values(**values, state=Course.DRAFTING.value))
            except IntegrityError:
                return False
        return True

    def note(
        self,
        briefing: str,
        slot: str,
        course: Course,
        now: float,
        *,
        edition: str | None = None,
        reason: str = "",
    ) -> None:
        """Write down how far a slot has come."""
        values: dict[str, object] = {"state": course.value, "at": now, "reason": reason}
        if edition is not None:
            values["edition"] = edition
        with self._database.write() as connection:
            connection.execute(
                update(slots)
                .where(slots.c.briefing == briefing, slots.c.slot == slot)
                .values(**values)
            )

    def move(self, briefing: str, slot: str, due: float) -> None:
        """Let a slot be due at another moment; seconds since 1970."""
        self._change(briefing, slot, due=due)

    def choose_list(self, briefing: str, slot: str, name: str) -> None:
        """Let a slot's edition go to another list than the briefing's."""
        self._change(briefing, slot, list=name)

    def _change(self, briefing: str, slot: str, **values: object) -> None:
        one = (slots.c.briefing == briefing, slots.c.slot == slot)
        with self._database.write() as connection:
            connection.execute(update(slots).where(*one).values(**values))

    def get(self, briefing: str, slot: str) -> ScheduleSlot | None:
        """A slot's record; None when nobody has claimed it."""
        query = select(slots).where(slots.c.briefing == briefing, slots.c.slot == slot)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return _record(row) if row is not None else None

    def last(self, briefing: str, by: float) -> ScheduleSlot | None:
        """The latest slot of a briefing, due by a moment, that anybody has claimed.

        A clock that was ahead for a while leaves slots in what is the future again.
        """
        mine = (slots.c.briefing == briefing, slots.c.due <= by)
        query = select(slots).where(*mine).order_by(slots.c.due.desc())
        with self._database.read() as connection:
            row = connection.execute(query.limit(1)).mappings().first()
        return _record(row) if row is not None else None

    def open(self, briefing: str) -> tuple[ScheduleSlot, ...]:
        """The slots of a briefing that are not done with, oldest first."""
        at_work = (Course.DRAFTING.value, Course.DRAFTED.value, Course.SENDING.value)
        query = select(slots).where(slots.c.briefing == briefing, slots.c.state.in_(at_work))
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(slots.c.due)).mappings().all()
        return tuple(_record(row) for row in rows)

    def newest(self, briefing: str, limit: int) -> tuple[ScheduleSlot, ...]:
        """The latest slots of a briefing, newest first."""
        query = select(slots).where(slots.c.briefing == briefing).order_by(slots.c.due.desc())
        with self._database.read() as connection:
            rows = connection.execute(query.limit(limit)).mappings().all()
        return tuple(_record(row) for row in rows)


def _record(row: RowMapping) -> ScheduleSlot:
    return ScheduleSlot(
        briefing=row["briefing"],
        slot=row["slot"],
        due=row["due"],
        course=Course(row["state"]),
        edition=row["edition"],
        reason=row["reason"],
        at=row["at"],
        list=row["list"],
    )
