"""Several senders on one machine: when they keep all its processors at work by themselves."""

import os
from typing import Any

import pytest

from briefing.actions.sending.deliver import Sharing

#: A sender that is only asked how many there are.
NONE: Any = None


@pytest.mark.parametrize(
    ("processors", "senders", "is_among_others"),
    [(2, 1, False), (2, 2, True), (2, 3, True), (4, 3, False), (1, 1, False), (1, 2, True)],
)
def test_as_many_senders_as_processors_and_more_than_one_are_among_others(
    monkeypatch, processors, senders, is_among_others
):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)), raising=False)
    sharing = Sharing(ledger=NONE, every=1.0, alive=NONE, seconds=1.0, on_machine=senders)
    assert sharing.is_among_others is is_among_others
