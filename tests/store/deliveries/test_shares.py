"""Which reader gets which form of an edition is decided for all of them in a few statements."""

from dataclasses import replace

import pytest
from sqlalchemy import event
from tests.store.conftest import NOW

from briefing.model.delivery import State
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import EVERYTHING, Choice, Standing
from briefing.store import Form, Forms, HadBefore
from briefing.store.readers.choices import all_alike

POLITICS = Choice(topics=("politics",))
FRIDAYS = Choice(days=(5,))
NOTHING = HadBefore()


def email_of(edition, words):
    return Email(
        edition_id=edition,
        template="t",
        subject=words,
        preheader="",
        html=words,
        text=words,
        nonce="n",
    )


def freeze(house, share, *, edition="staggers-1", to="readers", before=NOTHING):
    """Begin a mailing with two short forms; what each reader gets."""
    emails = [email_of(edition, words) for words in ("whole", "politics", "rest")]
    forms = {
        number: Form(email=email, hash=f"{number}", stories=f"[{number}]")
        for number, email in enumerate(emails)
    }
    issue = Edition(id=edition, briefing="staggers", title="T", slot=NOW, items=())
    store = house.store
    mailing = store.mailings.freeze(
        issue, emails[0], to, house.now, forms=Forms(share=share, forms=forms, before=before)
    )
    letters = store.ledger(mailing.number).pending(0, 1_000)
    return mailing, {one.reader.email: one.variant for one in letters}


def test_each_reader_gets_the_form_of_their_choice_or_no_letter(house):
    _, two, three = house.fill(3)
    house.store.choices.choose([two], POLITICS)
    house.store.choices.choose([three], FRIDAYS)
    wanted = {EVERYTHING: 0, POLITICS: 1, FRIDAYS: None}
    mailing, got = freeze(house, lambda group: wanted[group.choice])
    assert got == {"reader0@example.org": 0, "reader1@example.org": 1}
    kept = house.store.mailings.forms(mailing)
    assert [(form.number, form.readers, form.form.email.text) for form in kept] == [
        (0, 1, "whole"),
        (1, 1, "politics"),
    ]
    assert house.store.ledger(mailing.number).counts() == {State.PENDING: 2}


def test_a_mailing_of_one_form_keeps_none(house):
    house.fill(3)
    mailing, got = freeze(house, lambda _: 0)
    assert set(got.values()) == {0}
    assert house.store.mailings.forms(mailing) == ()


def test_what_a_mailbox_had_from_another_list_is_known_by_a_bit_for_each_story(house):
    house.fill(3)
    house.add("READER1@example.org", "other@example.org", to="evening")
    first, _ = freeze(house, lambda _: 0)
    seen = {}

    def share(group):
        seen[group.had] = group.readers
        return 1 if group.had else 0

    held = HadBefore(held_by=(frozenset({(first.number, 5)}), frozenset({(first.number, 0)})))
    _, got = freeze(house, share, edition="evening-1", to="evening", before=held)
    assert got == {"READER1@example.org": 1, "other@example.org": 0}
    assert seen == {0b10: 1, 0: 1}


def test_a_letter_that_came_back_or_never_leaves_was_read_by_nobody(house, became):
    numbers = house.fill(3)
    emails = [f"reader{n}@example.org" for n in range(3)]
    house.add(*emails, to="evening")
    first, _ = freeze(house, lambda _: 0)
    ledger = house.store.ledger(first.number)
    ledger.commit(numbers[:2], [], house.now)
    ledger.commit(
        [], [became(numbers[0], State.POSTED), became(numbers[1], State.BOUNCED)], house.now
    )
    house.store.mailings.turn("staggers-1", MailingStatus.ABORTED)
    held = HadBefore(held_by=(frozenset({(first.number, 0)}),))
    _, got = freeze(house, lambda group: group.had, edition="evening-1", to="evening", before=held)
    assert got == dict(zip(emails, (1, 0, 0), strict=True))


def test_earlier_letters_to_the_same_list_count_for_weekly_readers_alone(house):
    _, weekly = house.fill(2)
    first, _ = freeze(house, lambda _: 0)
    house.store.choices.choose([weekly], replace(FRIDAYS, weekly=True))
    held = HadBefore(held_by=(frozenset({(first.number, 0)}),), own=frozenset({first.number}))
    _, got = freeze(house, lambda group: group.had, edition="staggers-2", before=held)
    assert got == {"reader0@example.org": 0, "reader1@example.org": 1}


