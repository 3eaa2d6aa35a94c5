"""Every action takes the desk first, and a command opens the store once."""

import ast
from pathlib import Path

from typer.testing import CliRunner

from briefing.actions import open_store
from briefing.actions.admin.init import make_house
from briefing.cli.main import app
from briefing.store import Store

ACTIONS = Path(__file__).parents[2] / "src" / "briefing" / "actions"
#: What opens the desk, and what works below it; the only modules whose functions are not actions.
BELOW = {"open_store", "context", "event_loop", "progress"}
#: What a desk holds. A function that asks for one of these asks for a desk.
HELD = ("Config", "Store", "Clock", "Iterator[Store]")
#: Functions that need config.toml or the time alone and work where no database answers, and those
#: that put another database in its place or look at what stands beside it. This list only shrinks.
WITHOUT_A_STORE = {
    "admin.accounts.leave_link",
    "admin.backup.downgrade_database",
    "admin.departures.rebuild_book",
    "admin.departures.verify_book",
    "admin.init.begin_new_house",
    "admin.restore.look_at_backup",
    "admin.restore.restore_backup",
    "editions.bulk_digest.digest_settings",
    "gather.follow_feed.export_opml",
    "gather.follow_feed.find_feeds",
    "gather.follow_feed.import_opml",
    "gather.own_vocabulary.own_vocabulary",
    "gather.own_vocabulary.refuse_faulty_rows",
    "gather.read_sources.reach",
    "letters.send_settings.transport",
    "public.proxies.is_named",
    "public.proxies.note_proxy",
    "public.proxies.unnamed_proxy",
    "public.spoken_words.spoken_words",
    "schedule.alert.alert",
    "schedule.upcoming.in_the_gap",
    "schedule.upcoming.next_dates",
    "schedule.upcoming.steps_of_a_month",
    "schedule.zone_rules.moved_slots",
    "schedule.zone_rules.old_rules",
}


def public_functions():
    for path in sorted(ACTIONS.rglob("*.py")):
        module = ".".join(path.relative_to(ACTIONS).with_suffix("").parts)
        if module in BELOW:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if not node.name.startswith("_"):
                yield f"{module}.{node.name}", node.args


def asks_for(argument):
    return ast.unparse(argument.annotation) if argument.annotation else ""


def parts_of_a_desk(arguments):
    every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    return [one.arg for one in every if asks_for(one).split(" |")[0] in HELD]


def test_whoever_needs_what_a_desk_holds_takes_the_desk_first():
    astray = {name for name, arguments in public_functions() if parts_of_a_desk(arguments)}
    assert astray - WITHOUT_A_STORE == set(), "take the desk instead, as the first argument"
    assert WITHOUT_A_STORE - astray == set(), "take these off the list of exceptions"


def test_the_desk_stands_first_wherever_it_is_taken():
    for name, arguments in public_functions():
        taken = [one.arg for one in (*arguments.args, *arguments.kwonlyargs)]
        places = [taken.index(one.arg) for one in arguments.args if asks_for(one) == "Desk"]
        assert places in ([], [0]), f"{name} takes the desk, and not as its first argument"


def test_a_run_opens_the_store_once_and_sees_one_state(tmp_path, monkeypatch):
    make_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    opened = []

    def counted(*arguments, **named) -> Store:
        opened.append(arguments)
        return really(*arguments, **named)

    really = open_store.__dict__["open_store"]
    monkeypatch.setattr(open_store, "open_store", counted)
    done = CliRunner().invoke(app, ["run"])
    assert done.exit_code == 0, done.output
    assert len(opened) == 1
