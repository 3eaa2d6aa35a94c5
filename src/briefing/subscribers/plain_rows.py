"""Rows of which nearly all are plain → columns of good rows, at a fraction of what a look at each row costs."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import compress

from briefing.model.subscriber import Standing
from briefing.subscribers.addresses import plain_addresses
from briefing.subscribers.cells import names_in, tags_of
from briefing.subscribers.column_plan import ColumnPlan
from briefing.subscribers.list_rows import GoodRows, Part, Row

#: What a careful look says of a row, by its line and its cells; None of a blank one.
Careful = Callable[[int, list[str]], Row | None]


def is_simple(plan: ColumnPlan) -> bool:
    """Whether most rows of a file say no more than address, name and tags: one like that, or our own export."""
    told = plan.wanted or plan.left or plan.asked or plan.unknown or plan.language >= 0
    own = len(plan.status) == 1 and not told and len(plan.names) <= 1
    return plan.is_plain or own


def parts_of(
    first: int, rows: list[list[str]], plan: ColumnPlan, careful: Careful
) -> Iterator[Part]:
    """What a careful look says of each row, in the order of the file, most of them together.

    Args:
        first: the line of the first row; each of the others is on the next line.
        rows: their cells.
        plan: which of them says what, in a file that `is_simple`.
        careful: asked of rows that are not like nearly all.
    """
    good = _good_rows(first, rows, plan)
    taken = 0
    for line, row in _others(first, rows, good):
        found = careful(line, row)
        if found is not None:
            upto = bisect_left(good.lines, line)
            if upto > taken:
                yield good.part(taken, upto)
            yield found
            taken = upto
    if len(good) > taken:
        yield good.part(taken, len(good)) if taken else good


def _others(first: int, rows: list[list[str]], good: GoodRows) -> Iterator[tuple[int, list[str]]]:
    if len(good) < len(rows):
        plain = {*good.lines}
        yield from ((line, row) for line, row in enumerate(rows, first) if line not in plain)


def _good_rows(first: int, rows: list[list[str]], plan: ColumnPlan) -> GoodRows:
    """The rows that are plain."""
    lines = [*range(first, first + len(rows))]
    widths = [*map(len, rows)]
    if widths.count(plan.width) != len(widths):
        fit = [width == plan.width for width in widths]
        lines, rows = [*compress(lines, fit)], [*compress(rows, fit)]
    emails, keys = plain_addresses([row[plan.email] for row in rows])
    names = names_in([row[plan.names[0]] for row in rows]) if plan.names else [""] * len(rows)
    tags: list[tuple[str, ...]] = [()] * len(rows)
    if plan.tags >= 0:
        tags = tags_of([row[plan.tags] for row in rows], plan.own)
    good = GoodRows(lines, emails, keys, names, tags)
    kept = [bool(key) for key in keys]
    chosen = [place for place in plan.choices if place >= 0]
    if plan.status or chosen:
        kept = [
            is_plain and not any(row[place] for place in chosen) and _is_active(row, plan)
            for is_plain, row in zip(kept, rows, strict=True)
        ]
    return good if all(kept) else good.where(kept)


def _is_active(row: list[str], plan: ColumnPlan) -> bool:
    return not plan.status or row[plan.status[0]] == Standing.ACTIVE
