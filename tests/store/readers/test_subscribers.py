"""Readers stand as they asked to, and every change of it is written down."""

import hmac
import re
import sqlite3
from contextlib import closing

import pytest

from briefing.errors import StoreError, SubscriberError
from briefing.model.delivery import Bounce, State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Change, Standing
from briefing.store import Added, ListRow
from briefing.store.engine.database import Database
from briefing.store.readers.subscribers import Subscribers

GONE = (Standing.UNSUBSCRIBED, Standing.BOUNCED, Standing.COMPLAINED)


def test_an_address_joins_a_list_once_and_its_record_begins(house):
    assert house.add("ada@example.org", "bo@example.org", "ada@example.org") == [
        Added.NEW,
        Added.NEW,
        Added.THERE,
    ]
    ada = house.reader("ada@example.org")
    assert (ada.standing, ada.list, ada.email) == (Standing.ACTIVE, "readers", "ada@example.org")
    assert house.store.subscribers.history(ada.id) == (
        Change(at=house.now, was="", becomes="active", cause="import of list.csv", actor="ada"),
    )


def test_readers_have_different_names_in_links(house):
    house.fill(50)
    refs = {reader.ref for reader in house.store.subscribers.each("readers")}
    assert len(refs) == 50
    assert all(re.fullmatch("[0-9a-f]{16}", ref) for ref in refs)
    ref = refs.pop()
    assert house.store.subscribers.by_ref(ref).ref == ref
    with pytest.raises(SubscriberError, match="not valid"):
        house.store.subscribers.by_ref("0" * 16)


def test_adding_again_takes_over_a_new_name_and_tags_and_nothing_empty(house):
    house.add("ada@example.org", name="Ada", tags=("press",))
    assert house.add("ada@example.org") == [Added.THERE]
    assert house.add("ada@example.org", name="Ada Finch") == [Added.UPDATED]
    ada = house.reader("ada@example.org")
    assert (ada.name, ada.tags) == ("Ada Finch", ("press",))
    house.add("ada@example.org", tags=("press", "lords"))
    assert house.reader("ada@example.org").tags == ("press", "lords")


def test_rows_that_come_together_are_answered_as_if_each_came_by_itself(house):
    ada, bo = "ada@example.org", "bo@example.org"
    rows = [
        ListRow(email=email, key=email, name=name, tags=tags)
        for email, name, tags in [
            *((bo, "Bo", ()), (bo, "", ("press",)), (bo, "Bo", ("press",))),
            *((ada, "", ()), (ada, "Ada", ()), (ada, "Ada", ()), (ada, "Ada Finch", ("lords",))),
        ]
    ]

    def add(entries, to):
        return house.store.subscribers.add_many(to, entries, cause="", actor="", now=1.0)

    house.add(bo, to="together", name="B")
    house.add(bo, to="alone", name="B")
    assert add(rows, "together") == [answer for row in rows for answer in add([row], "alone")]
    for email in (ada, bo):
        together, alone = (house.reader(email, on) for on in ("together", "alone"))
        assert (together.name, together.tags) == (alone.name, alone.tags)
    assert house.reader(ada, "together").tags == ("lords",)
    assert house.reader(bo, "together").tags == ("press",)


ODD_NAMES = [
    "\\N",
    "a\tb\\t",
    "a\nb\r\n",
    "\\",
    'O\'Hara, "Q"',
    "Müßig \U0001f98a\u202e",
    "\x1f;%s?",
]


def test_a_name_comes_back_as_it_was_whatever_signs_are_in_it(house):
    emails = [f"r{number}@example.org" for number, _ in enumerate(ODD_NAMES)]
    for names in (ODD_NAMES, ODD_NAMES[::-1]):
        entries = [
            ListRow(email=email, key=email, name=name, tags=(name.replace(";", ""),))
            for email, name in zip(emails, names, strict=True)
        ]
        house.store.subscribers.add_many("readers", entries, cause="", actor="", now=1.0)
        kept = [house.reader(email) for email in emails]
        assert [reader.name for reader in kept] == names
        assert [reader.tags for reader in kept] == [entry.tags for entry in entries]


