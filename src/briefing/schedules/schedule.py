"""A schedule: one edition on each local day that matches, whatever the clocks do that night.

APScheduler's own trigger fires twice when the clocks go back in 96 zones and skips a day when they
go forward at midnight in 170. Only its reading of cron fields is used here, over local times that
know no zone; the step from a local time to a moment is ours.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, islice, pairwise

from briefing.clock import time_zone
from briefing.schedules.cron_days import ScheduleDays
from briefing.schedules.days_off import DaysOff
from briefing.schedules.words import SaidDays, read_words

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DAY_PART = re.compile(r"(\*|[a-z]{3}|[0-7])(?:-([a-z]{3}|[0-7]))?(?:/([1-7]))?")
# APScheduler reads no further than it understands: of `jan/2` it takes `jan`.
_OTHER_FIELD = re.compile(
    r"last|[a-z]{3}(-[a-z]{3})?(,[a-z]{3}(-[a-z]{3})?)*|[\d*][\d*,/-]*", re.ASCII
)
_AT = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_PARTS = 5
#: More days than between two leap days of a century without one.
_FAR = timedelta(days=3_000)
_DAY = timedelta(days=1)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Due:
    """One slot: the local time that names it, and the moment it stands for."""

    #: Such as `2026-10-25T06:30 Europe/London`; never a moment in UTC, which the clocks may move.
    slot: str
    #: Aware, in UTC.
    at: datetime

    @property
    def wall(self) -> datetime:
        """The local time that names it, aware, be it one that the clocks jump over.

        Its day names the edition: in Nuuk the clocks jump from 23:00 into the next day.
        """
        local, _, zone = self.slot.partition(" ")
        return datetime.fromisoformat(local).replace(tzinfo=time_zone(zone))


class Schedule:
    """When a briefing is due: on some local days, at one hour or several."""

    def __init__(
        self, days: ScheduleDays | SaidDays, hours: Sequence[time], zone: str, off: DaysOff
    ) -> None:
        """Put days and hours together; `cron`, `daily` and `said` read what config.toml says.

        A time that the clocks jump over stands for the first minute after the jump; one that comes twice,
        for the first. Of hours that fall on one minute so, the last is kept.

        Args:
            days: which local days.
            hours: local times, in any order.
            zone: an IANA name.
            off: days without an edition.

        Raises:
            ValueError: with a sentence, when it would never be due.
        """
        self._dates, self._off = days, off
        self._hours = sorted(set(hours))
        self._zone, self.zone = time_zone(zone), zone
        start = date(2026, 1, 1)
        if next(days.between(start, start + _FAR, off), None) is None:
            raise ValueError("it never comes: there is no such day")

    @classmethod
    def cron(cls, cron: str, zone: str, off: DaysOff | None = None) -> "Schedule":
        """A cron expression of five fields.

        Weekdays are counted as cron does: 0 and 7 are Sunday.

        Args:
            cron: minute and hour are single numbers; for instance `30 6 * * mon-fri`.
            zone: an IANA name.
            off: days without an edition.

        Raises:
            ValueError: with a sentence, when it is not one, or would never be due.
        """
        minute, hour, *days = _fields(cron)
        try:
            return cls(ScheduleDays(days), [time(int(hour), int(minute))], zone, off or DaysOff())
        except (ValueError, KeyError) as error:
            raise ValueError(f"{cron!r} is not a schedule: {error}") from error

    @classmethod
    def daily(
        cls, at: str | Sequence[str], days: str, zone: str, off: DaysOff | None = None
    ) -> "Schedule":
        """Times of the day on some weekdays: `06:30` and `mon-fri`, or `mon,wed,fri`.

        Raises:
            ValueError: with a sentence, when either is not one.
        """
        hours = read_hours(at)
        return cls(ScheduleDays(("*", "*", _weekdays(days))), hours, zone, off or DaysOff())

    @classmethod
    def said(
        cls, every: str, at: str | Sequence[str], zone: str, off: DaysOff | None = None
    ) -> "Schedule":
        """Times of the day on days in words, see `words`.

        Raises:
            ValueError: with a sentence, when either is not one, or it would never be due.
        """
        try:
            return cls(read_words(every), read_hours(at), zone, off or DaysOff())
        except ValueError as error:
            never = f"{every!r}: " if str(error).startswith("it never") else ""
            raise ValueError(f"{never}{error}") from error

    @property
    def is_by_hour(self) -> bool:
        """True when a day has several editions, so that their names need the hour."""
        return len(self._hours) > 1

    def on(self, day: date) -> Iterator[Due]:
        """The slots of one local day, in order."""
        # A local time may stand for a moment of a neighbouring day in UTC.
        start = datetime.combine(day, time(), UTC)
        around = self.between(start - _DAY, start + 3 * _DAY)
        return (due for due in around if due.slot[:10] == day.isoformat())

    def next_days(self, after: datetime, count: int = 5) -> tuple[Due, ...]:
        """The next slots, by which people see what the words mean."""
        return tuple(islice(self.between(after, after + _FAR), count))

    def between(self, after: datetime, until: datetime) -> Iterator[Due]:
        """The slots after one moment up to another, in order.

        Args:
            after: aware; a slot at this very moment is not among them.
            until: aware; a slot at this very moment is.
        """
        # A day before: a local time may stand for a moment hours away from where it seems to be.
        start = after.astimezone(self._zone).replace(tzinfo=UTC) - timedelta(days=1)
        end = until.astimezone(self._zone).replace(tzinfo=UTC) + timedelta(days=1)
        meant = ((local, self._moment(local)) for local in self._days(start, end))
        for (local, moment), (_, following) in pairwise(chain(meant, ((end, _NEVER),))):
            if moment != following and after < moment <= until:
                yield Due(f"{local:%Y-%m-%dT%H:%M} {self.zone}", moment)

    def jumped(self, after: datetime, until: datetime) -> Iterator[tuple[Due, datetime]]:
        """The slots whose local time the clocks jump over, with the local time they come at.

        Args:
            after: aware.
            until: aware.
        """
        for due in self.between(after, until):
            wall = due.at.astimezone(self._zone)
            if not due.slot.startswith(f"{wall:%Y-%m-%dT%H:%M}"):
                yield due, wall

    def after(self, moment: datetime) -> Due | None:
        """The first slot after a moment; None when there is none for years."""
        for days in (9, 400, _FAR.days):
            found = next(self.between(moment, moment + timedelta(days=days)), None)
            if found is not None:
                return found
        return None

    def _days(self, start: datetime, end: datetime) -> Iterator[datetime]:
        """Local times that match, written as if they were in UTC."""
        for day in self._dates.between(start.date(), end.date(), self._off):
            for hour in self._hours:
                local = datetime.combine(day, hour, UTC)
                if start <= local <= end:
                    yield local

    def _moment(self, local: datetime) -> datetime:
        naive = local.replace(tzinfo=None)
        before = naive.replace(tzinfo=self._zone, fold=0)
        moment = before.astimezone(UTC)
        if moment.astimezone(self._zone).replace(tzinfo=None) == naive:
            return moment
        # The clocks jump over it. With fold=1 the offset after the jump is used, which gives a
        # moment before it; the jump lies between the two.
        low = naive.replace(tzinfo=self._zone, fold=1).astimezone(UTC)
        high, offset = moment, moment.astimezone(self._zone).utcoffset()
        while high - low > timedelta(minutes=1):
            middle = low + timedelta(minutes=((high - low) // timedelta(minutes=2)))
            if middle.astimezone(self._zone).utcoffset() == offset:
                high = middle
            else:
                low = middle
        return high


def read_hours(at: str | Sequence[str]) -> list[time]:
    """Times of the day as config.toml has them: `06:30`, or several.

    Raises:
        ValueError: with a sentence, when one of them is not.
    """
    hours = []
    for written in [at] if isinstance(at, str) else at:
        found = _AT.fullmatch(written)
        if found is None:
            raise ValueError(f"{written!r} is not a time of the day; write it as 06:30")
        hours.append(time(int(found[1]), int(found[2])))
    if not hours:
        raise ValueError("names no hour; write one as 06:30")
    return hours


def _fields(cron: str) -> list[str]:
    fields = cron.lower().split()
    if len(fields) != _PARTS:
        raise ValueError(
            f"{cron!r} must have five fields: minute, hour, day of month, month, day of week"
        )
    minute, hour, day, month, weekday = fields
    if not (minute + hour).isdecimal():
        raise ValueError(
            f"{cron!r} would be due more than once a day; minute and hour must be single numbers. "
            'Several hours are written as at = ["06:30", "17:00"], with days or every'
        )
    if day != "*" and weekday != "*":
        raise ValueError(
            f"{cron!r} names days of the month and of the week, which programs read in two ways; "
            "leave one of them *"
        )
    for field in (day, month):
        if _OTHER_FIELD.fullmatch(field) is None:
            raise ValueError(
                f"{cron!r} is not a schedule: {field!r} is not a day or month of cron's"
            )
    try:
        return [*fields[:4], _weekdays(weekday)]
    except ValueError as error:
        raise ValueError(f"{cron!r} is not a schedule: {error}") from error


def _weekdays(field: str) -> str:
    """The days of the week of a cron field, each by its name.

    Written out because APScheduler counts from Monday, knows no range that passes a Sunday, and
    takes `mon-fri/2` or `mon#1` for `mon-fri` and `mon`.
    """
    days: set[int] = set()
    for part in "".join(field.lower().split()).split(","):
        found = _DAY_PART.fullmatch(part)
        first, last, step = found.groups() if found else ("", None, None)
        if not first or (step and first != "*" and not last) or (first == "*" and last):
            raise ValueError(f"{field!r} is not days of the week; write mon-fri, or mon,wed,fri")
        start, stop = (0, 6) if first == "*" else (_weekday(first), _weekday(last or first))
        stop += 7 if stop < start else 0
        days |= {day % 7 for day in range(start, stop + 1, int(step or 1))}
    return ",".join(_DAYS[day] for day in sorted(days))


def _weekday(written: str) -> int:
    """The day as cron counts: 0 is Sunday, and so is 7."""
    if written.isdecimal():
        return int(written)
    if written not in _DAYS:
        raise ValueError(f"{written!r} is not a day of the week; write {', '.join(_DAYS)}")
    return _DAYS.index(written)
