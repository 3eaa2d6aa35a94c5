"""Test letters from the desk: marked, to known addresses, remembered, and told in the log."""

import email
import email.policy

import pytest
from tests.faults.relay import Faults, Relay
from tests.newsrooms import EDITION, opened

from briefing.actions.sending.test_send import test_letters as letters_to
from briefing.errors import EditionHeld, SendError

BOTH = ("ada@example.com", "desk@example.org")


def outbox(desk):
    folder = desk.folder / "var" / "outbox" / f"{EDITION}-test"
    return [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(folder.glob("*.eml"))
    ]


def test_each_address_gets_the_letter_marked_as_a_test_and_no_reader_does(desk):
    desk.decide()
    assert letters_to(desk.room, EDITION, (*BOTH, BOTH[0]), actor="ada") == BOTH
    sent = outbox(desk)
    assert sorted(letter["To"] for letter in sent) == sorted(BOTH)
    subject = desk.rendered().subject
    assert {letter["Subject"] for letter in sent} == {f"[TEST] {subject}"}
    assert desk.room.store.mailings.all() == ()
    assert not (desk.folder / "var" / "outbox" / EDITION).exists()


def test_the_addresses_are_remembered_newest_first_and_the_log_names_the_bytes(desk):
    desk.decide()
    letters_to(desk.room, EDITION, BOTH, actor="ada")
    desk.clock.wait(minutes=1)
    letters_to(desk.room, EDITION, ("cy@example.com",), actor="ben")
    assert desk.room.store.testers.all() == ("cy@example.com", *BOTH)
    newest = desk.room.store.audit_log.newest(1)[0]
    assert (newest.actor, newest.verb, newest.detail) == ("ben", "test", "1 letter")
    assert newest.hash == desk.hash
    desk.room.store.testers.forget("ada@example.com")
    assert "ada@example.com" not in desk.room.store.testers.all()


def test_while_a_piece_is_held_no_test_leaves(desk):
    with pytest.raises(EditionHeld, match="Decide at the editors' desk"):
        letters_to(desk.room, EDITION, BOTH, actor="ada")
    assert outbox(desk) == []
    assert desk.room.store.testers.all() == ()


def test_an_address_that_is_none_stops_all_of_them(desk):
    desk.decide()
    # The desk says "Not sent:" before it, and nobody reads that twice.
    with pytest.raises(SendError, match=r"^'no address' is not an address"):
        letters_to(desk.room, EDITION, ("ada@example.com", "no address"), actor="ada")
    assert outbox(desk) == []


def refusing(one: str, other: str) -> Faults:
    """Faults that refuse the one address for good, and never the other."""

    def struck(faults, name):
        return {faults.strikes("rcpt_550", name, tried) for tried in range(3)}

    all_faults = (Faults(seed=seed, rcpt_550=0.5) for seed in range(10_000))
    return next(
        faults
        for faults in all_faults
        if struck(faults, one) == {True} and struck(faults, other) == {False}
    )


def test_when_one_does_not_get_through_those_that_did_are_named_and_in_the_log(
    newsroom_folder, tmp_path
):
    with Relay(tmp_path / "mail.jsonl", refusing(BOTH[1], BOTH[0])) as relay:
        settings = {
            "BRIEFING_SEND__TRANSPORT": "smtp",
            "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
            "BRIEFING_SEND__SMTP__PORT": str(relay.port),
            "BRIEFING_SEND__SMTP__SECURITY": "none",
        }
        with opened(newsroom_folder, **settings) as desk:
            desk.decide()
            with pytest.raises(SendError, match=r"to desk@example.org did not get through.*550"):
                letters_to(desk.room, EDITION, ("desk@example.org",), actor="ada")
            assert desk.room.store.testers.all() == ()
            assert desk.room.store.audit_log.newest(1)[0].verb != "test"
            with pytest.raises(SendError, match=r"ada@example.com had one before that"):
                letters_to(desk.room, EDITION, (*BOTH, "cy@example.com"), actor="ada")
            assert [entry["recipient"] for entry in relay.accepted()] == ["ada@example.com"]
            assert desk.room.store.testers.all() == ("ada@example.com",)
            (said,) = desk.room.store.audit_log.newest(1)
            assert (said.verb, said.detail) == ("test", "1 letter")
