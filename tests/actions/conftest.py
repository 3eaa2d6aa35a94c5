"""Shared by the tests of actions: a web server that is as bad as the web, and a house as it is shipped."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.desks import act
from tests.faults.feed_server import FeedServer
from tests.newsrooms import new_house

from briefing.actions.editions.draft import draft


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture(scope="session")
def shipped_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new house whose edition `staggers-2026-11-23` is drafted at six that day; copy it."""
    folder = tmp_path_factory.mktemp("shipped")
    morning = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    act(draft, new_house(folder), "staggers", clock=lambda: morning)
    return folder
