"""Webhooks out: each event told once to each hook, signed, again and again, and nothing waits for it."""

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pydantic import SecretStr
from tests.served import free_port
from tests.servers.serve import serve
from tests.web.desk.conftest import send
from typer.testing import CliRunner

from briefing.actions.readers.lists import change_readers
from briefing.actions.schedule.webhooks import WAITS, call_hooks, signature
from briefing.actions.sending.steer_mailing import steer
from briefing.cli.main import app
from briefing.config.webhooks import Webhook
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing

EDITION = "staggers-2026-11-23"


class Receiver:
    """A system of the house's own: it keeps what it hears and answers as it is told."""

    def __init__(self):
        self.heard, self.answers = [], []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.heard.append((headers, body.decode()))
                status = receiver.answers.pop(0) if receiver.answers else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

            do_GET = do_POST  # noqa: N815 - as the library asks by

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=serve, args=(self.server,))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def kinds(self):
        return [json.loads(body)["type"] for _, body in self.heard]


@pytest.fixture
def receiver():
    with Receiver() as found:
        yield found


@pytest.fixture
def house(desk, receiver):
    """A desk with one hook, which knows how things stand."""
    desk.told = []

    def hook(**values):
        made = Webhook.model_construct(
            **{"url": receiver.url, "secret": SecretStr("s3cret"), "secret_file": ""}
            | {"events": Webhook.model_fields["events"].default}
            | values
        )
        config = desk.room.config.model_copy(update={"webhooks": {"shop": made}})
        object.__setattr__(desk.room, "config", config)

    def call(**later):
        desk.clock.wait(**(later or {"seconds": 20}))
        return call_hooks(desk.room, desk.told.append)

    desk.hook, desk.call = hook, call
    hook()
    assert call() == 0
    return desk


def leave(desk, address="ada@example.com", becomes=Standing.UNSUBSCRIBED):
    change_readers(
        desk.room, address, becomes, only_from=tuple(Standing), cause="asked", actor="ada"
    )


def test_an_edition_that_was_sent_is_told_once_with_a_signature_that_proves_it(house, receiver):
    send(house)
    assert [house.call(), house.call()] == [1, 0]
    ((headers, body),) = receiver.heard
    told = json.loads(body)
    assert (told["type"], told["data"]["edition"]) == ("edition.sent", EDITION)
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    proof = base64.b64encode(hmac.new(b"s3cret", signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{proof}"
    assert int(headers["webhook-timestamp"]) == int(house.clock().timestamp()) - 20


def test_an_edition_that_goes_on_for_a_new_reader_is_not_sent_a_second_time(house, receiver):
    send(house)
    house.call()
    mailings = house.room.store.mailings
    mailings.reopen(1)
    assert house.call() == 0  # looked at while that letter leaves
    mailings.finish(1, house.clock().timestamp())
    assert house.call() == 0
    assert receiver.kinds == ["edition.sent"]


def test_a_signature_is_that_of_standard_webhooks():
    # The example of the specification's own libraries.
    key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    found = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_readers_who_join_and_leave_are_told_in_their_order(house, receiver):
    leave(house)
    leave(house, becomes=Standing.ACTIVE)
    leave(house, becomes=Standing.PAUSED)
    leave(house, becomes=Standing.COMPLAINED)
    house.call()
    assert receiver.kinds == ["subscriber.left", "subscriber.joined", "subscriber.left"]
    data = json.loads(receiver.heard[0][1])["data"]
    assert (data["email"], data["list"], data["standing"]) == (
        "ada@example.com",
        "readers",
        "unsubscribed",
    )


def test_each_pause_is_another_event(house, receiver):
    send(house)
    house.room.store.mailings.reopen(1)
    for _ in range(2):
        steer(house.room, EDITION, MailingStatus.PAUSED, "wait")
        house.call()
        steer(house.room, EDITION, MailingStatus.SENDING, "")
        house.call()
    assert receiver.kinds == ["edition.paused", "edition.paused"]
    assert len({headers["webhook-id"] for headers, _ in receiver.heard}) == 2


def test_a_hook_hears_what_it_asked_for_alone(house, receiver):
    house.hook(events=("subscriber.left",))
    send(house)
    leave(house)
    house.call()
    assert receiver.kinds == ["subscriber.left"]


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_is_not_taken_is_told_again_later_and_later_as_the_same_event(house, receiver, status):
    receiver.answers = [status, status]
    leave(house)
    assert house.call() == 0
    assert house.call(seconds=30) == 0
    assert house.call(seconds=31) == 0
    assert len(receiver.heard) == 2
    assert house.call(seconds=WAITS[1]) == 1
    assert len({headers["webhook-id"] for headers, _ in receiver.heard}) == 1
    assert house.told == []


def test_a_hook_that_never_takes_it_is_given_up_in_a_sentence(house):
    house.hook(url=f"http://127.0.0.1:{free_port()}/")
    leave(house)
    house.call()
    for wait in WAITS:
        assert house.told == []
        house.call(seconds=wait)
    (said,) = house.told
    assert "shop was not told of subscriber.left" in said
    assert house.call(days=10) == 0
    listed = CliRunner().invoke(app, ["webhooks", "-c", str(house.folder / "config.toml")]).output
    assert "given up" in listed


def test_a_hook_that_is_gone_or_named_no_more_is_given_up_at_once(house, receiver):
    receiver.answers = [410]
    leave(house)
    house.call()
    assert "answered 410" in house.told[0]


def test_a_hook_without_a_secret_tells_nothing_and_says_why(house, receiver):
    house.hook(secret=SecretStr(""))
    leave(house)
    house.call()
    assert receiver.heard == []
    assert "BRIEFING_WEBHOOKS__SHOP__SECRET" in house.room.store.outbox.newest(1)[0].fault
    house.hook()
    assert house.call(seconds=61) == 1


def test_what_happened_before_there_was_a_hook_is_not_told(desk, receiver, house):
    object.__setattr__(desk.room, "config", desk.room.config.model_copy(update={"webhooks": {}}))
    house.call()
    leave(house)
    house.hook()
    assert [house.call(), house.call()] == [0, 0]


def test_a_change_that_is_not_settled_waits_for_the_next_look(house, receiver):
    leave(house)
    assert call_hooks(house.room, house.told.append) == 0
    assert house.call() == 1
