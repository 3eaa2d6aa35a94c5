"""The days of a cron expression: APScheduler's reading of its fields, asked day by day."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, timedelta
from functools import lru_cache

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.cron.fields import BaseField

from briefing.schedules.days_off import DaysOff

_DAY = timedelta(days=1)
#: Those that are remembered: a look at what is due asks for a briefing's schedule some four times.
_SCHEDULES = 64


class ScheduleDays:
    """The days that the last three fields of a cron expression mean."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._day, self._months, self._weekdays = _read(*fields)

    def between(self, first: date, last: date, off: DaysOff) -> Iterator[date]:
        """Those without holidays, from one day to another."""
        days = (first + count * _DAY for count in range((last - first).days + 1))
        return (day for day in days if self._means(day) and not off.is_holiday(day))

    def _means(self, day: date) -> bool:
        return (
            day.month in self._months
            and day.weekday() in self._weekdays
            and (self._day is None or _meets(self._day, day))
        )


@lru_cache(_SCHEDULES)
def _read(
    day: str, month: str, weekday: str
) -> tuple[BaseField | None, frozenset[int], frozenset[int]]:
    """The day of the month, None where any is meant, the months and the weekdays, counted from Monday."""
    # Its trigger goes from one moment to the next, which takes twenty times as long for each day of a year.
    read = CronTrigger.from_crontab(f"0 0 {day} {month} {weekday}", timezone=UTC).fields
    days, months, weekdays = (
        next(field for field in read if field.name == name)
        for name in ("day", "month", "day_of_week")
    )
    firsts = (date(2026, number, 1) for number in range(1, 13))
    week = (date(2026, 1, number) for number in range(1, 8))
    return (
        None if day == "*" else days,
        frozenset(first.month for first in firsts if _meets(months, first)),
        frozenset(each.weekday() for each in week if _meets(weekdays, each)),
    )


def _meets(field: BaseField, day: date) -> bool:
    return bool(field.get_next_value(day) == field.get_value(day))
