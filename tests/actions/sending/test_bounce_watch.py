"""The bounce mailbox is read again and again by `briefing serve`: each message once, and a fault is told once."""

import logging
import mailbox

import pytest
from tests.sends.bounces.letters import KEY

from briefing.actions.sending.bounce_watch import BounceWatch
from briefing.sends.bounces import read_mailbox
from briefing.sends.bounces.attached_report import LARGEST
from briefing.sends.letters.verp import return_path


@pytest.fixture
def house(desk, tmp_path):
    """A desk whose config.toml names a mailbox that is not there yet."""

    def settle(name):
        config = desk.room.config
        bounces = config.bounces.model_copy(update={"mailbox": name and str(tmp_path / name)})
        changed = config.model_copy(update={"bounces": bounces})
        object.__setattr__(desk.room, "config", changed)

    settle("bounces")
    desk.settle, desk.box = settle, tmp_path / "bounces"
    return desk


def wish(desk, address):
    """What a mailbox says that wants no more letters, by the mailto of List-Unsubscribe."""
    (reader,) = desk.room.store.subscribers.find(address)
    to = return_path("b@example.org", "staggers-2026-11-23", reader.ref, desk.room.keys[-1])
    return f"From: {address}\r\nTo: {to}\r\nSubject: unsubscribe\r\n\r\nunsubscribe\r\n".encode()


def standing(desk, address):
    return desk.room.store.subscribers.find(address)[0].standing


def test_what_came_is_acted_on_at_each_look_and_a_fault_is_told_once_until_it_is_over(
    house,
):
    watch, told = BounceWatch(), []
    for _ in range(3):
        watch.look(house.room, told.append)
    assert [("is not a mailbox" in one, "again" in one) for one in told] == [(True, True)]
    box = mailbox.Maildir(str(house.box))
    box.add(wish(house, "ada@example.com"))
    watch.look(house.room, told.append)
    assert standing(house, "ada@example.com") == "unsubscribed"
    house.settle("nowhere")
    watch.look(house.room, told.append)
    watch.look(house.room, told.append)
    assert len(told) == 2
    house.settle("bounces")
    box.add(wish(house, "ben@example.com"))
    watch.look(house.room, told.append)
    assert standing(house, "ben@example.com") == "unsubscribed"
    assert len(told) == 2


def test_what_was_read_is_not_read_again_and_what_was_left_is(house, caplog):
    caplog.set_level(logging.INFO, "briefing.bounces")
    box, watch, told = mailbox.Maildir(str(house.box)), BounceWatch(), []
    looks = iter((False, True))
    box.add(wish(house, "ada@example.com"))
    box.add(wish(house, "ben@example.com"))
    watch.look(house.room, told.append, lambda: next(looks))
    one = {standing(house, f"{name}@example.com") for name in ("ada", "ben")}
    assert one == {"active", "unsubscribed"}, "told to stop after the first"
    watch.look(house.room, told.append)
    watch.look(house.room, told.append)
    read = [record.getMessage()[:19] for record in caplog.records]
    assert read == ["Read 1 new messages"] * 2


def test_without_a_mailbox_there_is_nothing_to_read_or_to_tell(house):
    told = []
    house.settle("")
    BounceWatch().look(house.room, told.append)
    assert told == []


def test_an_mbox_is_read_whole_once_it_has_changed(tmp_path):
    box, seen = mailbox.mbox(str(tmp_path / "mbox")), set[str]()

    def read():
        return sum(1 for _ in read_mailbox(tmp_path / "mbox", KEY, seen))

    counts = []
    for _ in range(2):
        box.add(b"Subject: Hello\r\n\r\nHello.\r\n")
        box.flush()
        counts += [read(), read()]
    box.close()
    assert counts == [1, 0, 2, 0]


def test_what_nobody_can_read_is_told_once_and_stands_in_the_status(house):
    box, told = mailbox.Maildir(str(house.box)), []
    box.add(b"From: a@example.net\r\nSubject: huge\r\n\r\n" + b"x" * (LARGEST + 1))
    BounceWatch().look(house.room, told.append)
    (said,) = told
    assert "could not be read, 1 in all" in said
    assert "Too large to be read: 1" in said
    assert [sentence for _, sentence in house.room.store.alerts.newest(3)] == [said]
    (kept,) = (house.folder / "var" / "bounces" / "unread").iterdir()
    assert b"Subject: huge" in kept.read_bytes()
    assert kept.stat().st_size < 100_000
    BounceWatch().look(house.room, told.append)
    assert told == [said], "another process has read it as well"
