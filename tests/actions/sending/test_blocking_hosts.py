"""What ops hear of a host that refused everybody."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from briefing.actions.sending.blocking_hosts import give_back_where_all_were_refused
from briefing.store.deliveries.blocking_hosts import BlockingHost

HOST = BlockingHost(domain="block.example", refused=8, said="550 no", given_back=7)


@pytest.fixture
def desk():
    """A desk of whose sending `first` one host refused everybody; its log is `noted`."""
    noted = []
    return SimpleNamespace(
        config=None,
        clock=lambda: datetime(2026, 11, 30, tzinfo=UTC),
        noted=noted,
        store=SimpleNamespace(
            mailings=SimpleNamespace(number={"first": 1, "second": 2}.get),
            bounces=SimpleNamespace(
                give_back_where_all_were_refused=lambda number, now: [HOST] if number == 1 else []
            ),
            audit_log=SimpleNamespace(note=noted.append),
        ),
    )


def test_ops_hear_once_of_each_host_and_the_log_has_it(desk):
    told = []
    editions = {"first", "second", "never sent"}
    back = give_back_where_all_were_refused(desk, editions, lambda _, said, __: told.append(said))
    assert back == 7
    (said,) = told
    assert said.startswith("block.example refused all 8 letters of first")
    assert "7 readers get letters again" in said
    assert [(one.edition, one.actor) for one in desk.noted] == [("first", "mailbox")]


def test_where_nobody_hears_it_stands_in_the_program_s_log(desk, caplog):
    give_back_where_all_were_refused(desk, {"first"}, None)
    assert "block.example refused all 8" in caplog.text
