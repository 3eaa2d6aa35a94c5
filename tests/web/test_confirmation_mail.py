"""The confirmation mail on its way through a relay, good and bad."""

import asyncio
import json
import logging

import pytest
from tests.faults.relay import Faults, Relay
from tests.web.conftest import serving

from briefing.model.delivery import Bounce

NEW = "ada@example.net"
ODD = "Ada.O'Neil+x@sub.example.net"


@pytest.fixture
def through(request, public, tmp_path):
    """The pages of a house that sends through a relay, and how to ask twice."""

    def ask_twice(**faults):
        with Relay(tmp_path / "mail.jsonl", Faults(**faults)) as relay:

            def smtp(config):
                smtp = config.send.smtp.model_copy(
                    update={"host": "127.0.0.1", "port": relay.port, "security": "none"}
                )
                send = config.send.model_copy(update={"transport": "smtp", "smtp": smtp})
                return config.model_copy(update={"send": send})

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


@pytest.mark.parametrize(("fault", "tries"), [("rcpt_451", 2), ("rcpt_550", 1)])
def test_only_who_was_refused_for_now_may_ask_again(through, caplog, fault, tries):
    with caplog.at_level(logging.ERROR, "briefing.web"):
        assert through(**{fault: 1}) == []
    said = [record.getMessage() for record in caplog.records if record.name == "briefing.web"]
    assert len(said) == tries
    assert all("did not get through" in each and NEW not in each for each in said)


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
    path = public.letter_to("reader9@example.com")["unsubscribe"]

    async def click():
        reader, writer = await asyncio.open_connection("127.0.0.1", public.port)
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
