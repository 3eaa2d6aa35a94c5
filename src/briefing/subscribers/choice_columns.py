"""Columns of choices: topics, days, weekly and the end of a pause, as our own export writes them.

Other programs' columns of these names mean something else. They are read where the file is an export of ours, or
where a user says so with `--column`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from briefing.errors import SubscriberError
from briefing.model.subscriber import DAY_NAMES, EVERY_DAY, Choice
from briefing.subscribers.column_plan import ColumnPlan
from briefing.subscribers.exporting import unguarded
from briefing.subscribers.foreign_standing import NO, YES, time_of


def choice_in(row: Sequence[str], plan: ColumnPlan) -> tuple[Choice, float | None]:
    """What the reader of a row chose, and when their pause ends (seconds since 1970).

    Raises:
        SubscriberError: when a cell says something else, in words that go on after file and line.
    """
    topics, days, weekly, until = (
        unguarded(row[at].strip()) if at >= 0 else "" for at in plan.choices
    )
    choice = Choice(
        topics=tuple(sorted(set(_parts(topics)))), days=_days(days), weekly=_yes(weekly)
    )
    if choice.weekly and len(choice.days) != 1:
        raise SubscriberError("a weekly letter comes on one day, and days names none or several.")
    return choice, _moment(until) if until else None


def checked_choices(
    path: Path, plan: ColumnPlan, rows: Iterable[list[str]], topics: Collection[str] | None
) -> Iterator[list[str]]:
    """Pass rows on as long as each choice in them is known; nothing is written before that.

    Args:
        path: the file, for sentences.
        plan: its columns.
        rows: its rows, each as wide as the plan.
        topics: keys of the list's topics; None where nobody knows them.

    Raises:
        SubscriberError: at the first choice that cannot be read, or topic that the list does not have.
    """
    for row in rows:
        who = row[plan.email].strip()
        try:
            choice, _ = choice_in(row, plan)
        except SubscriberError as error:
            raise SubscriberError(
                f"{path}: of {who!r}, {error} Nothing was imported; put it right, or pass over the column "
                f"with --ignore."
            ) from error
        for topic in choice.topics:
            if topics is not None and topic not in topics:
                raise SubscriberError(
                    f"{path}: {who!r} chose the topic {topic!r}, which the list does not have; there are: "
                    f"{', '.join(topics) or 'none'}. Nothing was imported. Give it back under "
                    "[lists.NAME.topics] in config.toml, or pass over the column with --ignore."
                )
        yield row


def _parts(cell: str) -> Iterator[str]:
    return (part.strip() for part in cell.split(";") if part.strip())


def _days(cell: str) -> tuple[int, ...]:
    names = [name.lower() for name in _parts(cell)]
    for name in names:
        if name not in DAY_NAMES:
            raise SubscriberError(
                f"{name[:40]!r} is not a day; write some of {';'.join(DAY_NAMES)}."
            )
    return tuple(sorted({DAY_NAMES.index(name) + 1 for name in names})) or EVERY_DAY


def _yes(cell: str) -> bool:
    said = cell.casefold()
    if said and said not in YES and said not in NO:
        raise SubscriberError(
            f"{cell[:40]!r} does not say whether letters come weekly; write yes or no."
        )
    return said in YES


def _moment(cell: str) -> float:
    found = time_of(cell)
    if found is None:
        raise SubscriberError(
            f"{cell[:40]!r} is not a time until which letters pause; write for instance 2026-12-24T06:00Z."
        )
    return found
