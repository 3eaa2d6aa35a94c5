"""The confined processes of tests are confined as the program's are, and answer alike."""

import importlib
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from tests.commands import PRELOADED
from tests.newsrooms import SAVED, story
from tests.sandbox import remembered
from tests.sandbox.forked import ForkedChild
from tests.sandbox.remembered import RememberingChild

from briefing.articles.split_in_sandbox import SplitTask, split_tasks
from briefing.model.page import Page
from briefing.sandbox.child import Child

Confined = TypeVar("Confined", bound=Child)


@contextmanager
def confined(kind: type[Confined]) -> Iterator[Confined]:
    child = kind("briefing.sandbox.worker", "7", "512", is_silent=True)
    try:
        yield child
    finally:
        child.end()


def ask_to_split(child: Child) -> None:
    page = Page(name="p", body=story("Harbour Bridge").encode())
    task = SplitTask(page=replace(page, body=b""))
    told = {
        "job": "split",
        "task": split_tasks().dump_json(task).decode(),
        "now": SAVED.isoformat(),
    }
    child.say(json.dumps(told).encode(), page.body)


def split(child: Child) -> bytes:
    ask_to_split(child)
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


def test_what_was_answered_before_is_answered_without_a_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remembered, "_ANSWERS", {})
    with confined(RememberingChild) as first:
        answer = split(first)
        assert first._is_forked
    with confined(RememberingChild) as second:
        assert split(second) == answer
        assert not second._is_forked


def test_who_asked_before_another_was_answered_hears_the_answer_of_its_own_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remembered, "_ANSWERS", {})
    with confined(RememberingChild) as one, confined(RememberingChild) as other:
        ask_to_split(one)
        answer = split(other)
        assert one.hear() == answer
        one.say(b'{"job": "no such job"}', b"")
        assert one.hear().startswith(b'{"fault"')


def test_a_question_within_other_limits_is_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_ANSWERS", {})
    with confined(RememberingChild) as first:
        answer = split(first)
    second = RememberingChild("briefing.sandbox.worker", "8", "512", is_silent=True)
    assert split(second) == answer
    assert second._is_forked
    second.end()


def test_a_fault_and_a_death_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_ANSWERS", {})
    with confined(RememberingChild) as one:
        one.say(b'{"job": "no such job"}', b"")
        assert one.hear().startswith(b'{"fault"')
        os.kill(one._process.pid, signal.SIGKILL)
        with pytest.raises(EOFError):
            split(one)
    assert remembered._ANSWERS == {}
