"""A schedule: one edition on each local day that matches, whatever the clocks do that night.

APScheduler's own trigger fires twice when the clocks go back in 96 zones and skips a day when they
go forward at midnight in 170. Only its reading of cron fields is used here, over local times that
know no zone; the step from a local time to a moment is ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from briefing.clock import time_zone

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
    """When a briefing is due: at most once on a local day."""

    def __init__(self, cron: str, zone: str, holidays: frozenset[date] = frozenset()) -> None:
        """Read a cron expression of five fields.

        Weekdays are counted as cron does: 0 and 7 are Sunday. A time that the clocks jump over
        stands for the first minute after the jump; one that comes twice, for the first.

        Args:
            cron: minute and hour are single numbers; for instance `30 6 * * mon-fri`.
            zone: an IANA name.
            holidays: local dates without an edition.

        Raises:
            ValueError: with a sentence, when it is not one, or would never be due.
        """
        self._trigger = _trigger(cron)
        self._zone, self._holidays = time_zone(zone), holidays
        self.zone = zone
        start = datetime(2026, 1, 1, tzinfo=UTC)
        if next(self._days(start, start + _FAR), None) is None:
            raise ValueError(f"{cron!r} never comes: there is no such day")

    @classmethod
    def daily(
        cls, at: str, days: str, zone: str, holidays: frozenset[date] = frozenset()
    ) -> "Schedule":
        """A time of the day on some weekdays: `06:30` and `mon-fri`, or `mon,wed,fri`.

        Raises:
            ValueError: with a sentence, when either is not one.
        """
        found = _AT.fullmatch(at)
        if found is None:
            raise ValueError(f"{at!r} is not a time of the day; write it as 06:30")
        return cls(f"{int(found[2])} {int(found[1])} * * {_weekdays(days)}", zone, holidays)

    def between(self, after: datetime, until: datetime) -> Iterator[Due]:
        """The slots after one moment up to another, in order.

        Args:
            after: aware; a slot at this very moment is not among them.
            until: aware; a slot at this very moment is.
        """
        # A day before: a local time may stand for a moment hours away from where it seems to be.
        start = after.astimezone(self._zone).replace(tzinfo=UTC) - timedelta(days=1)
        end = until.astimezone(self._zone).replace(tzinfo=UTC) + timedelta(days=1)
        for local in self._days(start, end):
            moment = self._moment(local)
            if after < moment <= until:
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
        local = self._trigger.get_next_fire_time(None, start)
        while local is not None and local <= end:
            if local.date() not in self._holidays:
                yield local
            local = self._trigger.get_next_fire_time(local, local + timedelta(minutes=1))

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


def _trigger(cron: str) -> CronTrigger:
    fields = cron.lower().split()
    if len(fields) != _PARTS:
        raise ValueError(
            f"{cron!r} must have five fields: minute, hour, day of month, month, day of week"
        )
    minute, hour, day, month, weekday = fields
    if not (minute + hour).isdecimal():
        raise ValueError(
            f"{cron!r} would be due more than once a day; minute and hour must be single numbers. "
            "Give each hour a briefing of its own"
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
        fields[4] = _weekdays(weekday)
        return CronTrigger.from_crontab(" ".join(fields), timezone=UTC)
    except (ValueError, KeyError) as error:
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
