"""A TLS report (RFC 8460 section 4): how sessions of those who send to us were encrypted."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from briefing.counted import counted
from briefing.errors import SendError
from briefing.model.network.domain_report import DomainReport, ReportKind, SourceLine
from briefing.sends.domain_reports.fields import MOST_LINES, a_count, a_domain, a_moment, words

_MOST_POLICIES = 50


def read_tls(content: bytes) -> tuple[DomainReport, ...]:
    """The reports in a file of JSON, one a domain and policy.

    Raises:
        SendError: when it is not one; says why in words that go on after "the report".
    """
    try:
        told = json.loads(content)
        policies = told["policies"]
        found = tuple(_report(told, policy) for policy in policies[:_MOST_POLICIES])
    except (ValueError, RecursionError) as error:
        raise SendError(f"it is not JSON: {str(error)[:200]}") from error
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise SendError(f"it lacks what RFC 8460 asks for: {error}") from error
    if not found or len(policies) > _MOST_POLICIES:
        raise SendError(f"it has {counted(len(policies), 'policy', 'policies')}")
    return found


def _report(told: Any, policy: Any) -> DomainReport:
    asked, days = policy["policy"], told["date-range"]
    kind = words(asked["policy-type"])
    lines: Counter[SourceLine] = Counter()
    for line in _lines(policy, asked):
        lines[replace(line, count=0)] += line.count
        if len(lines) > MOST_LINES:
            raise SendError(f"it has more than {MOST_LINES:,} lines")
    return DomainReport(
        kind=ReportKind.TLS,
        organisation=words(told.get("organization-name")) or "a sender without a name",
        report_id=words(f"{kind} {told['report-id']}"),
        domain=a_domain(asked["policy-domain"]),
        begins=a_moment(str(days["start-datetime"]), "start-datetime"),
        ends=a_moment(str(days["end-datetime"]), "end-datetime"),
        policy=kind,
        lines=tuple(replace(line, count=count) for line, count in lines.items() if count),
    )


def _lines(policy: Any, asked: Any) -> Iterator[SourceLine]:
    summary, hosts = policy["summary"], asked.get("mx-host") or []
    hosts = hosts if isinstance(hosts, list) else [hosts]
    everywhere = words(", ".join(map(str, hosts))) or "all mail servers"
    good = a_count(summary["total-successful-session-count"], "total-successful-session-count")
    yield SourceLine(source=everywhere, count=good, passed=True, result="encrypted")
    failed = a_count(summary["total-failure-session-count"], "total-failure-session-count")
    for detail in policy.get("failure-details") or ():
        count = a_count(detail["failed-session-count"], "failed-session-count")
        failed -= count
        yield SourceLine(
            source=words(detail.get("receiving-mx-hostname")) or everywhere,
            count=count,
            passed=False,
            result=words(detail["result-type"])[:40],
            detail=words(_more(detail)),
        )
    if failed > 0:
        yield SourceLine(source=everywhere, count=failed, passed=False, result="not told why")


def _more(detail: Any) -> str:
    names = {"sending-mta-ip": "from", "receiving-ip": "to", "failure-reason-code": "reason"}
    return "; ".join(f"{said} {detail[name]}" for name, said in names.items() if detail.get(name))
