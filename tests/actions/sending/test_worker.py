"""A worker among others: what it knows of them."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from briefing.actions.sending.worker import Worker
from briefing.model.sender import Sender

NOW = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
LEASE = 30.0


def sender(worker, ago=0.0):
    seen = (NOW - timedelta(seconds=ago)).timestamp()
    return Sender(worker=worker, edition="", since=seen, seen=seen, posted=0)


@pytest.mark.parametrize(
    ("others", "count"),
    [
        ((), 1),
        (("news-host-7-0b",), 2),
        (("other-host-7-0b",), 1),
    ],
)
def test_a_worker_counts_the_senders_of_its_machine(others, count):
    config: Any = SimpleNamespace(send=SimpleNamespace(lease=LEASE))
    me = Worker(config, lambda: NOW, name="news-host-6-0a")
    known = [sender(me.name), *map(sender, others), sender("news-host-5-0c", ago=LEASE + 1)]
    desk: Any = SimpleNamespace(store=SimpleNamespace(senders=SimpleNamespace(all=lambda: known)))
    assert me._on_machine(desk) == count
