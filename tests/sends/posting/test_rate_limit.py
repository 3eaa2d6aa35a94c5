"""The pace of letters, over tokens in a real database."""

import time
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sends.posting.memory import MemoryLedger, Way, posted, readers, run

from briefing.model.delivery import Delivery, State
from briefing.model.limit import STEP, Rate
from briefing.model.subscriber import Subscriber
from briefing.sends.posting.rate_limit import RateLimiter, WarmUp
from briefing.store import open_store
from briefing.store.deliveries.rate_limits import Tokens

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC).timestamp()
MIDNIGHT = datetime(2026, 12, 2, tzinfo=UTC).timestamp()
GROUPS = {"google": ("gmail.example", "googlemail.example")}


@contextmanager
def opened(folder):
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    store = open_store(
        f"sqlite:///{folder}/desk.db",
        book=folder / "departures.log",
        backups=folder,
        key=b"k" * 32,
        now=moment,
    )
    try:
        yield Tokens(store.database)
    finally:
        store.close()


@pytest.fixture
def tokens(tmp_path):
    with opened(tmp_path) as those:
        yield those


class Noting(RateLimiter):
    """A pace that remembers when letters left."""

    def __init__(self, *limits, **more):
        super().__init__(*limits, **more)
        self.left = []

    def leaves(self, domain, now):
        self.left.append((now, domain))
        super().leaves(domain, now)


def deferred(detail, status=""):
    return Delivery(recipient="", state=State.DEFERRED, detail=detail, status=status)


GONE = Delivery(recipient="", state=State.POSTED)


@given(st.integers(1, 30), st.lists(st.floats(0.0, 0.004), min_size=60, max_size=60))
@settings(max_examples=10, deadline=None)
def test_no_window_holds_more_letters_than_the_rate_allows(count, delays):
    with TemporaryDirectory() as folder, opened(Path(folder)) as tokens:
        limiter, now, times = RateLimiter(tokens, Rate(count, 0.2)), NOON, []
        for delay in delays:
            while (wait := limiter.wait("mail.example", now)) > 0:
                now += wait
            limiter.hold("mail.example", now)
            now += delay  # the letter is written, the intent committed
            limiter.leaves("mail.example", now)
            times.append(now)
    assert all(later - earlier >= 0.2 for earlier, later in zip(times, times[count:], strict=False))


def test_one_slow_domain_does_not_hold_up_the_others(tokens):
    slow = [Subscriber(id=n, email=f"s{n}@slow.example", ref=f"{n:016x}") for n in range(1, 7)]
    fast = [Subscriber(id=n, email=f"f{n}@fast.example", ref=f"{n:016x}") for n in range(7, 40)]
    limiter = Noting(tokens, domains={"slow.example": Rate(2, 0.1)})
    ledger = MemoryLedger([*slow, *fast])
    run(ledger, Way(posted, connections=2), clock=time.time, limiter=limiter, began=time.time())
    order = [domain for _, domain in limiter.left]
    assert len(order) == 39
    assert order[-1] == "slow.example"
    assert order[:20].count("fast.example") >= 15


def leave(limiter, domain, now=NOON):
    """Let a letter leave, if it may."""
    if limiter.wait(domain, now) > 0:
        return False
    limiter.hold(domain, now)
    limiter.leaves(domain, now)
    return True


def test_domains_of_one_group_share_a_limit_and_a_star_is_for_each_of_the_rest(tokens):
    limiter = RateLimiter(tokens, None, {"google": Rate(2, 60.0), "*": Rate(1, 60.0)}, GROUPS)
    assert [leave(limiter, name) for name in ("gmail.example", "googlemail.example")] == [
        True,
        True,
    ]
    assert not leave(limiter, "gmail.example")
    assert [leave(limiter, name) for name in ("a.example", "b.example")] == [True, True]
    assert not leave(limiter, "a.example")


