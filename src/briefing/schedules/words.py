"""A schedule in words: "second monday", "weekdays except holidays", "last day or next working day".

The grammar is English and small, because config.toml is; what it means is always shown back as dates.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.schedules.days_off import DaysOff

_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BY_NAME = {name[:length]: at for at, name in enumerate(_NAMES) for length in (3, len(name))}
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_LAST = -1
_GROUPS = {
    "day": tuple(range(7)),
    "days": tuple(range(7)),
    "weekday": tuple(range(5)),
    "weekdays": tuple(range(5)),
    "weekend": (5, 6),
    "weekends": (5, 6),
}
_SHAPE = re.compile(
    r"(?:every )?(?P<days>.+?)(?: of (?:the|each|every) month)?(?P<but> except holidays)?"
    r"(?P<shift> or (?:the )?(?:next|previous) working day)?"
)
_OTHER = re.compile(r"other (?P<name>[a-z]+) from (?P<start>\d{4}-\d\d-\d\d)")
_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_PARTS = re.compile(r", and |, | and ")
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
#: No run of days without work is longer.
_LONGEST_BREAK = 31
_HOW = (
    'write such as "weekdays except holidays", "monday and thursday", "second monday" (of the month), '
    '"first working day", "last day or next working day", "15th", or "other monday from 2026-12-07"'
)


@dataclass(frozen=True, slots=True)
class SaidDays:
    """The days that words mean."""

    #: The words, as config.toml has them.
    said: str
    #: Days of the week, 0 for Monday; with `nth` those of the month only.
    weekdays: frozenset[int] = frozenset()
    #: Which of its kind in the month, from 1; -1 for the last. Empty: every one.
    nth: frozenset[int] = frozenset()
    #: Days of the month by their number; -1 for the last.
    numbers: frozenset[int] = frozenset()
    #: True where "working day" is what `nth` counts.
    counts_working_days: bool = False
    #: The first of every other week; None for every week.
    start: date | None = None
    #: 1 where a day without work is made good by the next working day, -1 by the one before.
    shift: int = 0

    def between(self, first: date, last: date, off: DaysOff) -> Iterator[date]:
        """The days that are meant, holidays left out or made good, from one day to another."""
        day = first
        while day <= last:
            if self._is_due(day, off):
                yield day
            day += _DAY

    def _is_due(self, day: date, off: DaysOff) -> bool:
        if not self.shift:
            return self._is_meant(day, off) and not off.is_holiday(day)
        if not off.is_working_day(day):
            return False
        if self._is_meant(day, off):
            return True
        # Whatever of the break right before (or behind) it is meant is made good today.
        for back in range(1, _LONGEST_BREAK):
            other = day - self.shift * back * _DAY
            if off.is_working_day(other):
                return False
            if self._is_meant(other, off):
                return True
        return False

    def _is_meant(self, day: date, off: DaysOff) -> bool:
        length = monthrange(day.year, day.month)[1]
        if self.counts_working_days:
            return off.is_working_day(day) and self._is_nth_working_day(day, length, off)
        if self.numbers:
            return day.day in self.numbers or (_LAST in self.numbers and day.day == length)
        if day.weekday() not in self.weekdays:
            return False
        if self.start is not None:
            return day >= self.start and (day - self.start).days % (2 * _WEEK.days) == 0
        is_last = day.day + _WEEK.days > length
        nth = (day.day - 1) // _WEEK.days + 1
        return not self.nth or nth in self.nth or (_LAST in self.nth and is_last)

    def _is_nth_working_day(self, day: date, length: int, off: DaysOff) -> bool:
        before = sum(off.is_working_day(day.replace(day=one)) for one in range(1, day.day))
        if not self.nth or before + 1 in self.nth:
            return True
        after = range(day.day + 1, length + 1)
        return _LAST in self.nth and not any(off.is_working_day(day.replace(day=d)) for d in after)


def read_words(said: str) -> SaidDays:
    """Read a schedule in words.

    "second monday" is the second Monday of each month; every other Monday is "other monday from" one of them.

    Raises:
        ValueError: with a sentence and examples, when the words mean no schedule.
    """
    words = " ".join(said.lower().split())
    shape = _SHAPE.fullmatch(words)
    days = shape["days"] if shape else ""
    if shape and shape["but"] and shape["shift"]:
        raise ValueError(
            f"{said!r} says both that holidays are left out and that they are made good; keep one"
        )
    shift = 0 if not shape or not shape["shift"] else 1 if "next" in shape["shift"] else -1
    found = _every_other(said, days, shift) or _listed(said, days, shift)
    if found is None:
        raise ValueError(f"{said!r} is not a schedule in words; {_HOW}")
    return found


def _every_other(said: str, days: str, shift: int) -> SaidDays | None:
    other = _OTHER.fullmatch(days)
    if other is None or other["name"] not in _BY_NAME:
        return None
    weekday = _BY_NAME[other["name"]]
    try:
        start = date.fromisoformat(other["start"])
    except ValueError as error:
        raise ValueError(f"{said!r}: {other['start']} is not a date; {_HOW}") from error
    if start.weekday() != weekday:
        near = start + timedelta(days=(weekday - start.weekday()) % 7)
        raise ValueError(
            f"{said!r}: {start} is a {_NAMES[start.weekday()].capitalize()}; the next "
            f"{_NAMES[weekday].capitalize()} is {near}"
        )
    return SaidDays(said, weekdays=frozenset({weekday}), start=start, shift=shift)


def _listed(said: str, days: str, shift: int) -> SaidDays | None:
    """Of what is not a fortnight: "monday and thursday", "first and third friday", "1st and 15th", "last day"."""
    head, _, noun = days.rpartition(" ")
    if days in ("working day", "working days"):
        return SaidDays(said, counts_working_days=True, shift=shift)
    if head.endswith(" working") and noun == "day":
        which = _ordinals(head.removesuffix(" working"))
        return SaidDays(said, nth=which, counts_working_days=True, shift=shift) if which else None
    parts = _PARTS.split(days)
    if all(part in _GROUPS or _singular(part) in _BY_NAME for part in parts):
        named = (_GROUPS.get(part) or (_BY_NAME[_singular(part)],) for part in parts)
        return SaidDays(said, weekdays=frozenset().union(*named), shift=shift)
    if days == "last day" or all(_NUMBER.fullmatch(part) or part == "last day" for part in parts):
        numbers = [_LAST if part == "last day" else int(part[:-2]) for part in parts]
        within = all(number == _LAST or 1 <= number <= 31 for number in numbers)  # noqa: PLR2004
        return SaidDays(said, numbers=frozenset(numbers), shift=shift) if within else None
    which = _ordinals(head)
    if which and noun in _BY_NAME:
        return SaidDays(said, weekdays=frozenset({_BY_NAME[noun]}), nth=which, shift=shift)
    return None


def _singular(word: str) -> str:
    return word.removesuffix("s") if word.removesuffix("s") in _NAMES else word


def _ordinals(words: str) -> frozenset[int]:
    """Which of a kind: "first and third", "last"; empty when a word is not an ordinal."""
    known = {word: at for at, word in enumerate(_ORDINALS, 1)} | {"last": _LAST}
    found = [known.get(part, 0) for part in _PARTS.split(words)]
    return frozenset(found) if all(found) else frozenset()
