"""Shared by the tests of actions: a web server that is as bad as the web."""

from collections.abc import Iterator

import pytest
from tests.faults.feed_server import FeedServer


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running
