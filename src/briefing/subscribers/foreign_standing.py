"""A row of another program's export → how its reader stands, and which cell says so."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from briefing.model.subscriber import Standing
from briefing.subscribers.column_plan import ColumnPlan
from briefing.subscribers.export_words import export_words, plain_word

YES = frozenset(
    "true yes y 1 on x t ja oui si sí sim tak vrai wahr verdadero verdadeiro vero waar prawda ✓ ✔".split()
)
NO = frozenset(
    "false no n 0 off f nein non não nao nie null none never n/a na faux falsch falso onwaar fałsz - [] {}".split()
)
#: From the standing that wins to the one that any other beats.
_GRAVEST = (
    Standing.COMPLAINED,
    Standing.BOUNCED,
    Standing.UNSUBSCRIBED,
    Standing.ERASED,
    Standing.PENDING,
    Standing.PAUSED,
    Standing.ACTIVE,
)
_NO_DATE = re.compile(r"0000-00-00|0001-01-01")
_LOOKS_DATED = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2} [A-Za-z]{3,9}\.? \d{4}|[A-Za-z]{3,9} \d{1,2}, \d{4}"
)


def standing_of(row: Sequence[str], plan: ColumnPlan) -> tuple[Standing, str]:
    """How the reader of a row stands, by the gravest that any cell says, and the words that say it.

    Args:
        row: as many cells as the plan has columns.
        plan: its columns; the words in its `status` columns are known, as `survey` has made sure.
    """
    said = [(Standing.ACTIVE, ""), *_said(row, plan)]
    standing, at = min(said, key=lambda one: _GRAVEST.index(one[0]))
    return standing, at


def _said(row: Sequence[str], plan: ColumnPlan) -> Iterable[tuple[Standing, str]]:
    for at in plan.status:
        found = word_standing(row[at], plan)
        if found is not None:
            yield found, _words(plan, at, row[at])
    gone = (
        *((at, Standing.UNSUBSCRIBED) for at in plan.wanted if _says_no(row[at], at, plan)),
        *((at, Standing.PENDING) for at in plan.confirmed if _says_no(row[at], at, plan)),
        *((at, standing) for at, standing in plan.left if says_left(row[at])),
    )
    for at, standing in gone:
        yield standing, _words(plan, at, row[at])


def _says_no(cell: str, at: int, plan: ColumnPlan) -> bool:
    return is_no(cell) or (at in plan.blank_is_no and not cell.strip())


def word_standing(word: str, plan: ColumnPlan) -> Standing | None:
    """How a reader stands whose state is this word; None when nobody knows the word."""
    plain = plain_word(word)
    found = plan.words.get(plain)
    return found if found is not None else export_words().standings.get(plain)


def is_no(cell: str) -> bool:
    """Whether a cell says no."""
    return cell.strip().casefold() in NO


def is_yes_or_date(cell: str) -> bool:
    """Whether a cell says yes, or when."""
    return cell.strip().casefold() in YES or is_dated(cell)


def says_left(cell: str) -> bool:
    """Whether a cell of a column such as `UNSUB_TIME` says that the reader left: by any text but a no."""
    written = cell.strip()
    return bool(written) and not is_no(written) and not _NO_DATE.match(written)


def is_dated(cell: str) -> bool:
    """Whether a cell is a day or a time."""
    return bool(_LOOKS_DATED.match(cell.strip())) or (
        cell.strip().isdecimal() and len(cell.strip()) in (10, 13)
    )


def time_of(cell: str) -> float | None:
    """Seconds since 1970 of a time as exports write it (ISO 8601, RFC 5322, seconds); UTC where no zone is named.

    None of a day such as 03/04/2021, which is two days, depending on the country.
    """
    written = cell.strip()
    if written.isdecimal():
        return float(written[:10]) if len(written) in (10, 13) else None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            when = read(written)
        except (ValueError, TypeError, IndexError):
            continue
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    return None


def _words(plan: ColumnPlan, at: int, cell: str) -> str:
    return f"{plan.titles[at]}: {' '.join(cell.split())[:80] or 'empty'}"
