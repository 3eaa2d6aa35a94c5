"""A command imports what it needs and not what the others need: its user waits for it."""

import subprocess
import sys

import pytest

#: What only some commands need; together it takes more than a second to import.
HEAVY = {
    "alembic",
    "briefing.articles.parsing",
    "briefing.emails.render",
    "jinja2",
    "lxml",
    "numpy",
    "starlette",
    "sumy",
    "uvicorn",
}
STORE = {"asyncio", "pydantic", "sqlalchemy"}


def imported(module):
    """Which of these a new process has when it has imported a module."""
    program = f"import sys, {module}; print(*({HEAVY | STORE!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("name", ["check", "keeping", "mailings", "schedule", "subscribers"])
def test_who_looks_at_readers_letters_or_the_timetable_waits_for_no_reader_of_pages(name):
    assert imported(f"briefing.cli.{name}") <= STORE


def test_the_program_itself_imports_no_sub_command_before_one_is_asked_for():
    assert "sqlalchemy" not in imported("briefing.cli.main")


def test_a_process_that_reads_feeds_imports_neither_the_patterns_for_pages_nor_the_store():
    assert imported("briefing.articles.confined_jobs") <= {"lxml"}
