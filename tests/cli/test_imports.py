"""A command imports what it needs and not what the others need: its user waits for it."""

import subprocess
import sys
from importlib.metadata import version

import pytest
import typer

from briefing.actions.admin.init import make_house
from briefing.cli.main import _LINES, app

#: What only some commands need; together it takes more than a second to import.
HEAVY = {
    "alembic",
    "briefing.articles.pieces.piece",
    "briefing.emails.render",
    "cryptography",
    "httpx2",
    "jinja2",
    "joserfc",
    "lxml",
    "numpy",
    "prometheus_client",
    "starlette",
    "sumy",
    "uvicorn",
    "mjml",
}
STORE = {"asyncio", "pydantic", "sqlalchemy"}
#: Every daemon and run has the store; from a process that has it, others are forked that import more.
FORKING = f"""
import os, sys
import briefing.actions.context
for line in sys.stdin:
    if not os.fork():
        exec("import " + line)
        print(*({HEAVY | STORE | {"cssselect"}!r} & set(sys.modules)), flush=True)
        os._exit(0)
    assert not os.wait()[1]
"""


def imported(module):
    """Which of these a new process has when it has imported a module."""
    program = f"import sys, {module}; print(*({HEAVY | STORE!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def imported_beside_the_store():
    """As `imported`, in a process that has the store."""
    command = [sys.executable, "-c", FORKING]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def ask(modules):
            process.stdin.write(f"{modules}\n".encode())
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, f"{modules} cannot be imported"
            return set(line.decode().split())

        yield ask


def imported_by(*command):
    """Which of these a new process has when it has run a command, and what it printed."""
    program = f"""
import sys
from briefing.cli.main import run
sys.argv = ["briefing", *{command!r}]
try:
    run()
finally:
    print(*({HEAVY | STORE!r} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split()), done.stdout


def test_the_list_of_commands_imports_none_of_them_and_names_all():
    found, printed = imported_by("--help")
    assert found == set()
    assert all(f" {name} " in printed for name in _LINES)


def test_a_command_s_own_help_imports_nothing_that_it_would_work_with():
    help_of_all = f"""
import sys
from briefing.cli.main import run
for name in {list(_LINES)!r}:
    sys.argv = ["briefing", name, "--help"]
    try:
        run()
    except SystemExit as end:
        assert not end.code, name
print(*({HEAVY | STORE!r} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", help_of_all], capture_output=True, text=True, check=True
    )
    assert set(done.stderr.split()) <= {"pydantic"}  # Typer reads numbers and dates with it


def test_the_list_says_of_each_command_what_its_own_help_says_first():
    group = typer.main.get_command(app)
    own = {name: one.help.partition("\n\n")[0] for name, one in vars(group)["commands"].items()}
    assert {name: " ".join(said.split()) for name, said in own.items()} == _LINES


def test_the_program_says_its_version():
    found, printed = imported_by("--version")
    assert printed == f"briefing {version('briefing')}\n"
    assert found == set()


def test_who_checks_config_toml_waits_for_no_store(tmp_path):
    make_house(tmp_path)
    found, printed = imported_by("check", "--config", str(tmp_path / "config.toml"))
    assert "in order" in printed
    assert found <= {"asyncio", "pydantic"}


@pytest.mark.parametrize(
    "name",
    [
        "admin.check",
        "admin.database",
        "sending.mailings",
        "sending.schedule",
        "sending.subscribers",
    ],
)
def test_who_looks_at_readers_letters_or_the_timetable_waits_for_no_reader_of_pages(name):
    assert imported(f"briefing.cli.{name}") <= STORE


def test_the_program_itself_imports_no_sub_command_before_one_is_asked_for():
    assert "sqlalchemy" not in imported("briefing.cli.main")


def test_a_process_that_reads_feeds_imports_neither_the_patterns_for_pages_nor_the_store():
    assert imported("briefing.sandbox.worker") <= {"lxml"}


def test_a_run_that_has_nothing_new_to_read_brings_no_parser_of_markup_and_no_signatures(
    imported_beside_the_store,
):
    run = imported_beside_the_store("briefing.cli.sending.run, briefing.actions.schedule.run_slot")
    assert run & {"lxml", "cryptography", "cssselect"} == set()


def test_an_idle_daemon_holds_nothing_that_only_drafts_bounces_and_hooks_need(
    imported_beside_the_store,
):
    sender = imported_beside_the_store(
        "briefing.cli.daemon.schedule_loop, briefing.cli.daemon.web_process"
    )
    assert sender - STORE == set()
    assert imported_beside_the_store("briefing.cli.daemon.http_servers") - STORE == {
        "jinja2",
        "starlette",
        "uvicorn",
    }


def test_the_desk_of_a_house_without_a_provider_holds_no_signatures_and_nothing_that_fetches(
    imported_beside_the_store,
):
    desk = imported_beside_the_store("briefing.cli.daemon.editors_desk, briefing.web.desk")
    assert desk & {"joserfc", "cryptography", "httpx2"} == set()