def test_what_waits_to_leave_before_is_foreseen_with_what_was_had_and_shares_nothing_out(house):
    house.fill(3)
    house.add("reader1@example.org", "READER2@example.org", to="evening")
    house.add("reader0@example.org", to="evening")
    house.change(house.reader("reader0@example.org", "evening").id, Standing.UNSUBSCRIBED)
    first, _ = freeze(house, lambda _: 0, edition="evening-1", to="evening")
    held = HadBefore(
        held_by=(frozenset({(first.number, 0)}), frozenset()),
        coming=(frozenset[str](), frozenset({"evening"})),
    )

    def seen(**how):
        found = house.store.mailings.groups("readers", held, **how)
        return {group.had: group.readers for group in found}

    assert seen() == {0b01: 2, 0: 1}
    assert seen(is_foreseen=True) == {0b11: 2, 0: 1}
    only = replace(held, held_by=(frozenset(), frozenset()))
    found = house.store.mailings.groups("readers", only, is_foreseen=True)
    assert {group.had: group.readers for group in found} == {0b10: 2, 0: 1}
    _, got = freeze(house, lambda group: 1 if group.had else 0, before=only)
    assert set(got.values()) == {0}


def test_the_number_of_statements_does_not_grow_with_the_readers(file_house):
    said = []
    event.listen(
        file_house.store.database.engine,
        "before_cursor_execute",
        lambda *asked: said.append(asked[2]),
    )

    def statements(count, edition):
        readers = file_house.fill(count)
        for place, reader in enumerate(readers):
            file_house.store.choices.choose([reader], POLITICS if place % 2 else EVERYTHING)
        said.clear()
        freeze(file_house, lambda group: bool(group.choice.topics) * 1, edition=edition)
        return len(said)

    assert statements(10, "a") == statements(200, "b")


def test_a_choice_is_kept_once_however_many_make_it(house):
    numbers = house.fill(4)
    house.store.choices.choose(numbers[:3], POLITICS)
    house.store.choices.choose([numbers[2]], EVERYTHING)
    assert house.reader("reader0@example.org").choice == POLITICS
    assert house.store.choices.counts("readers") == ((EVERYTHING, 2), (POLITICS, 2))


def test_a_pause_ends_on_its_day_and_the_book_says_so(house):
    one, two = house.fill(2)
    choices = house.store.choices
    for reader, until in ((one, house.now + 10), (two, None)):
        choices.pause(reader, until, cause="asked", actor="reader", now=house.now)
    assert choices.resume_due(house.now + 9) == 0
    assert choices.resume_due(house.now + 10) == 1
    assert choices.resume_due(house.now + 10) == 0
    assert [house.reader(f"reader{n}@example.org").standing for n in (0, 1)] == [
        Standing.ACTIVE,
        Standing.PAUSED,
    ]
    assert house.store.subscribers.history(one)[-1].cause == "the pause was over"
    house.store.departures.rebuild()
    assert house.reader("reader0@example.org").standing is Standing.ACTIVE


def test_a_pause_does_not_end_for_a_mailbox_that_was_closed_meanwhile(house):
    (one,) = house.fill(1)
    house.store.choices.pause(one, house.now, cause="asked", actor="reader", now=house.now)
    with house.store.database.write() as connection:
        house.store.subscribers.suppress(connection, "reader0@example.org", "complained", house.now)
    assert house.store.choices.resume_due(house.now + 1) == 0
    assert house.reader("reader0@example.org").standing is Standing.PAUSED


@pytest.mark.parametrize("becomes", [Standing.ACTIVE, Standing.UNSUBSCRIBED])
def test_another_standing_ends_the_date_of_a_pause(house, becomes):
    (one,) = house.fill(1)
    house.store.choices.pause(one, house.now + 99, cause="asked", actor="reader", now=house.now)
    assert house.reader("reader0@example.org").resumes == house.now + 99
    house.change(one, becomes)
    assert house.reader("reader0@example.org").resumes is None


def test_who_chose_and_who_is_back_are_found_without_looking_through_all_readers(file_house):
    asked: list[tuple[str, object]] = []

    def hear(_connection, _cursor, statement, told, *_):
        if "subscribers" in statement:
            asked.append((statement, told))

    database = file_house.store.database
    event.listen(database.engine, "before_cursor_execute", hear)
    file_house.store.choices.resume_due(file_house.now)
    with database.read() as connection:
        all_alike(connection, "readers")
        event.remove(database.engine, "before_cursor_execute", hear)
        plans = [
            str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", told).all())
            for statement, told in asked
        ]
    assert len(plans) == 2
    assert "INDEX ix_subscribers_resumes" in plans[0]
    assert "INDEX ix_subscribers_chosen" in plans[1]
