"""When an address gets no more letters, and when it still does."""

import pytest

from briefing.model.delivery import Bounce, State
from briefing.model.subscriber import Standing
from briefing.sends.transports.smtp_replies import bounce_of
from briefing.store import Added


@pytest.fixture
def ada(house):
    house.add("ada@example.org")
    house.add("ada@example.org", to="other")
    return house.reader("ada@example.org").id


def standing(house, on="readers"):
    return house.reader("ada@example.org", on).standing


def posted(house, became, edition, reader):
    """A mailing of which this reader's letter got through; its number."""
    mailing = house.begin(edition)
    ledger = house.store.ledger(mailing.number)
    ledger.commit([reader], [], 1.0)
    ledger.commit([], [became(reader, State.POSTED)], 1.0)
    return mailing.number


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [(Bounce.HARD, Standing.BOUNCED), (Bounce.COMPLAINT, Standing.COMPLAINED)],
)
def test_one_hard_bounce_or_complaint_ends_it_on_every_list(house, ada, bounce, kind, becomes):
    assert bounce(ada, kind)
    assert standing(house) is standing(house, "other") is becomes
    change = house.store.subscribers.history(ada)[-1]
    assert (change.becomes, change.actor) == (becomes, "mailbox")
    assert change.cause.startswith(f"{kind}: ")
    assert house.add("ada@example.org", to="third") == [Added.OPTED_OUT]


def test_the_same_report_counts_once(house, ada, bounce):
    assert bounce(ada, Bounce.SOFT, text="report")
    for day in (4, 8, 12):
        assert not bounce(ada, Bounce.SOFT, text="report", day=day)
    assert standing(house) is Standing.ACTIVE


@pytest.mark.parametrize(
    ("days", "becomes"),
    [
        ((0, 8), Standing.ACTIVE),
        ((0, 1, 2), Standing.ACTIVE),
        ((0, 1, 6.9), Standing.ACTIVE),
        ((0, 1, 7), Standing.BOUNCED),
        ((0, 4, 8), Standing.BOUNCED),
        # A daily briefing: the last three alone never span a week.
        (range(8), Standing.BOUNCED),
    ],
)
def test_passing_refusals_count_three_in_a_row_over_seven_days(house, ada, bounce, days, becomes):
    for day in days:
        bounce(ada, Bounce.SOFT, day=day)
    assert standing(house) is becomes


def test_a_letter_that_got_through_in_between_begins_the_count_anew(house, ada, bounce, became):
    first = posted(house, became, "first", ada)
    second = posted(house, became, "second", ada)
    bounce(ada, Bounce.SOFT, day=0, mailing=first)
    bounce(ada, Bounce.SOFT, day=4, mailing=second)
    posted(house, became, "third", ada)
    fourth = posted(house, became, "fourth", ada)
    bounce(ada, Bounce.SOFT, day=8, mailing=fourth)
    assert standing(house) is Standing.ACTIVE
    fifth = posted(house, became, "fifth", ada)
    bounce(ada, Bounce.SOFT, day=12, mailing=fifth)
    sixth = posted(house, became, "sixth", ada)
    bounce(ada, Bounce.SOFT, day=16, mailing=sixth)
    assert standing(house) is Standing.BOUNCED


def test_a_letter_that_was_taken_and_came_back_did_not_get_through(house, ada, bounce, became):
    for number, day in enumerate((0, 4, 8)):
        mailing = posted(house, became, f"edition-{number}", ada)
        bounce(ada, Bounce.SOFT, day=day, mailing=mailing)
    assert standing(house) is Standing.BOUNCED


def test_what_was_before_a_reader_came_back_is_settled(house, ada, bounce):
    bounce(ada, Bounce.HARD)
    house.now += 1
    assert house.change(ada, Standing.ACTIVE)
    bounce(ada, Bounce.SOFT, day=1)
    assert standing(house) is Standing.ACTIVE
    bounce(ada, Bounce.HARD, day=2)
    assert standing(house) is Standing.BOUNCED


@pytest.mark.parametrize("left", [Standing.UNSUBSCRIBED, Standing.COMPLAINED])
def test_a_bounce_does_not_hide_that_a_reader_had_left(house, ada, bounce, left):
    house.change(ada, left)
    bounce(ada, Bounce.HARD)
    assert standing(house) is left


@pytest.mark.parametrize("kind", [Bounce.SOFT, None])
def test_a_relay_that_refuses_an_address_while_posting_is_a_report_too(house, ada, became, kind):
    ledger = house.ledger()
    ledger.commit([ada], [], house.now)
    refused = became(ada, State.BOUNCED, detail="550 5.1.1 no", status="5.1.1", bounce=kind)
    ledger.commit([], [refused], house.now)
    with house.store.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT kind, status FROM bounces").all()
    assert [tuple(row) for row in kept] == ([("soft", "5.1.1")] if kind else [])
    assert standing(house) is Standing.ACTIVE


@pytest.mark.parametrize("status", ["5.7.1", "5.7.26", "4.7.0", "5.3.4", "5.6.0"])
def test_a_refusal_for_policy_content_or_size_never_costs_a_reader_the_briefing(
    house, ada, became, status
):
    ledger = house.ledger()
    ledger.commit([ada], [], house.now)
    refused = became(ada, State.BOUNCED, status=status, bounce=bounce_of(status))
    ledger.commit([], [refused], house.now)
    assert standing(house) is Standing.ACTIVE
    assert ledger.counts() == {State.BOUNCED: 1}
