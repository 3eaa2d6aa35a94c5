"""The confined processes of tests are confined as the program's are, and answer alike."""

import importlib
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.commands import PRELOADED
from tests.newsrooms import SAVED, story
from tests.sandbox.forked import ForkedChild

from briefing.articles.extract_in_sandbox import SplitTask, split_tasks
from briefing.model.page import Page
from briefing.sandbox.child import Child


@contextmanager
def confined(kind: type[Child]) -> Iterator[Child]:
    child = kind("briefing.articles.sandbox_worker", "7", "512", is_silent=True)
    try:
        yield child
    finally:
        child.end()


def split(child: Child) -> bytes:
    page = Page(name="p", body=story("Harbour Bridge").encode())
    task = SplitTask(page=replace(page, body=b""))
    told = {
        "job": "split",
        "task": split_tasks().dump_json(task).decode(),
        "now": SAVED.isoformat(),
    }
    child.say(json.dumps(told).encode(), page.body)
    return child.hear()


def limits(child: Child) -> list[list[str]]:
    """Soft and hard limit on memory and core files."""
    lines = Path(f"/proc/{child._process.pid}/limits").read_text().splitlines()
    return [line.split()[-3:] for line in lines if line.startswith(("Max address", "Max core"))]


def test_a_forked_one_answers_as_a_started_one_within_the_same_limits() -> None:
    with confined(ForkedChild) as forked, confined(Child) as started:
        assert split(forked) == split(started)
        assert limits(forked) == limits(started)


def test_whoever_asks_a_forked_one_that_was_killed_is_told_so() -> None:
    with confined(ForkedChild) as forked:
        split(forked)
        os.kill(forked._process.pid, signal.SIGKILL)
        with pytest.raises(EOFError):
            split(forked)
        assert forked.end() == -signal.SIGKILL


def test_all_that_the_server_of_forks_imports_is_there() -> None:
    for name in PRELOADED:
        importlib.import_module(name)
