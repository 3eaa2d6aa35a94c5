"""A real OpenSMTPD as the relay: it offers no pipelining, and says 452 at the 101st letter of a session.

Opt-in: `BRIEFING_TEST_OPENSMTPD=1 .venv/bin/pytest tests/faults/test_opensmtpd.py`, as root, with Debian's
package opensmtpd.
"""

import os

import pytest
from tests.desks import act
from tests.servers.opensmtpd import running, tool
from tests.servers.sending import begun

from briefing.actions.context import open_desk
from briefing.actions.sending.send import send_edition
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing

READERS = 250

pytestmark = pytest.mark.skipif(
    not (os.environ.get("BRIEFING_TEST_OPENSMTPD") and tool()),
    reason="opt-in: BRIEFING_TEST_OPENSMTPD=1, and Debian's package opensmtpd",
)


def standings(config):
    with open_desk(config) as desk:
        return desk.store.subscribers.counts("readers")


def test_more_letters_than_a_session_takes_all_leave_at_once(tmp_path):
    with running(tmp_path) as relay:
        one = {"BRIEFING_SEND__SMTP__CONNECTIONS": "1"}
        config, edition, _ = begun(tmp_path / "house", relay.port, READERS, **one)
        sent = act(send_edition, config, edition)
        assert (sent.counts, sent.doubtful) == ({State.POSTED: READERS}, 0)
        assert relay.taken == READERS


def test_unknown_users_are_told_apart_and_nobody_is_dropped_on_the_word_of_it(tmp_path):
    """Its word for whom its table does not know is "524 5.2.4 Mailing list expansion problem"."""
    known = [f"reader{number}" for number in range(200) if number % 20 != 7]
    with running(tmp_path, names=known) as relay:
        config, edition, _ = begun(tmp_path / "house", relay.port, 200)
        sent = act(send_edition, config, edition)
        assert sent.counts == {State.POSTED: 190, State.BOUNCED: 10}, sent.stopped
        assert (sent.doubtful, relay.taken) == (0, 190)
    assert standings(config) == {Standing.ACTIVE: 200}


def test_a_relay_without_a_rule_for_us_pauses_and_costs_no_reader(tmp_path):
    with running(tmp_path, "other.example") as relay:
        config, edition, _ = begun(tmp_path / "house", relay.port, 100)
        sent = act(send_edition, config, edition)
    assert sent.status is MailingStatus.PAUSED
    assert "Invalid recipient" in sent.stopped
    assert sent.counts.get(State.BOUNCED, 0) == 0
    assert standings(config) == {Standing.ACTIVE: 100}
