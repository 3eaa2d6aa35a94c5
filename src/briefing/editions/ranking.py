"""Ranking: in which order stories stand before an editor has looked, each with its reasons in words.

What counts is how many sources carry a story, how fresh it is, what the page calls it, and what this
desk has done with earlier pieces of the same section or source. Names of people and parties never
count: an order that learns them has taken a side.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from briefing.counted import counted
from briefing.model.article import (
    CHANGED_SINCE_DROPPED,
    DROPPED_FROM,
    LED_BEFORE,
    UPDATED_SINCE,
    Article,
)
from briefing.model.digest import AGENDA
from briefing.model.edition import FollowUp, Item, Treated, Treatment

#: Each further source that carries the story, and for how many of them.
SOURCE, MOST_SOURCES = 3.0, 3
#: A story of today; half of it for each day of age.
FRESH = 4.0
#: Share of FRESH for a story that names no date: the day its page was saved is the latest it can be of.
UNDATED = 0.75
#: What the page calls the story; a label of an older day does not count.
LABELS = {"breaking": 3.0, "live": 2.0, "exclusive": 1.5, "revealed": 1.0}
#: An earlier edition printed it and it has changed; it led that edition.
UPDATED, LED = 1.0, 1.0
#: It carries on a story that readers have had: with something new, and with nothing that says so by itself.
GOES_ON, NOTHING_NEW = 1.0, -2.0
#: An agenda tells what is to come; it is worth a place, and hardly the first.
TO_COME = -2.0
#: The most that a desk's own habit moves a story, and from how many decisions on it is a habit.
HABIT, ENOUGH = 2.0, 12

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What speaks for a story's place, or against it: points, and words for an editor."""

    points: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a desk did with the pieces of its earlier editions: how many there were, and how many it dropped."""

    all: tuple[int, int] = (0, 0)
    sections: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    sources: Mapping[str, tuple[int, int]] = field(default_factory=dict)


NO_HABITS = Habits()


def habits_of(past: Sequence[Treated]) -> Habits:
    """Count what was printed and dropped, in all and by section and source."""
    return Habits(
        all=_count(past),
        sections=_by({one.section for one in past}, lambda one: one.section, past),
        sources=_by({one.source for one in past}, lambda one: one.source, past),
    )


def ranked(
    items: Sequence[Item],
    slot: datetime,
    habits: Habits = NO_HABITS,
    since: Mapping[str, datetime] | None = None,
    *,
    after: int = 0,
) -> list[Item]:
    """The stories by their points, the most first; equals keep page order. Each says its place and why.

    Args:
        items: stories in page order.
        slot: the local time the edition is for; aware.
        habits: what the desk did with the pieces of its earlier editions.
        since: by the id of a story, when the first page that tells it was saved.
        after: how many stories stand before these.
    """
    known = since or {}
    found = [reasons(item, slot, habits, known.get(item.id)) for item in items]
    points = [sum(reason.points for reason in each) for each in found]
    order = sorted(range(len(items)), key=lambda at: -points[at])
    done = []
    for place, at in enumerate(order):
        said = [reason.text for reason in found[at]]
        if place and points[at] == points[order[place - 1]]:
            said.append("level with the one before it, so their pages decide the order")
        why = f"{_ordinal(after + place + 1)}: {'; '.join(said)}"
        done.append(replace(items[at], why=why))
    return done


def reasons(
    item: Item, slot: datetime, habits: Habits = NO_HABITS, since: datetime | None = None
) -> tuple[Argument, ...]:
    """Everything that speaks for or against a story's place, the weightiest first."""
    article = item.article
    found = (
        _sources(item, slot, since),
        _freshness(article, slot),
        _label(article, slot),
        _to_come(item),
        _before(item, slot) or _goes_on(item.follow_up, slot),
        _habit("section", article.section or "", habits, habits.sections),
        _habit("source", article.source, habits, habits.sources),
    )
    return tuple(sorted((one for one in found if one), key=lambda one: -abs(one.points)))


def _sources(item: Item, slot: datetime, since: datetime | None) -> Argument | None:
    """Points for others that carry the story; papers of one house are one source, those nothing names one each."""
    houses = {told.house or told.id for told in item.also_in}
    others = len(houses or item.article.seen_in)
    if not others:
        return None
    points = SOURCE * min(others, MOST_SOURCES)
    return Argument(points=points, text=f"in {others + 1} sources{_first(since, slot)}")


def _first(since: datetime | None, slot: datetime) -> str:
    """Since when they have it: of the day the hour, of the day before both, else the day."""
    if since is None:
        return ""
    moment = since.astimezone(slot.tzinfo)
    age = (slot.date() - moment.date()).days
    if age <= 0:
        return f" since {moment:%H:%M}"
    if age < len(_NEAR):
        return f" since {_NEAR[age]} at {moment:%H:%M}"
    return f" since {moment.day} {moment:%B}"


def _age(article: Article, slot: datetime) -> int | None:
    """Days since the story's own date, or else since its page was saved; None when neither is known."""
    dated = article.updated or article.published
    day = dated or (article.saved and article.saved.astimezone(slot.tzinfo).date())
    return None if day is None else max(0, (slot.date() - day).days)


