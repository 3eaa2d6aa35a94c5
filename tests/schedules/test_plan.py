"""Catching up: one edition a slot, never two late ones, whatever the clock and the desk do."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from briefing.schedules import Schedule, decide

START = datetime(2026, 3, 20, tzinfo=UTC)
SPANS = st.integers(0, 4 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
DAILY = Schedule.daily("06:30", "mon-sun", "Europe/London")


def names(slots):
    return [due.slot[:10] for due in slots]


def plan(hour, latest_minutes):
    now = START + timedelta(days=10, hours=hour)
    lead = timedelta(hours=1)
    return decide(
        DAILY.between(now - timedelta(days=3), now + lead), now, timedelta(minutes=latest_minutes)
    )


def test_before_its_hour_a_slot_is_worked_on_and_those_of_the_days_before_are_missed():
    found = plan(5, 120)
    assert names(found.work) == ["2026-03-30"]
    assert names(found.missed) == ["2026-03-27", "2026-03-28", "2026-03-29"]


def test_three_missed_days_give_one_late_edition_inside_the_limit_and_none_outside():
    assert names(plan(7, 120).work) == ["2026-03-30"]
    assert names(plan(8, 120).work) == []
    assert len(plan(8, 120).missed) == 3


def test_two_slots_inside_the_limit_give_one_late_edition():
    # The clocks go forward in the night before the 29th: 23 hours lie between the two.
    later = datetime(2026, 3, 29, 5, 30, tzinfo=UTC)
    slots = list(DAILY.between(later - timedelta(hours=23, minutes=1), later))
    found = decide(slots, later, timedelta(hours=23))
    assert (names(found.work), names(found.missed)) == (["2026-03-29"], ["2026-03-28"])


@given(st.sets(st.integers(0, 9 * 24 * 60), max_size=9), SPANS, SPANS)
def test_every_slot_is_worked_on_or_missed_and_at_most_one_is_late(starts, elapsed, latest):
    days = {START + timedelta(minutes=minutes) for minutes in starts}
    slots = [next(DAILY.between(day, day + timedelta(days=2))) for day in days]
    now = START + elapsed
    found = decide(slots, now, latest)
    assert sorted((*found.work, *found.missed), key=str) == sorted(set(slots), key=str)
    late = [due for due in found.work if due.at <= now]
    assert len(late) <= 1
    assert all(now - due.at <= latest for due in late)
    assert all(due.at <= now for due in found.missed)


class PlannedDays(RuleBasedStateMachine):
    """A table of slots with several desks before it, all with one clock that may be set."""

    @initialize(
        zone=st.sampled_from(["Europe/London", "America/New_York", "Africa/Cairo", "UTC"]),
        at=st.sampled_from(["00:00", "01:30", "06:30", "23:30"]),
        latest=st.integers(1, 1_380),
        lead=st.integers(0, 1_380),
    )
    def open(self, zone, at, latest, lead):
        self.schedule = Schedule.daily(at, "mon-sun", zone)
        self.latest, self.lead = timedelta(minutes=latest), timedelta(minutes=lead)
        self.now = START
        self.table: dict[str, str] = {}
        self.sent: list[str] = []
        self.seen: list = []

    def read(self):
        since = max(
            (due.at for due in self.seen if due.slot in self.table and due.at <= self.now),
            default=START,
        )
        slots = set(self.schedule.between(since, self.now + self.lead))
        slots |= {due for due in self.seen if self.table.get(due.slot) == "drafted"}
        waiting = [due for due in slots if self.table.get(due.slot) in (None, "drafted")]
        return decide(waiting, self.now, self.latest)

    def drafted(self):
        return {slot for slot, state in self.table.items() if state == "drafted"}

    def act(self, found):
        late = 0
        for due in found.missed:
            self.seen.append(due)
            self.table[due.slot] = "missed"
        for due in found.work:
            self.seen.append(due)
            if self.table.get(due.slot) in (None, "drafted"):
                self.table[due.slot] = "drafted"
                if due.at <= self.now:
                    self.table[due.slot] = "sent"
                    self.sent.append(due.slot)
                    late += 1
        assert late <= 1

    @rule(span=SPANS)
    def some_time_passes_with_nobody_there(self, span):
        self.now += span

    @rule(looks=st.integers(1, 60))
    def a_desk_looks_often(self, looks):
        step = min(timedelta(minutes=20), self.latest)
        self.act(self.read())
        known, began = set(self.table) - self.drafted(), self.now
        for _ in range(looks):
            self.now += step
            self.act(self.read())
        came = {due.slot for due in self.schedule.between(began, self.now)}
        assert came - known <= set(self.sent), "a desk was there and a slot was not sent"

    @rule(span=SPANS)
    def the_clock_is_set_back(self, span):
        self.now = max(START, self.now - span)

    @rule()
    def two_desks_look_at_once(self):
        first, second = self.read(), self.read()
        self.act(first)
        self.act(second)

    @invariant()
    def nothing_is_sent_twice(self):
        assert len(set(getattr(self, "sent", []))) == len(getattr(self, "sent", []))


TestHouse = PlannedDays.TestCase
TestHouse.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
