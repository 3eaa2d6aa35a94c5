"""A feed is due at once when its hub told of news, and only then, in SQLite and in PostgreSQL alike."""

import pytest
from tests.store.conftest import NOW, Shelf

from briefing.model.network.hub_subscription import HubStanding, HubSubscription
from briefing.model.source_record import Copy, EntryState, Seen

AT = NOW.timestamp()
URL = "https://gazette.example/feed"
OFFERED = HubSubscription(
    source="gazette",
    address=URL,
    topic=URL,
    hub="https://hub.example/",
    callback="c" * 32,
    secret="s" * 43,
)


def subscribed(house: Shelf) -> HubSubscription:
    house.store.hubs.add(OFFERED)
    (one,) = house.store.hubs.all()
    house.store.hubs.note(one.id, standing=HubStanding.ACTIVE, until=AT + 100)
    (one,) = house.store.hubs.all()
    return one


def test_a_subscription_is_found_by_its_address_and_forgotten(house: Shelf):
    one = subscribed(house)
    assert house.store.hubs.at("c" * 32) == one
    assert house.store.hubs.at("d" * 32) is None
    assert one.standing is HubStanding.ACTIVE
    house.store.hubs.forget(one.id)
    assert house.store.hubs.all() == ()


@pytest.mark.parametrize(
    ("changed", "failures", "is_due"),
    [
        ({"heard": AT, "read": AT - 61}, 0, True),
        ({"heard": AT, "read": AT - 59}, 0, False),
        ({"heard": AT - 61, "read": AT - 61}, 0, False),
        ({"heard": AT, "read": AT - 61}, 1, False),
        ({"heard": AT, "read": AT - 61, "standing": HubStanding.LEAVING}, 0, False),
    ],
)
def test_a_feed_is_due_when_a_hub_told_of_news_since_it_was_read(
    house: Shelf, changed: dict[str, object], failures: int, *, is_due: bool
):
    one = subscribed(house)
    house.store.hubs.note(one.id, **changed)
    later = Copy(source="gazette", address=URL, next_try=AT + 900, failures=failures)
    house.store.sources.keep([later, Copy(source="gazette", address=f"{URL}/2", next_try=AT + 900)])
    assert house.store.hubs.call(AT) == is_due
    tries = house.store.sources.next_tries()
    assert tries["gazette", URL] == (0.0 if is_due else AT + 900)
    assert tries["gazette", f"{URL}/2"] == AT + 900


@pytest.mark.parametrize(
    ("changed", "is_trusted"),
    [({"heard": AT}, True), ({"heard": 0.0}, False), ({"heard": AT, "until": AT}, False)],
)
def test_a_hub_is_relied_on_while_its_lease_holds_and_it_has_told_of_something(
    house: Shelf, changed: dict[str, object], *, is_trusted: bool
):
    one = subscribed(house)
    house.store.hubs.note(one.id, **changed)
    assert house.store.hubs.trusted(AT) == ({"gazette"} if is_trusted else frozenset())


def test_entries_are_counted_by_state_and_reason_without_being_looked_up(house: Shelf):
    rows = [
        Seen(guid=str(number), first=AT, last=AT, state=state, reason=reason)
        for number, (state, reason) in enumerate(
            [
                (EntryState.OLD, "older than 7 days"),
                (EntryState.NEW, ""),
                (EntryState.OLD, "older than 7 days"),
                (EntryState.USED, "printed"),
            ]
        )
    ]
    house.store.entries.note("gazette", rows, {}, AT)
    assert house.store.entries.reasons("gazette") == (
        (EntryState.OLD, "older than 7 days", 2),
        (EntryState.NEW, "", 1),
        (EntryState.USED, "printed", 1),
    )
