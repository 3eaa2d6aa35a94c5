"""The confirmation mail on its way through a relay, good and bad."""

import asyncio
import json
import logging

import pytest
from tests.faults.relay import Faults, Relay
from tests.web.conftest import serving

from briefing.actions.context import open_desk
from briefing.actions.public.retry_confirmations import ask_again
from briefing.model.delivery import Bounce
from briefing.model.subscriber import Standing

NEW = "ada@example.net"
ODD = "Ada.O'Neil+x@sub.example.net"


@pytest.fixture
def through(request, public, tmp_path):
    """The pages of a house that sends through a relay, and how to ask twice."""

    def ask_twice(**faults):
        with Relay(tmp_path / "mail.jsonl", Faults(**faults)) as relay:
            smtp = by(relay)
            with serving(public.folder, public.edition, smtp) as pages:
                for _ in range(2):
                    assert pages.sign_up(NEW).status == 200
                    pages.settle()
            assert relay.violations == []
            return relay.accepted()

    return ask_twice


def test_a_relay_gets_one_mail_however_often_it_is_asked_for(through):
    (mail,) = through()
    assert NEW in json.dumps(mail)


@pytest.mark.parametrize(
    ("fault", "what"),
    [("rcpt_451", "it is tried again"), ("rcpt_550", "has to ask again tomorrow")],
)
def test_what_becomes_of_a_mail_that_was_refused_is_told_without_an_address(
    through, caplog, fault, what
):
    with caplog.at_level(logging.ERROR, "briefing.web"):
        assert through(**{fault: 1}) == []
    (said,) = [each.getMessage() for each in caplog.records if each.name == "briefing.web"]
    assert "did not get through" in said
    assert what in said
    assert NEW not in said


@pytest.fixture
def greylisted(public, tmp_path):
    """Somebody has signed up while the relay refused for now."""
    with Relay(tmp_path / "refused.jsonl", Faults(rcpt_451=1)) as relay:
        smtp = by(relay)
        with serving(public.folder, public.edition, smtp) as pages:
            pages.sign_up(NEW)
            pages.settle()
            yield pages


def by(relay):
    def changed(config):
        smtp = {"host": "127.0.0.1", "port": relay.port, "security": "none"}
        told = config.send.smtp.model_copy(update=smtp)
        send = config.send.model_copy(update={"transport": "smtp", "smtp": told})
        return config.model_copy(update={"send": send})

    return changed


def tried(pages, relay, minutes):
    """How many mails the relay has taken after a look every five minutes."""
    with open_desk(by(relay)(pages.desk.config), pages.clock) as desk:
        for _ in range(0, minutes, 5):
            pages.clock.wait(minutes=5)
            ask_again(desk)
    return len(relay.accepted())


def test_a_mail_refused_for_now_leaves_five_minutes_later_once(greylisted, tmp_path):
    with Relay(tmp_path / "taken.jsonl") as relay:
        assert tried(greylisted, relay, 5) == 1
        assert tried(greylisted, relay, 60) == 1
        assert NEW in json.dumps(relay.accepted())


def test_the_time_between_two_tries_doubles_and_after_a_day_there_is_none(
    greylisted, tmp_path, caplog
):
    with Relay(tmp_path / "again.jsonl", Faults(rcpt_451=1)) as relay:
        assert tried(greylisted, relay, 26 * 60) == 0
    said = [each.getMessage().rpartition("; ")[2] for each in caplog.records]
    # After 5, 10, 20, 40 ... minutes, the last time after 21 hours.
    assert said == ["it is tried again"] * 8 + ["the reader has to ask again tomorrow"]
    with Relay(tmp_path / "late.jsonl") as relay:
        assert tried(greylisted, relay, 26 * 60) == 0


@pytest.mark.parametrize("verb", ["erase", "confirm"])
def test_whoever_is_gone_or_has_confirmed_meanwhile_gets_no_mail(greylisted, tmp_path, verb):
    subscribers, now = greylisted.desk.store.subscribers, greylisted.clock().timestamp() + 1
    if verb == "erase":
        subscribers.erase(NEW, actor="ops", now=now)
    else:
        (reader,) = subscribers.find(NEW)
        subscribers.change(reader.id, Standing.ACTIVE, cause="by hand", actor="ops", now=now)
    with Relay(tmp_path / "none.jsonl") as relay:
        assert tried(greylisted, relay, 10) == 0


def test_who_never_confirmed_is_forgotten_after_seven_days(public):
    public.sign_up(NEW)
    public.sign_up(ODD, "198.51.100.1")
    public.settle()
    (reader,) = public.desk.store.subscribers.find(ODD.lower())
    public.desk.store.bounces.reported(
        b"x", reader=reader.id, mailing=None, kind=Bounce.SOFT, status="4.2.2", detail=ODD, now=1.0
    )
    forget = public.desk.store.signups.forget_unconfirmed
    assert forget(public.clock().timestamp() - 7 * 86_400) == 0
    before = public.desk.store.subscribers.counts("readers")
    assert forget(public.clock().timestamp() + 1) == 2
    assert public.desk.store.subscribers.find(NEW) == ()
    after = public.desk.store.subscribers.counts("readers")
    assert {**before, "pending": 0} == {**after, "pending": 0}
    assert public.desk.store.subscribers.history(reader.id) == ()
    assert not any("sub.example.net" in line for line in public.dump())


def test_50_clicks_at_once_are_one_change(public):
    path, port = public.letter_to("reader9@example.com")["unsubscribe"], public.listen()

    async def click():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = b"List-Unsubscribe=One-Click"
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.read()
        writer.close()
        return answer.split(b" ", 2)[1]

    async def click_all():
        return await asyncio.gather(*(click() for _ in range(50)))

    assert set(asyncio.run(click_all())) == {b"200"}
    (reader,) = public.desk.store.subscribers.find("reader9@example.com")
    assert len(public.desk.store.subscribers.history(reader.id)) == 2