def test_whoever_came_together_has_a_record_of_their_own(house):
    ada, bo = "ada@example.org", "bo@example.org"
    house.add(ada, bo)
    house.now += 1
    house.change(house.reader(ada).id, Standing.PAUSED)
    numbers = {email: house.reader(email).id for email in (ada, bo)}
    house.store.subscribers.erase(ada, actor="desk", now=house.now + 1)
    record = {
        email: [
            (line.at - house.now, line.was, line.becomes, line.cause, line.actor)
            for line in house.store.subscribers.history(number)
        ]
        for email, number in numbers.items()
    }
    assert record[bo] == [(-1, "", "active", "import of list.csv", "ada")]
    assert record[ada] == [
        (-1, "", "active", "erased", "ada"),
        (0, "active", "paused", "erased", "reader"),
        (1, "paused", "erased", "erased", "desk"),
    ]


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.ERASED])
def test_an_import_never_changes_how_a_reader_stands(house, standing):
    house.add("ada@example.org")
    house.change(house.reader("ada@example.org").id, standing)
    answer = Added.OPTED_OUT if standing in GONE else Added.THERE
    assert house.add("ada@example.org") == [answer]
    assert house.reader("ada@example.org").standing is standing


def test_who_left_one_list_may_be_put_on_another(house):
    house.add("ada@example.org")
    house.change(house.reader("ada@example.org").id, Standing.UNSUBSCRIBED)
    assert house.add("ada@example.org", to="other") == [Added.NEW]


@pytest.mark.parametrize("kind", [Bounce.HARD, Bounce.COMPLAINT])
def test_a_mailbox_that_refused_is_brought_back_to_no_list_at_all(house, bounce, kind):
    house.add("ada@example.org", "bo@example.org")
    bounce(house.reader("ada@example.org").id, kind)
    assert house.add("ada@example.org") == [Added.OPTED_OUT]
    assert house.add("ada@example.org", "bo@example.org", to="other") == [
        Added.OPTED_OUT,
        Added.NEW,
    ]


def test_an_import_of_more_rows_than_a_statement_takes_parameters_finds_all_of_them(house, bounce):
    emails = [f"r{number}@example.org" for number in range(40_000)]
    assert set(house.add(*emails)) == {Added.NEW}
    bounce(house.reader(emails[-1]).id, Bounce.HARD)
    answers = house.add(*emails)
    assert answers == [Added.THERE] * 39_999 + [Added.OPTED_OUT]


def test_the_mark_of_an_address_stays_the_same_for_as_long_as_its_key(house):
    """Marks are kept for ever, and the address they were made of is not."""
    marks = [house.store.subscribers.mark(f"{name}@example.org") for name in ("ada", "bo", "ada")]
    said = hmac.digest(b"k" * 32, b"address\0ada@example.org", "sha256").hex()
    assert marks[0] == marks[2] == said != marks[1]


def test_who_comes_back_on_their_own_word_may_be_imported_again(house, bounce):
    house.add("ada@example.org")
    ada = house.reader("ada@example.org")
    bounce(ada.id, Bounce.HARD)
    assert house.change(ada.id, Standing.ACTIVE)
    assert house.add("ada@example.org", to="other") == [Added.NEW]


def test_a_change_says_when_why_and_by_whom_and_happens_once(house):
    house.add("ada@example.org")
    ada = house.reader("ada@example.org").id
    assert house.change(ada, Standing.UNSUBSCRIBED)
    assert not house.change(ada, Standing.UNSUBSCRIBED)
    assert house.store.subscribers.history(ada)[1:] == (
        Change(at=house.now, was="active", becomes="unsubscribed", cause="asked", actor="reader"),
    )


def test_a_change_happens_only_from_the_standings_it_is_for(house):
    house.add("ada@example.org")
    ada = house.reader("ada@example.org").id
    house.change(ada, Standing.COMPLAINED)
    assert not house.change(ada, Standing.ACTIVE, only_from=[Standing.PAUSED])
    assert house.reader("ada@example.org").standing is Standing.COMPLAINED
    assert not house.change(10_000, Standing.PAUSED)


def test_signing_up_waits_for_a_confirmation_and_changes_nobody_who_is_there(house):
    entry = ListRow(email="ada@example.org", key="ada@example.org", name="Ada")
    sign_up = house.store.subscribers.sign_up
    assert sign_up("readers", entry, cause="form", now=1.0).standing is Standing.PENDING
    ada = house.reader("ada@example.org").id
    house.change(ada, Standing.COMPLAINED)
    again = sign_up("readers", entry, cause="form", now=2.0)
    assert (again.id, again.standing) == (ada, Standing.COMPLAINED)


def test_tags_are_replaced_and_found_by_address_on_every_list(house):
    house.add("ada@example.org", to="b")
    house.add("ada@example.org", to="a")
    found = house.store.subscribers.find("ada@example.org")
    assert [reader.list for reader in found] == ["a", "b"]
    house.store.subscribers.tag(found[0].id, ["press", "lords"])
    assert [reader.tags for reader in house.store.subscribers.find("ada@example.org")] == [
        ("press", "lords"),
        (),
    ]
    assert house.store.subscribers.find("nobody@example.org") == ()


