"""Who stands first: a story of the newsroom's, unless an editor put another piece there."""

from collections.abc import Sequence
from dataclasses import replace

from briefing.model.article import Verdict
from briefing.model.change import Change, MakeLead, Move, Restore
from briefing.model.edition import Edition, Item


def with_report_first(edition: Edition, changes: Sequence[Change]) -> Edition:
    """The edition with a report as its lead; an issued piece leads only where an editor chose it.

    Where no report is left, issued pieces that nobody put first or restored are left out.
    """
    first = edition.items[:1]
    if not first or not _is_issued(first[0]) or _was_put_first(first[0], changes):
        return edition
    report = next((item for item in edition.items if not _is_issued(item)), None)
    if report is not None:
        rest = (item for item in edition.items if item.id != report.id)
        return replace(edition, items=(report, *rest))
    restored = {change.item for change in changes if isinstance(change, Restore)}
    kept = tuple(item for item in edition.items if item.id in restored)
    left = tuple(item for item in edition.items if item.id not in restored)
    return replace(edition, items=kept, dropped=(*edition.dropped, *left))


def _is_issued(item: Item) -> bool:
    return item.article.verdict is Verdict.ISSUED


def _was_put_first(item: Item, changes: Sequence[Change]) -> bool:
    """The last change that named a lead named this one."""
    named = [
        change.item
        for change in changes
        if isinstance(change, MakeLead) or (isinstance(change, Move) and change.to <= 0)
    ]
    return bool(named) and named[-1] == item.id
