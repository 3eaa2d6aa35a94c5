"""A real mail server: every letter goes through Postfix into a mailbox and is read back.

Opt-in: `BRIEFING_TEST_POSTFIX=1 .venv/bin/pytest tests/faults/test_postfix.py`, as root, with
Debian's package postfix. It starts an instance of its own, on loopback, with its own folders.
"""

import email
import email.policy
import multiprocessing
import os
import time
from collections import Counter

import pytest
from tests.desks import act
from tests.servers.postfix import running, tool

from briefing.actions.admin.init import make_house
from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.actions.sending.send import send_edition
from briefing.clock import utc_now
from briefing.config import load_config
from briefing.model.delivery import State

READERS = 300
#: Readers of the sender that is killed, and how often it is.
KILLED, KILLS = 3_000, 12

pytestmark = pytest.mark.skipif(
    not (os.environ.get("BRIEFING_TEST_POSTFIX") and tool("postfix")),
    reason="opt-in: BRIEFING_TEST_POSTFIX=1, and Debian's package postfix",
)


@pytest.fixture
def postfix():
    """An instance of Postfix."""
    with running() as server:
        yield server


def begun(folder, port, readers, **more):
    """A house with that many readers and a rendered edition, whose relay this Postfix is."""
    make_house(folder)
    lines = (f"reader{number}@example.net,Zoë {number}," for number in range(readers))
    path = folder / "seeds" / "subscribers.csv"
    path.write_text("email,name,tags\n" + "\n".join(lines) + "\n", encoding="utf-8")
    settings = {
        "BRIEFING_SEND__TRANSPORT": "smtp",
        "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
        "BRIEFING_SEND__SMTP__PORT": str(port),
        "BRIEFING_SEND__SMTP__SECURITY": "none",
        "BRIEFING_SEND__BOUNCE_ADDRESS": "bounces@example.org",
    }
    config = load_config(folder / "config.toml", settings | more)
    edition = act(draft, config, "staggers").edition.id
    return config, edition, act(render_edition, config, edition)


def arrived(box, count):
    """The letters in the mailbox, once they are all there."""
    patience = time.monotonic() + 60
    while len(list((box / "new").glob("*"))) < count and time.monotonic() < patience:
        time.sleep(0.1)
    return [
        email.message_from_bytes(one.read_bytes(), policy=email.policy.default)
        for one in (box / "new").iterdir()
    ]


def test_every_letter_arrives_in_the_mailbox_whole(postfix, tmp_path):
    config, edition, rendered = begun(tmp_path / "house", postfix.port, READERS)
    sent = act(send_edition, config, edition)
    assert sent.counts == {State.POSTED: READERS}
    letters = arrived(postfix.box, READERS)
    assert {str(letter["To"].addresses[0].addr_spec) for letter in letters} == {
        f"reader{number}@example.net" for number in range(READERS)
    }
    assert {letter["Subject"] for letter in letters} == {rendered.email.subject}
    assert len({letter["Message-ID"] for letter in letters}) == READERS
    assert all("bounces+" in letter["Return-Path"] for letter in letters)
    for letter in letters:
        for kind in ("plain", "html"):
            assert "BRF" not in letter.get_body((kind,)).get_content()


def test_a_sender_killed_again_and_again_asks_the_log_and_nobody_gets_two(postfix, tmp_path):
    began = time.time()
    config, edition, _ = begun(
        tmp_path / "house",
        postfix.port,
        KILLED,
        BRIEFING_SEND__ON_DOUBT="hold",
        BRIEFING_SEND__RESOLVER__KIND="postfix",
        BRIEFING_SEND__RESOLVER__LOG=str(postfix.log),
    )
    # Of tries in a log's first two seconds it says nothing: clocks may differ by so much.
    while time.time() < began + 4:
        time.sleep(0.1)
    for kill in range(KILLS):
        sender = multiprocessing.get_context("fork").Process(
            target=send_edition, args=(config, edition, utc_now)
        )
        sender.start()
        until = KILLED * (kill + 1) // (KILLS + 2)
        while sender.is_alive() and len(list((postfix.box / "new").glob("*"))) < until:
            time.sleep(0.001)
        sender.kill()
        sender.join()
    doubts = 0
    patience = time.monotonic() + 60
    while not (sent := act(send_edition, config, edition)).is_done:
        doubts = max(doubts, sent.doubtful)
        assert time.monotonic() < patience
        time.sleep(1.0)
    assert sent.counts == {State.POSTED: KILLED}
    assert sent.doubtful == 0
    assert doubts > 0
    got = Counter(
        str(letter["To"].addresses[0].addr_spec) for letter in arrived(postfix.box, KILLED)
    )
    assert len(got) == KILLED
    assert set(got.values()) == {1}
