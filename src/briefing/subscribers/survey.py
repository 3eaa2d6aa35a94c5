"""Before a first row is taken: might a column or a word that nobody knows say who has left?"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefing.counted import counted
from briefing.errors import SubscriberError
from briefing.subscribers.column_plan import ColumnPlan, is_telling
from briefing.subscribers.export_words import (
    dates_a_state,
    gets_none,
    speaks_of_confirming,
    speaks_of_joining,
)
from briefing.subscribers.exporting import CHOICES
from briefing.subscribers.foreign_standing import (
    NO,
    YES,
    is_dated,
    is_no,
    is_yes_or_date,
    word_standing,
)

#: A column with more different values than this says something else than how a reader stands.
_MOST_STATES = 8
#: And so does one with a value longer than this, in characters, or of more words than that.
_LONGEST_STATE, _MOST_WORDS = 40, 4
#: So many rows, each with a value of its own, hold codes or texts: a state is shared.
_EACH_ITS_OWN = 5
_SHOWN = 5
#: What says no and not that there is nothing.
_CLEAR_NO = frozenset(("0", "no", "n", "false", "nein", "non"))


@dataclass(slots=True)
class _Column:
    """What was seen in one column; no more different values than say what it is."""

    values: dict[str, int] = field(default_factory=dict)
    blank: int = 0
    filled: int = 0

    def see(self, cell: str) -> None:
        written = " ".join(cell.split())
        if not written:
            self.blank += 1
            return
        self.filled += 1
        if written in self.values or len(self.values) < 10 * _MOST_STATES:
            self.values[written] = self.values.get(written, 0) + 1


def surveyed(path: Path, plan: ColumnPlan, rows: Iterable[list[str]]) -> ColumnPlan:
    """Go through all rows of a file once; nothing is written before that.

    Args:
        path: the file, for sentences.
        plan: its columns.
        rows: its rows, each as wide as the plan.

    Returns:
        The plan, with what the rows say of it.

    Raises:
        SubscriberError: when a word or a column is not known that might say who has left.
    """
    looked_at = {*plan.status, *plan.wanted, *plan.asked, *plan.unknown}
    seen = {at: _Column() for at in looked_at}
    for row in rows:
        for at, column in seen.items():
            column.see(row[at])
    for at in plan.status:
        _known_words(path, plan, at, seen[at])
    for at in plan.wanted:
        _yes_or_no(path, plan, at, seen[at])
    for at in plan.unknown:
        if _is_settled(plan, plan.titles[at], seen[at]):
            continue
        if might_decide(plan.titles[at], seen[at].values, seen[at].filled, seen[at].blank):
            title = plan.titles[at]
            raise SubscriberError(
                f"{path}:1: the column {title!r} ({_some(seen[at].values)}) is not known, and it "
                f"might say who has left. --ignore {_quoted(title)} passes over it; {_as_choice(title)}"
                f"--column status={_quoted(title)} reads its words as states. Nothing was changed."
            )
    said_no = [at for at in plan.wanted if any(not is_dated(one) for one in seen[at].values)]
    undone = [at for at in plan.asked if _is_left_undone(plan, plan.titles[at], seen[at])]
    confirmed = tuple(at for at in plan.asked if at in undone or _is_yes_or_no(seen[at].values))
    return replace(
        plan, blank_is_no=frozenset((*said_no, *undone)), confirmed=confirmed, unknown=()
    )


def refuse_silent_name(path: Path, plan: ColumnPlan) -> None:
    """Refuse a file whose name speaks of people who left, and whose columns do not.

    Raises:
        SubscriberError: when it is such a file.
    """
    if is_telling(path.stem) and not (plan.status or plan.wanted or plan.left):
        raise SubscriberError(
            f"{path}: its name speaks of people who left, and no column says how anybody stands. --standing "
            "unsubscribed (or bounced, complained) takes everybody on it as gone; --standing active gives "
            "them letters. Nothing was changed."
        )


def might_decide(title: str, values: Iterable[str], filled: int, blank: int) -> bool:
    """Whether a column that nobody knows could say who gets letters.

    It could when its header speaks of leaving; when its few values are words that come more than once, or yes
    and no, or one of them is known for people who get no letters; or when only some rows have a day in it, as in a
    column of the days on which people left.
    """
    found = list(values)
    if not found:
        return False
    if is_telling(title):
        return True
    if all(is_dated(one) for one in found):
        return blank > 0 and not speaks_of_joining(title)
    if filled >= _EACH_ITS_OWN and len(found) == filled and not any(map(gets_none, found)):
        return False
    few = len(found) <= _MOST_STATES
    return few and all(_is_state(one) for one in found)


def _is_settled(plan: ColumnPlan, title: str, column: _Column) -> bool:
    """Whether a column says the same of everybody, or counts, and another says how each of them stands."""
    if plan.status and (_counts(column.values) or _dates_states(title, column.values)):
        return True
    tells = plan.status or plan.wanted or plan.left
    return bool(tells) and len(column.values) == 1 and not column.blank and not is_telling(title)


def _dates_states(title: str, values: Iterable[str]) -> bool:
    return dates_a_state(title) and all(is_dated(one) for one in values)


def _counts(values: Iterable[str]) -> bool:
    """Whether a column holds how often something happened, such as `BounceCount`."""
    found = list(values)
    return all(one.isdecimal() and not is_dated(one) for one in found) and bool(
        {*found} - {"0", "1"}
    )


def _is_left_undone(plan: ColumnPlan, title: str, column: _Column) -> bool:
    """Whether who has no day in a column never confirmed, as nothing else says how anybody stands."""
    says_more = plan.status or plan.wanted
    return speaks_of_confirming(title) and column.filled > 0 and column.blank > 0 and not says_more


def _is_yes_or_no(values: Iterable[str]) -> bool:
    """Whether a column says yes or no, as `confirmed` does, and never when."""
    said = {one.casefold() for one in values}
    return not said.isdisjoint(YES | _CLEAR_NO) and said <= YES | NO


def _is_state(value: str) -> bool:
    if value.casefold() in YES | NO:
        return True
    short = len(value) <= _LONGEST_STATE and len(value.split()) <= _MOST_WORDS
    return short and not any(letter.isdigit() or letter in "@/{[:" for letter in value)


def _known_words(path: Path, plan: ColumnPlan, at: int, column: _Column) -> None:
    strange = [word for word in column.values if word_standing(word, plan) is None]
    if column.blank and word_standing("", plan) is None:
        strange.append("")
    if strange:
        word = strange[0]
        how_many = column.values.get(word, 0) if word else column.blank
        raise SubscriberError(
            f"{path}: {counted(how_many, 'row has', 'rows have')} {word!r} as {plan.titles[at]}, a word that "
            f"is not known. --status {_quoted(word + '=active')} says that these readers get letters, "
            f"{_quoted(word + '=unsubscribed')} that they do not. Nothing was changed."
        )


def _yes_or_no(path: Path, plan: ColumnPlan, at: int, column: _Column) -> None:
    strange = [word for word in column.values if not is_no(word) and not is_yes_or_date(word)]
    if strange:
        raise SubscriberError(
            f"{path}: the column {plan.titles[at]!r} says {strange[0]!r}, which is neither yes, no nor a day. "
            f"--column status={_quoted(plan.titles[at])} reads its words as states; "
            f"--ignore {_quoted(plan.titles[at])} passes over it. Nothing was changed."
        )


def _some(values: Iterable[str]) -> str:
    found = list(values)
    shown = ", ".join(repr(one[:30]) for one in found[:_SHOWN])
    return f"{shown}, ..." if len(found) > _SHOWN else shown


def _as_choice(title: str) -> str:
    """What else to do with a column named as one of those in which readers chose."""
    name = title.strip().lower()
    if name not in CHOICES:
        return ""
    return f"--column {name}={_quoted(title)} reads what readers chose; "


def _quoted(written: str) -> str:
    return f"'{written}'" if not written or not written.replace("=", "").isalnum() else written
