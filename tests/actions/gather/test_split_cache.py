"""A page that was split before is not split again, and any change of it or of how it is read is seen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.actions.noted import Noted

from briefing.actions import last_results
from briefing.actions.gather import split_cache
from briefing.actions.gather.split_cache import split_again
from briefing.articles.split_in_sandbox import SplitTask, split_confined
from briefing.errors import PageRefused
from briefing.model.page import Page

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture
def task():
    path = SEEDS / "02-water-levy.txt"
    return SplitTask(page=Page(name=path.stem, body=path.read_bytes()))


@pytest.fixture
def split(tmp_path, monkeypatch):
    """Split tasks; how many of them reached the sandbox is counted."""

    async def counted(tasks, now):
        splitter.asked += len(tasks)
        return await split_confined(tasks, now)

    def called(*tasks, now=NOW):
        return split_again(tasks, now, tmp_path / "split")

    splitter = Noted(called, asked=0, folder=tmp_path / "split")
    monkeypatch.setattr(split_cache, "split_confined", counted)
    return splitter


def test_the_same_page_is_split_once_and_gives_the_same_pieces(split, task):
    first = split(task)
    assert split(task) == first
    assert first[0]
    assert split.asked == 1


@pytest.mark.parametrize(
    "other",
    [
        lambda task: replace(task, page=replace(task.page, body=task.page.body + b" More.")),
        lambda task: replace(task, language="fr"),
    ],
    ids=["its bytes", "its language"],
)
def test_a_page_that_changed_in_something_is_split_again(split, task, other):
    split(task)
    split(other(task))
    assert split.asked == 2


def test_another_day_and_other_code_split_it_again(split, task, monkeypatch):
    split(task)
    split(task, now=NOW + timedelta(days=1))
    monkeypatch.setattr(last_results, "code_fingerprint", lambda rooms: "another release")
    split(task)
    assert split.asked == 3


def test_what_is_kept_and_cannot_be_read_is_split_again(split, task):
    first = split(task)
    for file in split.folder.iterdir():
        file.write_bytes(b"[{")
    assert split(task) == first
    assert split.asked == 2


def test_a_page_that_is_refused_is_asked_again(split, task):
    empty = replace(task, page=replace(task.page, body=b"\x00\x01"))
    for _ in range(2):
        (said,) = split(empty)
        assert isinstance(said, PageRefused)
    assert split.asked == 2
