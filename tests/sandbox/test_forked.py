"""The confined processes of tests are confined as the program's are, and answer alike."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from tests.commands import PRELOADED, Begun, run
from tests.newsrooms import SAVED, story
from tests.sandbox import remembered
from tests.sandbox.forked import ForkedChild
from tests.sandbox.remembered import RememberingChild

from briefing.articles.split_in_sandbox import SplitTask, split_tasks
from briefing.model.page import Page
from briefing.sandbox.child import Child

PAGE = Page(name="p", body=story("Harbour Bridge").encode())
DATED = (
    b'<html><head><meta property="article:published_time" content="2027-01-01"></head>'
    b"<body><p>%s</p></body></html>"
)
LATER = datetime(2027, 1, 2, tzinfo=UTC)
Confined = TypeVar("Confined", bound=Child)


@contextmanager
def confined(kind: type[Confined]) -> Iterator[Confined]:
    child = kind("briefing.sandbox.worker", "7", "512", is_silent=True)
    try:
        yield child
    finally:
        child.end()


def ask_to_split(child: Child, page: Page = PAGE, now: datetime = SAVED, words: str = "") -> None:
    task = SplitTask(page=replace(page, body=b""), vocabulary=words)
    told = {
        "job": "split",
        "task": split_tasks().dump_json(task).decode(),
        "now": now.isoformat(),
    }
    child.say(json.dumps(told).encode(), page.body)


def split(child: Child, page: Page = PAGE, now: datetime = SAVED, words: str = "") -> bytes:
    ask_to_split(child, page, now, words)
    return child.hear()


@pytest.fixture
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has asked anything before, and no other process remembers."""
    monkeypatch.setattr(remembered, "_ANSWERS", {})
    monkeypatch.setattr(remembered, "_PLACE", {"folder": None})


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


def test_all_that_the_server_of_forks_imports_is_there(tmp_path: Path) -> None:
    # It passes over what it cannot import.
    missing = f"import sys; print(*set({PRELOADED!r}) - set(sys.modules))"
    forked = Begun(tmp_path, ("-c", missing), tmp_path / "log", **os.environ)
    assert forked.wait(60) == 0
    assert (tmp_path / "log").read_text() == "\n"


def test_what_was_answered_before_is_answered_without_a_process(
    nothing_known: None,
) -> None:
    with confined(RememberingChild) as first:
        answer = split(first)
        assert first._is_forked
    with confined(RememberingChild) as second:
        assert split(second) == answer
        assert not second._is_forked


def test_who_asked_before_another_was_answered_hears_the_answer_of_its_own_process(
    nothing_known: None,
) -> None:
    with confined(RememberingChild) as one, confined(RememberingChild) as other:
        ask_to_split(one)
        answer = split(other)
        assert one.hear() == answer
        one.say(b'{"job": "no such job"}', b"")
        assert one.hear().startswith(b'{"fault"')


def test_a_question_within_other_limits_is_another_one(nothing_known: None) -> None:
    with confined(RememberingChild) as first:
        answer = split(first)
    second = RememberingChild("briefing.sandbox.worker", "8", "512", is_silent=True)
    assert split(second) == answer
    assert second._is_forked
    second.end()


def test_a_fault_and_a_death_are_not_remembered(nothing_known: None) -> None:
    with confined(RememberingChild) as one:
        one.say(b'{"job": "no such job"}', b"")
        assert one.hear().startswith(b'{"fault"')
        os.kill(one._process.pid, signal.SIGKILL)
        with pytest.raises(EOFError):
            split(one)
    assert remembered._ANSWERS == {}


def test_a_text_is_read_once_whatever_the_time_and_a_page_with_dates_at_each(
    nothing_known: None,
) -> None:
    dated = Page(name="d", body=DATED % PAGE.body, media_type="text/html")
    with confined(ForkedChild) as forked:
        assert split(forked, now=SAVED) == split(forked, now=LATER)
        answers = [split(forked, dated, now) for now in (SAVED, LATER)]
    assert answers[0] != answers[1]
    for page, is_asked in ((PAGE, False), (dated, True)):
        with confined(RememberingChild) as first:
            split(first, page)
        with confined(RememberingChild) as second:
            split(second, page, LATER)
            assert second._is_forked is is_asked


def test_a_page_that_is_read_with_a_newsrooms_words_is_read_again(
    nothing_known: None, tmp_path: Path
) -> None:
    for _ in range(2):
        with confined(RememberingChild) as child:
            split(child, words=str(tmp_path))
            assert child._is_forked


def test_what_was_answered_in_one_process_is_known_in_another(
    nothing_known: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(remembered, "_PLACE", {"folder": str(tmp_path)})
    with confined(RememberingChild) as first:
        answer = split(first)
    monkeypatch.setattr(remembered, "_ANSWERS", {})
    with confined(RememberingChild) as second:
        assert split(second) == answer
        assert not second._is_forked


def test_a_command_remembers_where_the_tests_do(tmp_path: Path) -> None:
    (tmp_path / "quay.txt").write_text(story(f"Quay of {tmp_path}"))
    assert not run(tmp_path, "split", "quay.txt").returncode
    folder = remembered._PLACE["folder"]
    assert folder
    assert any(str(tmp_path) in path.read_text() for path in Path(folder).iterdir())