def test_a_place_that_is_given_back_is_somebody_elses(tokens):
    limiter = RateLimiter(tokens, Rate(1, 60.0))
    assert limiter.wait("a.example", NOON) == 0
    limiter.hold("a.example", NOON)
    assert limiter.wait("b.example", NOON) > 0
    limiter.release("a.example", NOON)
    assert limiter.wait("b.example", NOON) == 0


@pytest.mark.parametrize(
    ("said", "slowed"),
    [
        (deferred("421 4.3.2 too busy", "4.3.2"), "relay"),
        (deferred("454 Throttling failure: maximum sending rate exceeded", "4.6.0"), "relay"),
        (deferred("450 4.7.28 unusual rate of mail", "4.7.28"), "google"),
        (deferred("452 4.2.2 mailbox full", "4.2.2"), None),
        (GONE, None),
    ],
)
def test_who_asks_for_less_gets_less(tokens, said, slowed):
    limiter = RateLimiter(tokens, Rate(40, 60.0), {"google": Rate(40, 60.0)}, GROUPS)
    leave(limiter, "gmail.example")
    for _ in range(3):
        limiter.heard("gmail.example", said, NOON)
    assert tokens.slowed() == (((slowed, 0.5),) if slowed else ())


def test_where_only_the_relay_has_a_limit_a_hosts_complaint_slows_the_relay(tokens):
    limiter = RateLimiter(tokens, Rate(40, 60.0))
    limiter.heard("a.example", deferred("450 4.7.28 unusual rate of mail", "4.7.28"), NOON)
    assert tokens.slowed() == (("relay", 0.5),)


def test_a_relay_that_turns_us_away_gets_less(tokens):
    RateLimiter(tokens, Rate(40, 60.0)).turned_away(NOON)
    assert tokens.slowed() == (("relay", 0.5),)


def test_letters_that_are_taken_bring_the_limit_back_step_by_step(tokens):
    limiter, now = RateLimiter(tokens, Rate(40, 1.0)), NOON
    limiter.heard("a.example", deferred("421 later", "4.0.0"), now)
    shares = []
    for _ in range(12):
        now += STEP
        assert leave(limiter, "a.example", now)
        limiter.heard("a.example", GONE, now)
        shares += [share for _, share in tokens.slowed()]
    assert shares == pytest.approx([0.5 + 0.05 * step for step in range(1, 10)])
    assert tokens.slowed() == ()


def warm(tokens, plan=(3, 5)):
    return RateLimiter(
        tokens, groups=GROUPS, warm_up=WarmUp(begins=date(2026, 12, 1), letters=plan)
    )


def test_while_nobody_knows_the_sender_so_many_letters_leave_a_day_and_the_rest_waits(tokens):
    ledger, way = MemoryLedger(readers(10, "gmail.example")), Way(posted)
    run(ledger, way, clock=lambda: NOON, limiter=warm(tokens), began=NOON)
    assert len(way.sent) == 3
    assert len(ledger.waiting) == 7
    assert set(ledger.waiting.values()) == {
        (MIDNIGHT, "warm-up 2026-12-01 google: 3 letters have left today")
    }


def test_each_group_warms_up_for_itself_and_all_others_together(tokens):
    limiter = warm(tokens)
    domains = ["gmail.example", "googlemail.example", "gmail.example", "gmail.example"]
    domains += [f"host{number}.example" for number in range(4)]
    left = [limiter.closed(domain, NOON) is None and leave(limiter, domain) for domain in domains]
    assert left == [True, True, True, False, True, True, True, False]


def test_the_second_day_has_more_and_after_the_last_there_is_no_limit(tokens):
    for days, count in ((0, 3), (1, 5), (2, 20), (-1, 20)):
        limiter, now = warm(tokens), NOON + days * 86_400
        left = [
            limiter.closed("gmail.example", now) is None and leave(limiter, "gmail.example", now)
            for _ in range(20)
        ]
        assert sum(left) == count


@pytest.mark.parametrize("written", ["0/s", "5", "5/year", "-1/s", "x/s", ""])
def test_a_rate_that_is_none_is_refused(written):
    with pytest.raises(ValueError, match="is not a rate"):
        Rate.parse(written)
