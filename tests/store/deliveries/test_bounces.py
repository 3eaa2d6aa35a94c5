"""When an address gets no more letters, and when it still does."""

import pytest
from tests.store.conftest import opened

from briefing.errors import StoreError
from briefing.model.delivery import Bounce, State
from briefing.model.reason import Reason
from briefing.model.subscriber import Standing
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


def test_what_was_written_down_before_counts_later_and_what_is_open_again_is_tried(
    house, ada, became
):
    house.add("bob@example.org")
    bob = house.reader("bob@example.org").id
    ledger = house.ledger()
    ledger.commit([ada, bob], [], house.now)
    words = "550 5.1.1 <ada@example.org>: no such user"
    refused = [became(one, State.BOUNCED, detail=words, status="5.1.1") for one in (ada, bob)]
    ledger.commit([], refused, house.now)
    assert standing(house) is Standing.ACTIVE
    proven = refused[0]._replace(bounce=Bounce.HARD, reason=Reason.MAILBOX_UNKNOWN)
    ledger.count([proven], house.now)
    assert standing(house) is standing(house, "other") is Standing.BOUNCED
    ledger.reopen([bob], house.now + 5, "kept open")
    assert ledger.counts() == {State.BOUNCED: 1, State.DEFERRED: 1}
    rows = {row.email: row for row in ledger.rows()}
    assert (rows["ada@example.org"].reason, rows["ada@example.org"].returned) == (
        "mailbox unknown",
        words,
    )
    assert (rows["bob@example.org"].reason, rows["bob@example.org"].due) == ("", house.now + 5)
    (line,) = house.store.audit_log.newest(edition="staggers-2026-11-23")
    assert (line.verb, line.actor) == ("drop reader", "mailbox")
    assert "mailbox unknown" in line.detail
    assert "<(the reader)>: no such user" in line.detail
    assert "ada@" not in line.detail


def test_a_bad_day_is_taken_back_and_nothing_else_with_it(house, ada, bounce, became):
    house.add("bob@example.org", "cy@example.org", "di@example.org")
    bob, cy, di = (house.reader(f"{name}@example.org").id for name in ("bob", "cy", "di"))
    house.change(ada, Standing.PAUSED)
    good, bad = posted(house, became, "good", ada), posted(house, became, "bad", ada)
    bounce(ada, Bounce.HARD, day=1, mailing=bad)
    bounce(bob, Bounce.HARD, day=1, mailing=good)
    bounce(cy, Bounce.COMPLAINT, day=1, mailing=bad)
    bounce(di, Bounce.HARD, day=1, mailing=bad)
    house.change(di, Standing.UNSUBSCRIBED)
    later = house.now + 2 * 86_400
    asked = {"actor": "ops", "now": later}
    found = house.store.bounces.undo(bad, **asked, dry=True)
    assert [(one.email, one.list) for one in found] == [
        ("ada@example.org", "readers"),
        ("ada@example.org", "other"),
    ]
    assert standing(house) is Standing.BOUNCED
    assert house.store.bounces.undo(bad, **asked, dry=False) == found
    assert standing(house) is Standing.PAUSED
    assert standing(house, "other") is Standing.ACTIVE
    assert house.add("ada@example.org", to="third") == [Added.NEW]
    still = [house.reader(f"{name}@example.org").standing for name in ("bob", "cy", "di")]
    assert still == [Standing.BOUNCED, Standing.COMPLAINED, Standing.UNSUBSCRIBED]
    assert house.store.bounces.undo(bad, **asked, dry=False) == []
    # What was taken back counts no more, and the next one does.
    bounce(ada, Bounce.SOFT, day=3, mailing=bad)
    assert standing(house) is Standing.PAUSED


def together(house, readers):
    with house.store.bounces.together() as note:
        for reader in readers:
            note(
                f"report {reader}".encode(),
                reader=reader,
                mailing=None,
                kind=Bounce.HARD,
                status="5.1.1",
                detail="said the mailbox",
                now=house.now,
            )


def test_many_reports_wait_for_the_disk_once_and_the_book_has_all_of_them(house, monkeypatch):
    readers, waits = house.fill(5), []
    monkeypatch.setattr("os.fdatasync", waits.append)
    together(house, readers)
    assert len(waits) == 1
    assert house.store.subscribers.counts("readers") == {Standing.BOUNCED: 5}
    house.store.close()
    again = opened(house.url, house.folder)
    assert not again.departures.is_behind
    again.close()
    # A line for the reader, and one for the address.
    assert (house.folder / "departures.log").read_text().count("bounced") == 10


def test_should_one_of_many_reports_fail_none_counts(house):
    readers = house.fill(3)
    with pytest.raises(StoreError):
        together(house, [*readers, 9_999])
    assert house.store.subscribers.counts("readers") == {Standing.ACTIVE: 3}
    assert "bounced" not in (house.folder / "departures.log").read_text()
