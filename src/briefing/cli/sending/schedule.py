"""`briefing schedule` and `status`: what comes next, and how things stand."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from briefing.cli.console import (
    ConfigOption,
    JsonOption,
    a_day,
    at_desk,
    out,
    print_json,
    say,
    show_facts,
)
from briefing.clock import time_zone

if TYPE_CHECKING:
    from briefing.actions.schedule.upcoming import HouseStatus

UntilOption = Annotated[
    date | None,
    typer.Option("--until", parser=a_day, metavar="DATE", help="Show every slot up to this day."),
]


def schedule(
    until: UntilOption = None,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Show the next editions of every briefing, in local time and in UTC."""
    from briefing.actions.schedule.upcoming import FARTHEST, coming
    from briefing.actions.schedule.zone_rules import rules_sentence

    with at_desk(config) as desk:
        if until is not None and until > (farthest := (desk.clock() + FARTHEST).date()):
            raise typer.BadParameter(
                f"{until} is too far ahead; the timetable reaches to {farthest}.",
                param_hint="--until",
            )
        found = coming(desk, until)
        if as_json:
            print_json(json.dumps([asdict(one) for one in found], default=str, indent=2))
            return
        if not found and any(one.schedule for one in desk.config.briefings.values()):
            say(f"No edition is due {f'up to {until}' if until else 'in the next 400 days'}.")
            return
        if not found:
            say(
                'No briefing has a schedule; set at = "06:30" in a [briefings.NAME] of config.toml.'
            )
            return
        table = Table(box=None, header_style="bold")
        for title in ("Briefing", "Local", "UTC", "Draft (UTC)", "Waits for"):
            table.add_column(title)
        for one in found:
            zone = time_zone(desk.config.briefing(one.briefing).time_zone)
            local = f"{one.at.astimezone(zone):%a %d %b %H:%M %Z}"
            table.add_row(
                one.briefing,
                local,
                f"{one.at:%d %b %H:%M}",
                f"{one.draft_at:%d %b %H:%M}",
                one.waits_for,
            )
    out.print(table)
    say(rules_sentence())


def status(as_json: JsonOption = False, config: ConfigOption = Path("config.toml")) -> None:
    """Show what comes next, slots, mailings, readers, sources and alerts, the newest of each."""
    from briefing.actions.schedule.upcoming import standing

    with at_desk(config) as desk:
        found = standing(desk)
    if as_json:
        print_json(json.dumps(_record(found), default=str, indent=2))
        return
    show_facts(
        (
            *((name, f"{count:,} active readers") for name, count in found.readers.items()),
            *(
                ("Next", f"{one.slot} {one.briefing}: waits for {one.waits_for}")
                for one in found.next
            ),
            *(
                ("Slowed", f"{scope}: {share:.0%} of its limit, since it asked for fewer letters")
                for scope, share in found.slowed
            ),
        )
    )
    workers = (_workers(found),) if found.senders else ()
    for table in (_slots(found), _mailings(found), *workers, _sources(found)):
        if table.row_count:
            out.print(table)
    for at, sentence in found.alerts:
        say(f"{datetime.fromtimestamp(at, UTC):%d %b %H:%M} UTC: {sentence}")


def _slots(found: HouseStatus) -> Table:
    table = _table("Slots", "Slot", "Briefing", "Course")
    # The whole reason stands in the alert below, and in --json.
    table.add_column("Why", max_width=max(20, out.width - 50), no_wrap=True)
    for record in found.slots:
        why = record.reason.removeprefix(f"{record.edition} is not sent: ")
        table.add_row(record.slot.split(" ")[0], record.briefing, record.course, Text(why))
    return table


def _mailings(found: HouseStatus) -> Table:
    table = _table("Mailings", "Edition", "Status", "Letters")
    for mailing, counts in found.mailings:
        said = ", ".join(f"{count:,} {state.replace('_', ' ')}" for state, count in counts.items())
        table.add_row(mailing.edition, mailing.status, said)
    return table


def _workers(found: HouseStatus) -> Table:
    table = _table("Workers", "Worker", "Since (UTC)", "Seen (UTC)", "Posted", "At")
    for one in found.senders:
        since, seen = (datetime.fromtimestamp(at, UTC) for at in (one.since, one.seen))
        table.add_row(
            one.worker, f"{since:%d %b %H:%M}", f"{seen:%H:%M:%S}", f"{one.posted:,}", one.edition
        )
    return table


def _sources(found: HouseStatus) -> Table:
    table = _table("Sources", "Source", "State", "Last good (UTC)", "Pages", "Stories", "Remark")
    for one in found.sources:
        good = f"{datetime.fromtimestamp(one.last_good, UTC):%d %b %H:%M}" if one.last_good else "-"
        gave, used = (one.reading.found, one.reading.used) if one.reading else ("-", "-")
        table.add_row(one.name, one.state, good, f"{gave}", f"{used}", Text(" ".join(one.remarks)))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _record(found: HouseStatus) -> dict[str, object]:
    return {
        "readers": found.readers,
        "next": [asdict(one) for one in found.next],
        "slots": [asdict(record) for record in found.slots],
        "mailings": [
            {"edition": mailing.edition, "status": mailing.status, "letters": counts}
            for mailing, counts in found.mailings
        ],
        "workers": [asdict(one) for one in found.senders],
        "slowed": dict(found.slowed),
        "sources": [
            {"name": one.name, "state": one.state, "last_good": one.last_good}
            | {"remarks": one.remarks}
            for one in found.sources
        ],
        "alerts": [{"at": at, "sentence": sentence} for at, sentence in found.alerts],
    }
