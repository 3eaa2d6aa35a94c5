"""A failover to a standby that lagged, with real streaming replication: what it forgot is found."""

import json
from collections import Counter
from contextlib import ExitStack

import pytest
from tests.desks import act
from tests.faults.workers import Way, begun, start
from tests.served import wait_for
from tests.servers.postgresql import Missing, following, running

from briefing.actions.context import open_desk
from briefing.actions.sending.send import retry, send_edition
from briefing.actions.sending.steer_mailing import steer
from briefing.errors import SendError, StoreError
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus

READERS = 300


class Pair:
    """A primary and what follows it, behind one address that always names whoever writes."""

    def __init__(self, folder, stack):
        self.stack, self.address = stack, folder / "server"
        try:
            self.primary = stack.enter_context(running())
        except Missing as why:
            pytest.skip(f"no PostgreSQL: {why}")
        self.primary.command("CREATE DATABASE desk")
        self._name()
        self.url = f"postgresql+psycopg://briefing@/desk?host={self.address}"

    def _name(self):
        self.address.unlink(missing_ok=True)
        self.address.symlink_to(self.primary.folder)

    def follow(self):
        """A standby that receives what the primary writes, until it lags."""
        self.standby = self.stack.enter_context(following(self.primary))

    def fail_over(self):
        self.primary.stop()
        self.standby.promote()
        self.primary = self.standby
        self._name()


@pytest.fixture
def pair(tmp_path):
    with ExitStack() as stack:
        yield Pair(tmp_path, stack)


def letters(log):
    return Counter(json.loads(line)["recipient"] for line in log.read_text().splitlines())


def standing(config, edition):
    with open_desk(config) as desk:
        mailing = desk.store.mailings.get(edition)
        return mailing, desk.store.ledger(mailing.number).counts()


def test_what_a_failover_forgot_pauses_waits_in_doubt_and_costs_nobody_a_third_letter(
    pair, tmp_path
):
    slow = {"BRIEFING_SEND__SMTP__RATE": "40/s"}
    with begun(tmp_path, pair.url, Way(READERS, 0, "hold"), {}, slow) as mailing:
        fails_over_under_a_worker(pair, *mailing)
        config, *others = mailing
        goes_on(at_full_speed(config), *others)
        is_sent_again_and_forgotten_again(pair, at_full_speed(config), *others)


def at_full_speed(config):
    """The letters were to be slow so that the failover comes among them; the rest need not be."""
    smtp = config.send.smtp.model_copy(update={"rate": None})
    send = config.send.model_copy(update={"smtp": smtp})
    return config.model_copy(update={"send": send})


def fails_over_under_a_worker(pair, config, edition, log):
    pair.follow()
    worker = start(config)
    try:
        wait_for(lambda: sum(letters(log).values()) >= 40)
        pair.standby.lag()
        known = sum(letters(log).values())
        wait_for(lambda: sum(letters(log).values()) >= known + 60)
        pair.fail_over()
        mailing = wait_for(lambda: paused(config, edition))
    finally:
        worker.kill()
        worker.join()
    assert "failed over" in mailing.reason
    first = letters(log)
    assert set(first.values()) == {1}
    with open_desk(config) as desk:
        rows = {row.email: row for row in desk.store.ledger(mailing.number).rows()}
    forgotten = [rows[email].state for email in first if rows[email].state is not State.POSTED]
    assert len(forgotten) >= 50
    # What was on the wire when the server died is in doubt when its lease is over.
    assert set(forgotten) <= {State.IN_DOUBT, State.POSTING}


def goes_on(config, edition, log):
    act(steer, config, edition, MailingStatus.SENDING, "")
    wait_for(lambda: act(send_edition, config, edition).is_done)
    assert set(letters(log).values()) == {1}
    counts = standing(config, edition)[1]
    assert counts[State.IN_DOUBT] >= 50
    assert len(letters(log)) + counts[State.IN_DOUBT] >= READERS


def is_sent_again_and_forgotten_again(pair, config, edition, log):
    """A person sends what is in doubt a second time, and the next failover forgets that too."""
    pair.follow()
    pair.standby.lag()
    assert act(retry, config, edition, in_doubt=True).counts == {State.POSTED: READERS}
    assert len(letters(log)) == READERS
    assert set(letters(log).values()) == {1, 2}
    pair.fail_over()
    with pytest.raises(SendError, match="failed over"):
        act(retry, config, edition, in_doubt=True)
    act(steer, config, edition, MailingStatus.SENDING, "")
    act(retry, config, edition, in_doubt=True)
    assert max(letters(log).values()) == 2
    assert standing(config, edition)[1] == {State.POSTED: READERS}


def paused(config, edition):
    try:
        mailing, _ = standing(config, edition)
    except StoreError:  # nobody is primary for a moment
        return None
    return mailing if mailing.status is MailingStatus.PAUSED else None
