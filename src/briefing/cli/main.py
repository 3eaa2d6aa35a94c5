"""`briefing`: the command and its sub-commands."""

import sys

import typer

from briefing.cli.approve import approve, reject
from briefing.cli.check import check
from briefing.cli.console import HELD, REFUSED, warn
from briefing.cli.desk import desk
from briefing.cli.digest import digest
from briefing.cli.draft import draft
from briefing.cli.editors import app as editors
from briefing.cli.init import init
from briefing.cli.keeping import backup, bounces, db, restore
from briefing.cli.lint import lint
from briefing.cli.mailings import abort, deliveries, pause, resume
from briefing.cli.render import render
from briefing.cli.run import run as run_once
from briefing.cli.schedule import schedule, status
from briefing.cli.send import retry, send
from briefing.cli.serve import scheduler, sender, serve
from briefing.cli.sources import app as sources
from briefing.cli.split import split
from briefing.cli.sponsors import app as sponsors
from briefing.cli.subscribers import app as subscribers
from briefing.cli.worker import worker
from briefing.errors import BriefingError, EditionHeld

app = typer.Typer(
    name="briefing",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="From saved pages to a sent politics briefing.\n\n"
    "Begin with `briefing init DIR`, then `briefing run` in that folder. Exit codes: 0 done, "
    "1 refused (the reason is on standard error), 2 wrong usage, 3 held for a person's decision.",
)
app.command()(split)
app.command()(digest)
app.command()(draft)
app.command()(render)
app.command()(lint)
app.command()(approve)
app.command()(reject)
app.command()(send)
app.command()(retry)
app.command()(deliveries)
app.command()(pause)
app.command()(resume)
app.command()(abort)
app.add_typer(sources, name="sources")
app.add_typer(sponsors, name="sponsors")
app.add_typer(subscribers, name="subscribers")
app.command()(schedule)
app.command()(status)
app.command()(bounces)
app.command()(backup)
app.command()(restore)
app.add_typer(db, name="db")
app.command()(desk)
app.add_typer(editors, name="editors")
app.command()(serve)
app.command()(scheduler)
app.command()(worker)
app.command()(sender)
app.command(name="run")(run_once)
app.command()(check)
app.command()(init)


def run() -> None:
    """Run the command line; an error the program foresees is a sentence, never a traceback."""
    try:
        app()
    except BriefingError as error:
        warn(str(error), style="red")
        sys.exit(HELD if isinstance(error, EditionHeld) else REFUSED)
