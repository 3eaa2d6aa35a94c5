"""`briefing`: the command and its sub-commands."""

import atexit
import gc
from collections import UserDict
from importlib import import_module
from inspect import cleandoc
from typing import Annotated, Any

import typer
from rich.markup import escape
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

from briefing.cli.console import run_app, say
from briefing.cli.options import in_plain_words, wrong_value

#: Where each sub-command is: the module of this package, and its name there.
_COMMANDS = {
    "split": ("editing.split", "split"),
    "digest": ("editing.digest", "digest"),
    "draft": ("editing.draft", "draft"),
    "render": ("editing.render", "render"),
    "follow-ups": ("editing.follow_ups", "follow_ups"),
    "events": ("editing.events", "events"),
    "lint": ("editing.lint", "lint"),
    "template": ("editing.template", "app"),
    "approve": ("editing.approve", "approve"),
    "reject": ("editing.approve", "reject"),
    "send": ("sending.send", "send"),
    "retry": ("sending.send", "retry"),
    "deliveries": ("sending.mailings", "deliveries"),
    "pause": ("sending.mailings", "pause"),
    "resume": ("sending.mailings", "resume"),
    "abort": ("sending.mailings", "abort"),
    "sources": ("editing.sources", "app"),
    "entries": ("editing.entries", "entries"),
    "sponsors": ("editing.sponsors", "app"),
    "subscribers": ("sending.subscribers", "app"),
    "schedule": ("sending.schedule", "schedule"),
    "status": ("sending.schedule", "status"),
    "bounces": ("sending.bounces", "app"),
    "doctor": ("sending.doctor", "doctor"),
    "reports": ("sending.reports", "reports"),
    "rehearse": ("sending.rehearse", "rehearse"),
    "backup": ("admin.database", "backup"),
    "restore": ("admin.database", "restore"),
    "departures": ("admin.database", "departures"),
    "db": ("admin.database", "db"),
    "desk": ("daemon.editors_desk", "desk"),
    "editors": ("editing.accounts", "app"),
    "tokens": ("admin.tokens", "app"),
    "webhooks": ("admin.webhooks", "webhooks"),
    "verify": ("editing.verify", "verify"),
    "audit": ("admin.audit", "audit"),
    "serve": ("daemon.serve", "serve"),
    "scheduler": ("daemon.serve", "scheduler"),
    "worker": ("daemon.worker", "worker"),
    "sender": ("daemon.serve", "sender"),
    "run": ("sending.run", "run"),
    "check": ("admin.check", "check"),
    "init": ("admin.init", "init"),
}


#: What the list says of each, so that nobody who reads the list waits for an import. In its order.
_LINES = {
    "split": "Take saved pages apart into their pieces, and say who speaks in each.",
    "digest": "Digest articles: JSON lines in, JSON lines out on standard output, on all cores.",
    "draft": "Read the sources, digest every article and lay out today's edition.",
    "render": "Render a drafted edition with its design: HTML, plain text, subject and preheader.",
    "follow-ups": "Show which stories carry on one of the last 14 days and what is new; print it in the letter "
    "or not.",
    "events": "Show which pieces each story stands for and why; join and split them, and take that back.",
    "lint": "Check a rendered edition against every rule of docs/checks.md.",
    "template": "Designs of the letter: begin one, and try it while you write.",
    "approve": "Approve an edition exactly as it is rendered now; any later change voids the approval.",
    "reject": "Reject an edition: it is not sent, and an earlier approval no longer holds.",
    "send": "Send a rendered edition to every active reader of its list, or go on where a run was cut.",
    "retry": "Try deferred letters of an edition again: those that are due, or all of them.",
    "deliveries": "Show what became of each letter of an edition.",
    "pause": "Let no more letters of an edition leave; a sender at work stops at its next letter.",
    "resume": "Let a paused edition go on; `briefing send` then posts what is left.",
    "abort": "Never send what is left of an edition. Nothing undoes it.",
    "sources": "Show how each source stands: last good fetch, next try, pages, stories used, and what was "
    "dropped.",
    "entries": "List every entry that sources have shown, newest first, with what became of it and why.",
    "sponsors": "What editors decided about paid copy.",
    "subscribers": "Who is on which list: import, find, pause, erase and so on.",
    "schedule": "Show the next editions of every briefing, in local time and in UTC.",
    "status": "Show what comes next, slots, mailings, readers, sources and alerts, the newest of each.",
    "bounces": "Read the bounce mailbox: addresses that take no mail, and complaints, get no more letters.",
    "doctor": "Examine the sender as providers do: DNS, the relay, the way out of the list, headers, size, "
    "complaints.",
    "reports": "Show what receivers report of our domains: who sends in our name, what passed and what failed.",
    "rehearse": "Rehearse the next edition in a copy of the house: a tenth of its letters go to a sink, none out.",
    "backup": "Copy the database while the desk works, and verify the copy.",
    "restore": "Put a backup in the database's place. Every mailing in it wakes paused.",
    "departures": "Verify the book of departures: who left, was erased or shut out, whatever is restored.",
    "db": "The database: its revision, and its move to PostgreSQL.",
    "desk": "Open the editors' desk: see the edition, change it, approve exactly that.",
    "editors": "Who may come to the editors' desk, and as what.",
    "tokens": "Which programs of your own may ask the API, for what and until when.",
    "webhooks": "List the newest calls to systems of your own: what was told to whom, what waits, and why.",
    "verify": "Build the letter of a sent edition again, and compare it byte for byte with what was sent.",
    "audit": "Verify the desk's log: each line is bound to the one before, so none can change unseen.",
    "serve": "Keep the schedule, send what is due, and serve the editors' desk and the public pages.",
    "scheduler": "Keep the schedule alone: draft, wait for approval, and begin what is due.",
    "worker": "Post letters next to other workers, on this machine or another, over one PostgreSQL.",
    "sender": "Post letters alone: of every edition whose sending began, wherever that was.",
    "run": "Make and send the edition of today's slot now: `draft`, `render` and `send` in one go.",
    "check": "Check config.toml and name every fault in it: line, key, value and what is allowed.",
    "init": "Make a working folder with config.toml, the templates and sample pages.",
}


