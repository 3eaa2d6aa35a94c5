"""A real mail server: every letter goes through Postfix into a mailbox and is read back.

Opt-in: `BRIEFING_TEST_POSTFIX=1 .venv/bin/pytest tests/faults/test_postfix.py`, as root, with
Debian's package postfix. It starts an instance of its own, on loopback, with its own folders.
"""

import email
import email.policy
import multiprocessing
import os
import time
from collections import Counter

import pytest
from tests.desks import act
from tests.servers.postfix import running, tool
from tests.servers.sending import begun

from briefing.actions.context import open_desk
from briefing.actions.sending.send import send_edition
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing

READERS = 300
#: Readers of the sender that is killed, and how often it is.
KILLED, KILLS = 3_000, 12

#: reader1 and reader10 to reader19 are not there.
UNKNOWN = "virtual_mailbox_maps = regexp:{{!/^reader1/ all/}}\n"
#: Limits spare those whom it relays for, but here.
COUNTS_US = "smtpd_client_event_limit_exceptions =\n"

pytestmark = pytest.mark.skipif(
    not (os.environ.get("BRIEFING_TEST_POSTFIX") and tool("postfix")),
    reason="opt-in: BRIEFING_TEST_POSTFIX=1, and Debian's package postfix",
)


@pytest.fixture
def postfix():
    """An instance of Postfix."""
    with running() as server:
        yield server


def arrived(box, count):
    """The letters in the mailbox, once they are all there."""
    patience = time.monotonic() + 60
    while len(list((box / "new").glob("*"))) < count and time.monotonic() < patience:
        time.sleep(0.1)
    return [
        email.message_from_bytes(one.read_bytes(), policy=email.policy.default)
        for one in (box / "new").iterdir()
    ]


def test_every_letter_arrives_in_the_mailbox_whole(postfix, tmp_path):
    config, edition, rendered = begun(tmp_path / "house", postfix.port, READERS)
    sent = act(send_edition, config, edition)
    assert sent.counts == {State.POSTED: READERS}
    letters = arrived(postfix.box, READERS)
    assert {str(letter["To"].addresses[0].addr_spec) for letter in letters} == {
        f"reader{number}@example.net" for number in range(READERS)
    }
    assert {letter["Subject"] for letter in letters} == {rendered.email.subject}
    assert len({letter["Message-ID"] for letter in letters}) == READERS
    assert all("bounces+" in letter["Return-Path"] for letter in letters)
    for letter in letters:
        for kind in ("plain", "html"):
            assert "BRF" not in letter.get_body((kind,)).get_content()


def standings(config):
    with open_desk(config) as desk:
        return desk.store.subscribers.counts("readers")


def test_unknown_users_are_told_apart_and_its_hanging_up_costs_nothing(tmp_path):
    """After so many errors in a session Postfix hangs up; of itself after 20."""
    with running(UNKNOWN + "smtpd_hard_error_limit = 3\n") as server:
        config, edition, _ = begun(tmp_path / "house", server.port, 100)
        sent = act(send_edition, config, edition)
        assert sent.counts == {State.POSTED: 89, State.BOUNCED: 11}, sent.stopped
        assert sent.doubtful == 0
        assert len(arrived(server.box, 89)) == 89
    assert standings(config) == {Standing.ACTIVE: 89, Standing.BOUNCED: 11}


NOT_OURS = "mynetworks = 192.0.2.0/24\nvirtual_mailbox_domains = other.example\n"


def test_a_relay_that_does_not_know_us_pauses_and_costs_no_reader(tmp_path):
    with running(NOT_OURS + "smtpd_relay_restrictions = reject_unauth_destination\n") as server:
        config, edition, _ = begun(tmp_path / "house", server.port, 100)
        sent = act(send_edition, config, edition)
    assert sent.status is MailingStatus.PAUSED
    assert "Relay access denied" in sent.stopped
    assert State.BOUNCED not in sent.counts
    assert standings(config) == {Standing.ACTIVE: 100}


def test_a_relay_that_puts_us_off_as_postfix_does_by_itself_leaves_every_letter_deferred(tmp_path):
    with running(NOT_OURS) as server:
        config, edition, _ = begun(tmp_path / "house", server.port, 100)
        sent = act(send_edition, config, edition)
    assert (sent.counts, sent.doubtful) == ({State.DEFERRED: 100}, 0)
    assert standings(config) == {Standing.ACTIVE: 100}


@pytest.mark.parametrize(
    "limit",
    ["smtpd_client_message_rate_limit = 40\n", "smtpd_client_recipient_rate_limit = 40\n"],
)
def test_a_limit_of_letters_defers_the_rest_and_costs_no_reader(tmp_path, limit):
    with running(COUNTS_US + limit) as server:
        config, edition, _ = begun(tmp_path / "house", server.port, 100)
        sent = act(send_edition, config, edition)
    assert set(sent.counts) <= {State.POSTED, State.DEFERRED, State.PENDING}
    assert sent.counts[State.POSTED] == 40
    assert sent.doubtful == 0
    assert standings(config) == {Standing.ACTIVE: 100}


def test_a_limit_of_connections_leaves_the_letters_to_those_that_it_lets_in(tmp_path):
    with running(COUNTS_US + "smtpd_client_connection_count_limit = 1\n") as server:
        config, edition, _ = begun(tmp_path / "house", server.port, 100)
        sent = act(send_edition, config, edition)
    assert (sent.counts, sent.doubtful) == ({State.POSTED: 100}, 0), sent.stopped


def test_a_sender_killed_again_and_again_asks_the_log_and_nobody_gets_two(postfix, tmp_path):
    began = time.time()
    config, edition, _ = begun(
        tmp_path / "house",
        postfix.port,
        KILLED,
        BRIEFING_SEND__ON_DOUBT="hold",
        BRIEFING_SEND__RESOLVER__KIND="postfix",
        BRIEFING_SEND__RESOLVER__LOG=str(postfix.log),
    )
    # Of tries in a log's first two seconds it says nothing: clocks may differ by so much.
    while time.time() < began + 4:
        time.sleep(0.1)
    for kill in range(KILLS):
        sender = multiprocessing.get_context("fork").Process(
            target=act, args=(send_edition, config, edition)
        )
        sender.start()
        until = KILLED * (kill + 1) // (KILLS + 2)
        while sender.is_alive() and len(list((postfix.box / "new").glob("*"))) < until:
            time.sleep(0.001)
        sender.kill()
        sender.join()
    doubts = 0
    patience = time.monotonic() + 60
    while not (sent := act(send_edition, config, edition)).is_done:
        doubts = max(doubts, sent.doubtful)
        assert time.monotonic() < patience
        time.sleep(1.0)
    assert sent.counts == {State.POSTED: KILLED}
    assert sent.doubtful == 0
    assert doubts > 0
    got = Counter(
        str(letter["To"].addresses[0].addr_spec) for letter in arrived(postfix.box, KILLED)
    )
    assert len(got) == KILLED
    assert set(got.values()) == {1}
