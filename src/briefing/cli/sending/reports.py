"""`briefing reports`: who sends in our name, as receivers report it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from briefing.cli.console import ConfigOption, JsonOption, at_desk, out, print_json, say
from briefing.counted import counted

if TYPE_CHECKING:
    from briefing.actions.sending.domain_reports import DomainReportsSeen
    from briefing.model.network.domain_report import SourceTotals

_MOST_SHOWN = 40


def reports(
    days: Annotated[int, typer.Option("--days", help="How far to look back.")] = 30,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Show what receivers report of our domains: who sends in our name, what passed and what failed."""
    from briefing.actions.sending.domain_reports import domain_reports

    with at_desk(config) as desk:
        seen = domain_reports(desk, days)
    if as_json:
        print_json(json.dumps(asdict(seen), ensure_ascii=False, indent=2))
        return
    say(f"{counted(seen.count, 'report')} of the last {counted(seen.days, 'day')}.")
    if seen.senders:
        _letters(seen)
    if seen.sessions:
        _sessions(seen)
    if not seen.count:
        say(
            "They come by mail: name the bounce address in the DMARC record, then `briefing bounces` reads them."
        )


def _letters(seen: DomainReportsSeen) -> None:
    table = Table("Sent by", "From", "Letters", "Passed", "DKIM", "SPF", "What was done", "More")
    for one in seen.senders[:_MOST_SHOWN]:
        source = f"{one.source} (ours)" if one.source in seen.own else one.source
        shares = (f"{one.share:.1%}", f"{one.dkim:,}", f"{one.spf:,}")
        table.add_row(source, one.domain, f"{one.count:,}", *shares, _results(one), one.detail)
    out.print(table)
    _rest(len(seen.senders), "sources")


def _sessions(seen: DomainReportsSeen) -> None:
    table = Table("Mail server", "Domain", "Sessions", "Encrypted", "How they ended", "More")
    for one in seen.sessions[:_MOST_SHOWN]:
        cells = (one.domain, f"{one.count:,}", f"{one.share:.1%}", _results(one), one.detail)
        table.add_row(one.source, *cells)
    out.print(table)
    _rest(len(seen.sessions), "mail servers")


def _results(one: SourceTotals) -> str:
    return ", ".join(f"{count:,} {result}" for result, count in one.results)


def _rest(count: int, what: str) -> None:
    if count > _MOST_SHOWN:
        say(f"... and {count - _MOST_SHOWN:,} more {what}; --json has them all.")