#: So many new objects make Python look for garbage, and not 700: an import makes objects that stay, and
#: looking at them again and again took a tenth of each command.
_YOUNG = 50_000


class _Imported(UserDict[str, Any]):
    """The sub-commands by name; one is imported when it is asked for: nobody waits for the others."""

    def __getitem__(self, name: str) -> Any:
        module, attribute = self.data[name]
        found = getattr(import_module(f"briefing.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            command: Any = get_group(found)
        else:
            alone = typer.Typer(add_completion=False)
            alone.command(name)(found)
            command = get_command(alone)
        command.name = name
        for each in (command, *getattr(command, "commands", {}).values()):
            _as_prose(each)
            _in_our_words(each)
        return command


def _as_prose(command: Any) -> None:
    """Let a terminal break the lines of a help; `[send]` names a table of config.toml and is not markup."""
    paragraphs = cleandoc(command.help or "").split("\n\n")
    command.help = escape("\n\n".join(" ".join(each.split()) for each in paragraphs))


def _in_our_words(command: Any) -> None:
    """Have what it takes named plainly, and a wrong value told without the words "Value error"."""
    params, read = command.get_params, command.parse_args

    def get_params(ctx: Any) -> Any:
        return in_plain_words(params(ctx))

    def parse_args(ctx: Any, args: Any) -> Any:
        try:
            return read(ctx, args)
        except typer.BadParameter as error:
            error.message = wrong_value(error.message)
            raise

    command.get_params, command.parse_args = get_params, parse_args


class _Commands(TyperGroup):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Imported(_COMMANDS)

    def get_params(self, ctx: Any) -> Any:
        return in_plain_words(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self._list()
        super().format_help(ctx, formatter)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        self._list()
        return super().shell_complete(ctx, incomplete)

    def _list(self) -> None:
        """Have every sub-command by name and line alone: it is to be shown, not to be run."""
        self.commands = {name: TyperCommand(name, help=line) for name, line in _LINES.items()}


app = typer.Typer(
    name="briefing",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="From saved pages to a sent politics briefing.\n\n"
    "Begin with `briefing init DIR`, then `briefing run` in that folder. Exit codes: 0 done, "
    "1 refused (the reason is on standard error), 2 wrong usage, 3 held for a person's decision.",
)


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        say(f"briefing {version('briefing')}")
        raise typer.Exit


VersionOption = Annotated[
    bool,
    typer.Option(
        "--version", help="Say the version and exit.", is_eager=True, callback=_say_version
    ),
]


@app.callback()
def _briefing(version: VersionOption = False) -> None:
    """Without a callback Typer would take the app for one command."""


def run() -> None:
    """Run the command line; an error the program foresees is a sentence, never a traceback."""
    gc.set_threshold(_YOUNG, 20, 50)
    # The end of the process frees everything: to look for garbage on the way out took a fifth of a run.
    atexit.register(gc.freeze)
    run_app(app)
