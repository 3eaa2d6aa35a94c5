"""Whatever happens in whatever order, every selected reader is in exactly one state."""

import shutil
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from briefing.model.delivery import Bounce, Delivery, Outcome, State
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing
from briefing.store import ListRow, miscounted, open_store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EDITION = "staggers-2026-11-23"
READERS = 6
SOME = st.sets(st.integers(1, READERS), max_size=READERS).map(sorted)
OPEN = (State.PENDING, State.DEFERRED)
ENDS = st.sampled_from([State.POSTED, State.DEFERRED, State.BOUNCED, State.IN_DOUBT])


def opened(folder):
    return open_store(
        f"sqlite:///{folder}/desk.db",
        book=folder / "departures.log",
        backups=folder,
        key=b"k" * 32,
        now=NOW,
    )


@pytest.fixture(scope="module", autouse=True)
def frozen(tmp_path_factory):
    """A mailing to a few readers just begun, to be copied for every run."""
    folder = tmp_path_factory.mktemp("frozen")
    store = opened(folder)
    emails = [f"r{number}@example.org" for number in range(READERS)]
    entries = [ListRow(email=email, key=email) for email in emails]
    store.subscribers.add_many("readers", entries, cause="", actor="", now=1.0)
    email = Email(
        edition_id=EDITION,
        template="",
        subject="",
        preheader="",
        html="",
        text="",
        nonce="",
    )
    issue = Edition(id=EDITION, briefing="staggers", title="T", slot=NOW, items=())
    store.mailings.freeze(issue, email, "readers", 1.0)
    store.close()
    Sending.frozen = folder / "desk.db"


class Sending(RuleBasedStateMachine):
    frozen: Path

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        for name in ("desk.db", "departures.log"):
            shutil.copy(self.frozen.with_name(name), self.folder / name)
        self.store = opened(self.folder)
        self.ledgers = [self.store.ledger(1), self.store.ledger(1)]
        self.states = dict.fromkeys(range(1, READERS + 1), State.PENDING)
        self.standings = dict.fromkeys(self.states, Standing.ACTIVE)
        self.doubtful, self.status, self.now = set(), MailingStatus.SENDING, 10.0

    def teardown(self):
        self.store.close()
        shutil.rmtree(self.folder)

    @rule(readers=SOME, ended=st.dictionaries(st.integers(1, READERS), ENDS), by=st.integers(0, 1))
    def commit(self, readers, ended, by):
        self.now += 1
        outcomes = [self.outcome(reader, state) for reader, state in ended.items()]
        granted = self.ledgers[by].commit(readers, outcomes, self.now)
        for reader, state in ended.items():
            if self.states[reader] is State.POSTING:
                self.ends(reader, state)
        if not readers:
            assert granted == frozenset()
        elif self.status is not MailingStatus.SENDING:
            assert granted is None
        else:
            assert granted == self.claimed(readers)

    def outcome(self, reader, state):
        bounced = self.states[reader] is State.POSTING and state is State.BOUNCED
        return Outcome(
            reader=reader,
            delivery=Delivery(recipient="", state=state, status="5.1.1"),
            due=self.now if state is State.DEFERRED else None,
            doubtful=state is State.IN_DOUBT,
            bounce=Bounce.HARD if bounced else None,
        )

    def ends(self, reader, state):
        self.states[reader] = state
        if state is State.IN_DOUBT:
            self.doubtful.add(reader)
        if state is State.BOUNCED and self.standings[reader] is not Standing.UNSUBSCRIBED:
            self.standings[reader] = Standing.BOUNCED

    def claimed(self, readers):
        asked = [reader for reader in readers if self.states[reader] in OPEN]
        for reader in asked:
            stays = self.standings[reader] is Standing.ACTIVE
            self.states[reader] = State.POSTING if stays else State.SKIPPED
        return frozenset(reader for reader in asked if self.states[reader] is State.POSTING)

    @rule(resend=st.booleans())
    def recover(self, resend):
        lost = [reader for reader, state in self.states.items() if state is State.POSTING]
        assert self.ledgers[0].recover(self.now if resend else None) == len(lost)
        for reader in lost:
            self.states[reader] = State.DEFERRED if resend else State.IN_DOUBT
        self.doubtful |= {*lost}

    @rule(states=st.sets(st.sampled_from([State.DEFERRED, State.IN_DOUBT])).map(tuple))
    def retry(self, states):
        again = [reader for reader, state in self.states.items() if state in states]
        assert self.ledgers[0].retry(self.now, states) == len(again)
        for reader in again:
            self.states[reader] = State.DEFERRED

    @rule(
        reader=st.integers(1, READERS), to=st.sampled_from([Standing.UNSUBSCRIBED, Standing.ACTIVE])
    )
    def leaves_or_comes_back(self, reader, to):
        self.now += 1
        self.store.subscribers.change(reader, to, cause="", actor="", now=self.now)
        self.standings[reader] = to

    @rule(to=st.sampled_from([MailingStatus.PAUSED, MailingStatus.SENDING]))
    def pauses_or_goes_on(self, to):
        self.store.mailings.turn(EDITION, to)
        self.status = to

    @rule()
    def the_process_starts_anew(self):
        self.store.close()

    @invariant()
    def everyone_is_in_exactly_the_state_expected(self):
        counts = self.ledgers[1].counts()
        assert sum(counts.values()) == READERS
        assert counts == Counter(self.states.values())
        assert self.ledgers[0].doubtful() == len(self.doubtful)
        with self.store.database.read() as connection:
            assert miscounted(connection) == ()
        pending = [reader for reader, state in self.states.items() if state is State.PENDING]
        assert [turn.reader.id for turn in self.ledgers[0].pending(0, 99)] == pending


class TestSending(Sending.TestCase):
    settings = settings(
        max_examples=settings.default.max_examples // 2, stateful_step_count=30, deadline=None
    )
