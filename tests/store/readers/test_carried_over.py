"""Rows of those who are gone elsewhere: put down together they become what they become one by one."""

import os
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from briefing.model.subscriber import EVERYTHING, Choice, Standing
from briefing.store import Added, Carried, ListRow, Told, carry_over, miscounted
from briefing.store.schema.core import suppressions

TOLD = Told("import of list.csv", "ada", 9.0)
#: Each example has lists and addresses of its own, in the one store.
TURNS = count()
NAMES = st.sampled_from(["ada", "bo", "cy"])
STANDINGS = st.sampled_from(
    [one for one in Standing if one not in (Standing.ACTIVE, Standing.ERASED)]
)
CHOICES = st.sampled_from([EVERYTHING, Choice(days=(1, 3))])


def carried(email, standing, choice=EVERYTHING, **others):
    entry = ListRow(email, email.lower(), "Name", ("press",))
    why = f"status: {standing}"
    return Carried(entry, standing, why, "", None, others.get("left_at"), choice)


def put_down(house, rows, to="readers"):
    return carry_over(house.store.database, house.store.subscribers, to, rows, TOLD)


def stand(house, name):
    """Everybody of a list without their domain, with all that is known of them."""
    subscribers = house.store.subscribers
    return {
        (
            reader.email.partition("@")[0],
            reader.standing,
            reader.tags,
            reader.choice,
            tuple((line.was, line.becomes, line.cause) for line in subscribers.history(reader.id)),
        )
        for reader in subscribers.each(name)
    }


@settings(
    max_examples=settings.default.max_examples // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(NAMES, STANDINGS, CHOICES), min_size=1, max_size=6), st.sets(NAMES))
def test_rows_put_down_together_become_what_they_become_one_by_one(house, rows, there):
    turn = next(TURNS)
    together, alone = f"together{turn}", f"alone{turn}"
    for name in (together, alone):
        if there:
            house.add(*(f"{one}@{name}.example" for one in sorted(there)), to=name)
    at_once = [carried(f"{one}@{together}.example", *others) for one, *others in rows]
    one_by_one = [carried(f"{one}@{alone}.example", *others) for one, *others in rows]
    answers = put_down(house, at_once, together)
    assert answers == [answer for row in one_by_one for answer in put_down(house, [row], alone)]
    assert stand(house, together) == stand(house, alone)
    with house.store.database.read() as connection:
        assert miscounted(connection) == ()
    house.store.departures.catch_up()
    assert stand(house, together) == stand(house, alone)


def test_the_book_waits_for_the_disk_once_however_many_left_elsewhere(file_house, monkeypatch):
    waited = []
    monkeypatch.setattr(os, "fdatasync", waited.append)
    gone = [carried(f"r{at}@example.org", Standing.BOUNCED) for at in range(50)]
    assert put_down(file_house, gone) == [Added.GONE] * 50
    assert len(waited) == 1
    lines = file_house.store.departures.book.whole(file_house.store.departures.marking.of_key())
    assert len([line for line in lines if line.becomes == Standing.BOUNCED]) == 100
    with file_house.store.database.read() as connection:
        query = select(func.count()).select_from(suppressions)
        assert connection.execute(query).scalar_one() == 50


def test_whose_mailbox_is_kept_off_already_is_marked_once(house):
    gone = [carried("ada@example.org", Standing.COMPLAINED)]
    assert put_down(house, gone) == [Added.GONE]
    house.add("bo@example.org", to="other")
    more = [
        carried("bo@example.org", Standing.BOUNCED),
        carried("ada@example.org", Standing.BOUNCED),
    ]
    assert put_down(house, more, "other") == [Added.GONE, Added.OPTED_OUT]
    with house.store.database.read() as connection:
        reasons = connection.execute(select(suppressions.c.reason)).scalars().all()
    assert sorted(reasons) == ["bounced", "complained"]