def _freshness(article: Article, slot: datetime) -> Argument:
    age = _age(article, slot)
    if age is None:
        return Argument(points=0.0, text="of no known date")
    dated = article.updated or article.published
    points = FRESH * 0.5**age * (1 if dated else UNDATED)
    if dated is None:
        return Argument(
            points=points, text=f"undated, saved {_day(age)}{_clock(article, slot, age)}"
        )
    return Argument(
        points=points, text=f"{'updated' if article.updated else 'published'} {_day(age)}"
    )


def _clock(article: Article, slot: datetime, age: int) -> str:
    """When that was, of what was saved today or the day before."""
    near = article.saved is not None and age < len(_NEAR)
    return f" at {article.saved.astimezone(slot.tzinfo):%H:%M}" if near and article.saved else ""


def _day(age: int) -> str:
    if age < len(_NEAR):
        return _NEAR[age]
    return f"{counted(age, 'day')} ago"


_NEAR = ("today", "yesterday")


def _label(article: Article, slot: datetime) -> Argument | None:
    """Points for what the page calls it, while it is of the day: an "exclusive" of 2014 is old."""
    points, label = max(
        ((LABELS.get(label.casefold(), 0.0), label) for label in article.labels),
        default=(0.0, ""),
    )
    if not points:
        return None
    age = _age(article, slot)
    if age is not None and age > 1:
        return Argument(points=0.0, text=f"its label “{label}” is not of these days")
    return Argument(points=points, text=f"labelled “{label}”")


def _to_come(item: Item) -> Argument | None:
    if AGENDA not in item.digest.flags:
        return None
    return Argument(points=TO_COME, text="an agenda of what is to come")


def _before(item: Item, slot: datetime) -> Argument | None:
    """Points for a story that was printed and has changed; for one that led, more."""
    flags = item.article.flags
    led = next((flag for flag in flags if flag.startswith(LED_BEFORE)), "")
    if led:
        day = _day_of(led.removeprefix(LED_BEFORE), slot)
        return Argument(
            points=UPDATED + LED, text=f"you led with the story {day}, and it has changed"
        )
    updated = next((flag for flag in flags if flag.startswith(UPDATED_SINCE)), "")
    if updated:
        day = _day_of(updated.removeprefix(UPDATED_SINCE), slot)
        return Argument(points=UPDATED, text=f"you printed it {day}, and it has changed")
    dropped = next((flag for flag in flags if flag.startswith(CHANGED_SINCE_DROPPED)), "")
    if dropped:
        day = _day_of(dropped.removeprefix(CHANGED_SINCE_DROPPED), slot)
        return Argument(points=0.0, text=f"you dropped it {day}, and it has changed")
    return None


def _goes_on(before: FollowUp | None, slot: datetime) -> Argument | None:
    """Points for what is new in a story that readers have had; less for one in which nothing is."""
    if before is None:
        return None
    day = _on(before.day, slot)
    often = f", for the {_ordinal(before.times)} time" * (before.times > 1)
    told = "you led with the story" if before.led else "you told of it"
    if before.news is None:
        return Argument(
            points=NOTHING_NEW, text=f"{told} {day}{often}, and nothing says what is new"
        )
    return Argument(
        points=GOES_ON + LED * before.led,
        text=f"{told} {day}{often}; it goes on with something new",
    )


def _day_of(edition: str, slot: datetime) -> str:
    """When an edition was, by its name (see `edition_id`); or that name."""
    found = re.search(r"-(\d{4}-\d{2}-\d{2})(?:-\d{4})?$", edition)
    return _on(date.fromisoformat(found[1]), slot) if found else f"in {edition}"


def _on(day: date, slot: datetime) -> str:
    """A day before the slot's, as people say it: by its name alone within the week."""
    age = (slot.date() - day).days
    if 0 <= age < len(_NEAR):
        return _NEAR[age]
    return f"on {day:%A}" if 0 < age < _WEEK else f"on {day:%A} {day.day} {day:%B}"


_WEEK = 7


def _ordinal(number: int) -> str:
    """A place in words, further down in figures."""
    if number <= len(_PLACES):
        return _PLACES[number - 1]
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"


_PLACES = "first second third fourth fifth sixth seventh eighth ninth tenth".split()


def _habit(
    what: str, value: str, habits: Habits, counts: Mapping[str, tuple[int, int]]
) -> Argument | None:
    """How much more, or less, than of all pieces this desk prints of those like this one."""
    number, dropped = counts.get(value, (0, 0)) if value else (0, 0)
    if number < ENOUGH:
        return None
    points = round(HABIT * (habits.all[1] / habits.all[0] - dropped / number), 2)
    if abs(points) < HABIT / 10:
        return None
    text = f"this desk printed {number - dropped} of {number} pieces of the {what} “{value}”"
    return Argument(points=points, text=text)


def _by(
    values: Iterable[str], of: Callable[[Treated], str], past: Sequence[Treated]
) -> dict[str, tuple[int, int]]:
    return {
        value: _count([one for one in past if of(one) == value])
        for value in sorted(values)
        if value
    }


def _count(some: Sequence[Treated]) -> tuple[int, int]:
    return len(some), sum(one.treatment is Treatment.DROPPED for one in some)


def dropped_before(article: Article) -> bool:
    """True when an editor dropped the story from an edition that was sent, and it has not changed."""
    return any(flag.startswith(DROPPED_FROM) for flag in article.flags)
