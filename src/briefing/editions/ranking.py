"""Ranking: in which order stories stand before an editor has looked, each with its reasons in words.

What counts is how many sources carry a story, how fresh it is, what the page calls it, and what this
desk has done with earlier pieces of the same section or source. Names of people and parties never
count: an order that learns them has taken a side.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from briefing.model.article import DROPPED_FROM, LED_BEFORE, UPDATED_SINCE, Article
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


def ranked(items: Sequence[Item], slot: datetime, habits: Habits = NO_HABITS) -> list[Item]:
    """The stories by their points, the most first; equals keep page order. Each says why.

    Args:
        items: stories in page order.
        slot: the local time the edition is for; aware.
        habits: what the desk did with the pieces of its earlier editions.
    """
    weighed = []
    for item in items:
        found = reasons(item, slot, habits)
        points = sum(reason.points for reason in found)
        why = "; ".join(reason.text for reason in found)
        weighed.append((points, replace(item, why=why)))
    return [item for _, item in sorted(weighed, key=lambda pair: -pair[0])]


def reasons(item: Item, slot: datetime, habits: Habits = NO_HABITS) -> tuple[Argument, ...]:
    """Everything that speaks for or against a story's place, the weightiest first."""
    article = item.article
    found = (
        _sources(item),
        _freshness(article, slot),
        _label(article, slot),
        _to_come(item),
        _before(article) or _goes_on(item.follow_up),
        _habit("section", article.section or "", habits, habits.sections),
        _habit("source", article.source, habits, habits.sources),
    )
    return tuple(sorted((one for one in found if one), key=lambda one: -abs(one.points)))


def _sources(item: Item) -> Argument | None:
    """Points for others that carry the story; papers of one house are one source, those nothing names one each."""
    houses = {told.house or told.id for told in item.also_in}
    others = len(houses or item.article.seen_in)
    if not others:
        return None
    points = SOURCE * min(others, MOST_SOURCES)
    return Argument(points=points, text=f"in {others + 1} sources")


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
    return f"{age:,} days ago"


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


def _before(article: Article) -> Argument | None:
    """Points for a story that was printed and has changed; for one that led, more."""
    flags = article.flags
    led = next((flag for flag in flags if flag.startswith(LED_BEFORE)), "")
    if led:
        name = led.removeprefix(LED_BEFORE)
        return Argument(points=UPDATED + LED, text=f"it led {name}, and has changed")
    updated = next((flag for flag in flags if flag.startswith(UPDATED_SINCE)), "")
    if updated:
        name = updated.removeprefix(UPDATED_SINCE)
        return Argument(points=UPDATED, text=f"changed since {name} printed it")
    return None


def _goes_on(before: FollowUp | None) -> Argument | None:
    """Points for what is new in a story that readers have had; less for one in which nothing is."""
    if before is None:
        return None
    day = f"{before.day:%A} {before.day.day} {before.day:%B}"
    often = f", for the {_NTH.get(before.times, f'{before.times}th')} time" * (before.times > 1)
    if before.news is None:
        return Argument(
            points=NOTHING_NEW, text=f"told on {day}{often}, and nothing says what is new"
        )
    return Argument(points=GOES_ON, text=f"goes on since {day}{often}, with something new")


_NTH = {2: "second", 3: "third"}


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
