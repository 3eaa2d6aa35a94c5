"""Days off: a newsroom's own dates, and the public holidays of a country or region.

The holidays are those of the package `holidays` (github.com/vacanza/holidays), which is kept up by hundreds
of people; it is imported where a place is named, because that takes 0.2 s.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

#: Saturday and Sunday, as `date.weekday` counts; countries with others say so.
_WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class DaysOff:
    """When nothing is printed, and what is a working day."""

    #: Local dates that the newsroom names.
    own: frozenset[date] = frozenset()
    #: ISO 3166: a country such as "GB", or a region of one such as "GB-SCT"; none when empty.
    place: str = ""

    def is_holiday(self, day: date) -> bool:
        """True on a date of the newsroom's own and on a public holiday, moved ones included."""
        return day in self.own or bool(self.place and day in _calendar(self.place))

    def is_working_day(self, day: date) -> bool:
        """True on a day that is neither a holiday nor of the country's weekend."""
        weekend = _calendar(self.place).weekend if self.place else _WEEKEND
        return day.weekday() not in weekend and not self.is_holiday(day)


@cache
def _calendar(place: str) -> Any:
    """The holidays of a place; years are worked out when they are asked for.

    Raises:
        ValueError: with a sentence, when there is no such place.
    """
    import holidays  # noqa: PLC0415 - see above

    country, _, region = place.upper().partition("-")
    try:
        return holidays.country_holidays(country, subdiv=region or None)
    except NotImplementedError as error:
        regions = holidays.list_supported_countries().get(country)
        if regions is None:
            known = "a country's code of ISO 3166, such as GB, FR or DE"
        else:
            known = ", ".join(f"{country}-{one}" for one in regions) or f"{country} alone"
        raise ValueError(
            f"{place!r} is not a place whose holidays are known; write {known}"
        ) from error


def refuse_unknown_place(place: str) -> None:
    """Let a place pass whose holidays are known.

    Raises:
        ValueError: with a sentence that names what could stand there.
    """
    _calendar(place)
