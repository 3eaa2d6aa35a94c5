"""What readers choose, as it is kept; and an editor's word for a reader who writes instead."""

from collections.abc import Collection
from datetime import timedelta

from briefing.actions.context import Desk
from briefing.errors import SubscriberError
from briefing.model.subscriber import DAY_NAMES, EVERY_DAY, Choice
from briefing.subscribers.addresses import checked_address

#: So far ahead a schedule is asked for the days on which a list has letters.
_AHEAD = timedelta(days=62)


def choose_for(
    desk: Desk, address: str, list_name: str, *, topics: Collection[str], days: str, weekly: bool
) -> Choice:
    """Keep what a reader of a list wants.

    Args:
        desk: the desk.
        address: theirs.
        list_name: whose reader.
        topics: keys of topics of the list; none for all.
        days: such as `mon,fri`; empty for every day.
        weekly: one letter a week.

    Returns:
        The choice as it is kept; see `tidy_choice`.

    Raises:
        SubscriberError: when they are not on the list, or a topic or day is not one.
    """
    _, key = checked_address(address)
    readers = desk.store.subscribers.find(key, list_name)
    if not readers:
        raise SubscriberError(f"{address} is not on the list {list_name!r}; name one who is.")
    known = desk.config.lists[list_name].topics
    for topic in topics:
        if topic not in known:
            raise SubscriberError(
                f"The list {list_name!r} has no topic {topic!r}; there are: {', '.join(known) or 'none'}."
            )
    choice = tidy_choice(desk, list_name, topics=topics, days=_days(days), weekly=weekly)
    desk.store.choices.choose([readers[0].id], choice)
    return choice


def _days(written: str) -> tuple[int, ...]:
    names = [name.strip().lower() for name in written.split(",") if name.strip()]
    for name in names:
        if name not in DAY_NAMES:
            raise SubscriberError(f"{name!r} is not a day; write some of {', '.join(DAY_NAMES)}.")
    return tuple(DAY_NAMES.index(name) + 1 for name in names)


def tidy_choice(
    desk: Desk, list_name: str, *, topics: Collection[str], days: Collection[int], weekly: bool
) -> Choice:
    """A choice as it is kept: what means everything is written as everything."""
    known = desk.config.lists[list_name].topics if list_name in desk.config.lists else {}
    asked = tuple(sorted(set(topics) & set(known)))
    offered = letter_days(desk, list_name)
    ticked = tuple(sorted(set(days) & set(EVERY_DAY))) or offered
    if weekly:
        return Choice(topics=_unless(asked, known), days=ticked[-1:], weekly=True)
    return Choice(
        topics=_unless(asked, known), days=EVERY_DAY if set(ticked) >= set(offered) else ticked
    )


def _unless(asked: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    return () if len(asked) == len(known) else asked


def letter_days(desk: Desk, list_name: str) -> tuple[int, ...]:
    """ISO weekdays on which a list has letters by its schedules; every day where one is sent by hand."""
    found: set[int] = set()
    now = desk.clock()
    for briefing in desk.config.briefings.values():
        if briefing.list != list_name:
            continue
        schedule = briefing.schedule
        if schedule is None:
            return EVERY_DAY
        found |= {due.wall.isoweekday() for due in schedule.between(now, now + _AHEAD)}
    return tuple(sorted(found)) or EVERY_DAY
