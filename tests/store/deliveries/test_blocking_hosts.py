"""A host that refuses everybody blocks us; who has no mailbox is refused alone."""

import pytest

from briefing.model.delivery import Bounce, State
from briefing.model.reason import Reason
from briefing.model.subscriber import Standing

DAY = 86_400.0


@pytest.fixture
def host(house):
    """Eight readers of one host."""
    house.add(*(f"reader{number}@block.example" for number in range(8)))
    return [house.reader(f"reader{number}@block.example").id for number in range(8)]


@pytest.fixture
def sending(house, became):
    """A mailing that the relay took whole; its number."""

    def send(edition, readers):
        mailing = house.begin(edition)
        ledger = house.store.ledger(mailing.number)
        ledger.commit(readers, [], 1.0)
        ledger.commit([], [became(reader, State.POSTED) for reader in readers], 1.0)
        return mailing.number

    return send


@pytest.fixture
def said(house):
    """A host says something of a reader in a report."""

    def report(reader, mailing, *, day=0.0, kind=Bounce.HARD, reason=Reason.MAILBOX_UNKNOWN):
        house.store.bounces.reported(
            f"{reader} {mailing}".encode(),
            reader=reader,
            mailing=mailing,
            kind=kind,
            status="5.1.1",
            detail="550 no",
            reason=reason,
            now=house.now + day * DAY,
        )

    return report


def standing(house, number):
    return house.reader(f"reader{number}@block.example").standing


def given_back(house, mailing, day=0.0):
    found = house.store.bounces.give_back_where_all_were_refused(
        mailing, now=house.now + day * DAY + 1
    )
    return [(one.domain, one.refused, one.given_back) for one in found]


def test_a_host_that_calls_all_its_mailboxes_unknown_costs_nobody_their_list(
    house, host, sending, said
):
    mailing = sending("first", host)
    for reader in host:
        said(reader, mailing)
    assert standing(house, 0) is Standing.BOUNCED
    assert given_back(house, mailing) == [("block.example", 8, 8)]
    assert {standing(house, number) for number in range(8)} == {Standing.ACTIVE}
    assert given_back(house, mailing) == []


def test_where_others_of_the_host_got_their_letter_the_dead_stay_dead(house, host, sending, said):
    mailing = sending("first", host)
    for reader in host[:6]:
        said(reader, mailing)
    assert given_back(house, mailing) == []
    assert standing(house, 0) is Standing.BOUNCED


def test_of_a_few_mailboxes_of_a_host_all_may_be_dead(house, host, sending, said):
    mailing = sending("first", host[:4])
    for reader in host[:4]:
        said(reader, mailing)
    assert given_back(house, mailing) == []
    assert standing(house, 0) is Standing.BOUNCED


def test_a_host_that_refuses_all_for_a_week_is_believed(house, host, sending, said):
    for number, day in enumerate((0, 4)):
        mailing = sending(f"edition-{number}", host)
        for reader in host:
            said(reader, mailing, day=day)
        assert given_back(house, mailing, day) == [("block.example", 8, 8)]
    mailing = sending("last", host)
    for reader in host:
        said(reader, mailing, day=8)
    assert given_back(house, mailing, 8) == []
    assert standing(house, 7) is Standing.BOUNCED


@pytest.mark.parametrize(("refused", "becomes"), [(8, Standing.ACTIVE), (3, Standing.BOUNCED)])
def test_what_nobody_understands_counts_only_where_the_host_took_others(
    house, host, sending, said, refused, becomes
):
    for number, day in enumerate((0, 4, 8)):
        mailing = sending(f"edition-{number}", host)
        for reader in host[:refused]:
            said(reader, mailing, day=day, kind=Bounce.SOFT, reason=Reason.UNKNOWN)
    assert standing(house, 0) is becomes


def test_the_only_reader_of_a_host_is_not_dropped_for_words_that_nobody_understands(
    house, host, sending, said
):
    for number, day in enumerate((0, 4, 8, 12)):
        mailing = sending(f"edition-{number}", host[:1])
        said(host[0], mailing, day=day, kind=Bounce.SOFT, reason=Reason.UNKNOWN)
    assert standing(house, 0) is Standing.ACTIVE