def test_a_list_is_walked_in_order_without_those_who_were_erased(house):
    numbers = house.fill(5_003)
    house.store.subscribers.erase("reader7@example.org", actor="", now=1.0)
    house.change(numbers[0], Standing.PAUSED)
    walked = [reader.id for reader in house.store.subscribers.each("readers")]
    assert walked == sorted(set(numbers) - {numbers[7]})
    paused = list(house.store.subscribers.each("readers", Standing.PAUSED))
    assert [reader.id for reader in paused] == [numbers[0]]
    assert house.store.subscribers.counts("readers") == {
        Standing.ACTIVE: 5_001,
        Standing.PAUSED: 1,
        Standing.ERASED: 1,
    }


def test_an_erased_reader_can_be_neither_found_nor_brought_back(house):
    house.add("ada@example.org", name="Ada")
    house.add("ada@example.org", to="other")
    erase = house.store.subscribers.erase
    assert erase("ada@example.org", actor="desk", now=1.0) == 2
    assert erase("ada@example.org", actor="desk", now=1.0) == 0
    assert house.store.subscribers.find("ada@example.org") == ()
    for name in ("readers", "other", "third"):
        assert house.add("ada@example.org", to=name) == [Added.OPTED_OUT]


def test_what_a_mailbox_says_after_it_was_erased_is_counted_without_its_address(house):
    house.add("ada@example.org")
    ada = house.reader("ada@example.org").id
    house.store.subscribers.erase("ada@example.org", actor="", now=1.0)
    assert house.store.bounces.reported(
        b"report",
        reader=ada,
        mailing=None,
        kind=Bounce.HARD,
        status="5.1.1",
        detail="ada@example.org is unknown",
        now=2.0,
    )
    with house.store.database.read() as connection:
        details = connection.exec_driver_sql("SELECT detail FROM bounces").scalars().all()
    assert details == [""]


def test_an_erased_address_leaves_no_trace_in_the_files(file_house, became):
    house, address, name = file_house, "zelda.quux@example.org", "Zelda Quuxington"
    house.fill(3_000)
    house.add(address, name=name, tags=("quuxtag",))
    house.add(address, to="other", name=name)
    house.fill(3_000)
    ledger, zelda = house.ledger(), house.reader(address).id
    said = f"<{address}>: try later"
    ledger.commit([zelda], [], 1.0)
    ledger.commit([], [became(zelda, State.DEFERRED, detail=said, due=2.0)], 2.0)
    ledger.commit([zelda], [], 3.0)
    refused = became(zelda, State.BOUNCED, detail=said, status="5.1.1", bounce=Bounce.SOFT)
    ledger.commit([], [refused], 3.0)
    house.store.mailings.turn("staggers-2026-11-23", MailingStatus.PAUSED, f"the relay said {said}")
    assert said.encode() in contents(house.folder)
    house.store.subscribers.erase(address, actor="desk", now=1.0)
    left = contents(house.folder).lower()
    assert [word for word in (b"zelda", b"quux") if word in left] == []
    house.store.close()
    assert b"quux" not in contents(house.folder).lower()


def test_erasing_says_when_another_program_still_keeps_the_address(file_house):
    file_house.add("ada@example.org")
    with (
        closing(Database(file_house.url, busy_seconds=0.05)) as database,
        closing(sqlite3.connect(file_house.folder / "desk.db")) as other,
    ):
        hasty = Subscribers(database, file_house.store.departures)
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM subscribers").fetchall()
        with pytest.raises(StoreError, match="another program still reads"):
            hasty.erase("ada@example.org", actor="", now=1.0)


def contents(folder) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.db*")))


def test_the_longest_reader_is_the_active_one_with_the_longest_address_and_name(house):
    assert house.store.subscribers.longest("readers") is None
    house.add("somebody.with.a.long.address@example.org", to="other")
    house.add("ada.lovelace@example.org", name="")
    house.add("bob@example.org", name="Robert the Builder")
    assert house.store.subscribers.longest("readers").email == "bob@example.org"
    house.store.subscribers.change(
        house.reader("bob@example.org").id,
        Standing.PAUSED,
        cause="",
        actor="",
        now=1.0,
    )
    assert house.store.subscribers.longest("readers").email == "ada.lovelace@example.org"
