"""Domain reports ↔ rows: kept once each for 400 days, and summed up by source."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import RowMapping, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from briefing.counted import counted
from briefing.errors import StoreError
from briefing.model.network.domain_report import DomainReport, ReportKind, SourceTotals
from briefing.store.engine.database import Database
from briefing.store.schema.network import domain_report_lines as lines
from briefing.store.schema.network import domain_reports as reports

#: Seconds that a report is kept after its last day, and lines kept of all reports together: anybody may
#: write reports, and they must not fill the disk.
KEPT, MOST_LINES = 400 * 86_400.0, 500_000


@dataclass
class _Sum:
    count: int = 0
    passed: int = 0
    dkim: int = 0
    spf: int = 0
    results: Counter[str] = field(default_factory=Counter)
    #: Of the newest line that did not pass, else of the newest.
    detail: tuple[bool, float, str] = (False, 0.0, "")
    organisations: set[str] = field(default_factory=set)
    last: float = 0.0


class DomainReports:
    """What receivers said of our domains."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, report: DomainReport, now: float) -> bool:
        """Keep one, and let go of those that are too old; False when it is kept already.

        Raises:
            StoreError: when there are too many; it is kept once older ones are gone.
        """
        row = {
            "kind": report.kind.value,
            "organisation": report.organisation,
            "report_id": report.report_id,
            "domain": report.domain,
            "begins": report.begins,
            "ends": report.ends,
            "policy": report.policy,
        }
        with self._database.write() as connection:
            old = select(reports.c.id).where(reports.c.ends < now - KEPT)
            connection.execute(delete(lines).where(lines.c.report.in_(old)))
            connection.execute(delete(reports).where(reports.c.ends < now - KEPT))
            count = connection.execute(select(func.count()).select_from(lines)).scalar_one()
            if count + len(report.lines) > MOST_LINES:
                raise StoreError(
                    f"{counted(count, 'line')} of reports on our domains came, and no more than "
                    f"{MOST_LINES:,} are: somebody may be flooding the address they come to."
                )
            try:
                with connection.begin_nested():
                    made = connection.execute(insert(reports).values(**row))
            except IntegrityError:
                return False
            number = made.inserted_primary_key
            if report.lines and number is not None:
                connection.execute(insert(lines), _rows(report, number[0]))
        return True

    def totals(self, kind: ReportKind, since: float) -> tuple[SourceTotals, ...]:
        """What was seen of each source since a moment, what failed most first."""
        query = (
            select(lines, reports.c.domain, reports.c.organisation, reports.c.ends)
            .join(reports, reports.c.id == lines.c.report)
            .where(reports.c.kind == kind.value, reports.c.ends >= since)
        )
        sums: defaultdict[tuple[str, str], _Sum] = defaultdict(_Sum)
        with self._database.read() as connection:
            for row in connection.execute(query).mappings():
                _add(sums[row["domain"], row["source"]], row)
        found = (_totals(domain, source, one) for (domain, source), one in sums.items())
        return tuple(
            sorted(found, key=lambda one: (one.passed - one.count, -one.count, one.source))
        )

    def count(self, since: float) -> int:
        """How many reports came of days since a moment."""
        query = select(func.count()).select_from(reports).where(reports.c.ends >= since)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())


def _rows(report: DomainReport, number: int) -> list[dict[str, object]]:
    return [
        {
            "report": number,
            "source": line.source,
            "count": line.count,
            "passed": line.passed,
            "dkim": line.dkim,
            "spf": line.spf,
            "result": line.result,
            "detail": line.detail,
        }
        for line in report.lines
    ]


def _add(total: _Sum, row: RowMapping) -> None:
    count = row["count"]
    total.count += count
    total.passed += count * row["passed"]
    total.dkim += count * row["dkim"]
    total.spf += count * row["spf"]
    total.results[row["result"]] += count
    total.detail = max(total.detail, (not row["passed"], row["ends"], row["detail"]))
    total.organisations.add(row["organisation"])
    total.last = max(total.last, row["ends"])


def _totals(domain: str, source: str, total: _Sum) -> SourceTotals:
    return SourceTotals(
        domain=domain,
        source=source,
        count=total.count,
        passed=total.passed,
        dkim=total.dkim,
        spf=total.spf,
        results=_most_first(total.results.items()),
        detail=total.detail[2],
        organisations=tuple(sorted(total.organisations)),
        last=total.last,
    )


def _most_first(counted: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    named = (one for one in counted if one[0])
    return tuple(sorted(named, key=lambda one: (-one[1], one[0])))
