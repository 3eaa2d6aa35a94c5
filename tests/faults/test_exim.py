"""A real Exim as the relay: its refusals, its limits and its hanging up.

Opt-in: `BRIEFING_TEST_EXIM=1 .venv/bin/pytest tests/faults/test_exim.py`, as root, with Debian's package
exim4-daemon-light. It starts an instance of its own, on loopback, with its own folders.
"""

import os

import pytest
from tests.desks import act
from tests.servers.exim import running, tool
from tests.servers.sending import begun

from briefing.actions.context import open_desk
from briefing.actions.sending.send import send_edition
from briefing.actions.sending.steer_mailing import steer
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing

READERS = 150
UNKNOWN = "  deny local_parts = ^reader1.*\n       message = Unknown user\n"
NUMBERED = "  deny local_parts = ^reader1.*\n       message = 550 5.1.1 Unknown user\n"
NOT_NOW = "  defer message = 451 4.3.0 try later\n"

pytestmark = pytest.mark.skipif(
    not (os.environ.get("BRIEFING_TEST_EXIM") and tool()),
    reason="opt-in: BRIEFING_TEST_EXIM=1, and Debian's package exim4-daemon-light",
)


def standings(config):
    with open_desk(config) as desk:
        return desk.store.subscribers.counts("readers")


def test_a_relay_that_does_not_know_us_pauses_and_costs_no_reader(tmp_path):
    with running("  deny message = relay not permitted\n") as exim:
        config, edition, _ = begun(tmp_path / "house", exim.port, READERS)
        sent = act(send_edition, config, edition)
    assert sent.status is MailingStatus.PAUSED
    assert "relay not permitted" in sent.stopped
    assert State.BOUNCED not in sent.counts
    assert standings(config) == {Standing.ACTIVE: READERS}
    with running() as exim:
        config = config.model_copy(
            update={"send": config.send.model_copy(
                update={"smtp": config.send.smtp.model_copy(update={"port": exim.port})}
            )}
        )  # fmt: skip
        act(steer, config, edition, MailingStatus.SENDING, "")
        assert act(send_edition, config, edition).counts == {State.POSTED: READERS}
        assert exim.taken == READERS


@pytest.mark.parametrize(
    ("rule", "stand"),
    [
        (UNKNOWN, {Standing.ACTIVE: 100}),
        (NUMBERED, {Standing.ACTIVE: 89, Standing.BOUNCED: 11}),
    ],
)
def test_unknown_users_are_told_apart_and_its_hanging_up_costs_nothing(tmp_path, rule, stand):
    with running(rule) as exim:
        config, edition, _ = begun(tmp_path / "house", exim.port, 100)
        sent = act(send_edition, config, edition)
        # reader1 and reader10 to reader19.
        assert sent.counts == {State.POSTED: 89, State.BOUNCED: 11}
        assert (sent.doubtful, exim.taken) == (0, 89)
    assert standings(config) == stand


def test_a_relay_that_wants_nothing_now_leaves_every_letter_deferred(tmp_path):
    with running(NOT_NOW) as exim:
        config, edition, _ = begun(tmp_path / "house", exim.port, READERS)
        sent = act(send_edition, config, edition)
    assert sent.counts == {State.DEFERRED: READERS}
    assert sent.doubtful == 0


def test_a_session_that_is_full_is_followed_by_another(tmp_path):
    with running(more="smtp_accept_max_per_connection = 7\n") as exim:
        config, edition, _ = begun(tmp_path / "house", exim.port, READERS)
        sent = act(send_edition, config, edition)
        assert sent.counts == {State.POSTED: READERS}
        assert (sent.doubtful, exim.taken) == (0, READERS)
