"""A real mail server: every letter goes through Postfix into a mailbox and is read back.

Opt-in: `BRIEFING_TEST_POSTFIX=1 .venv/bin/pytest tests/faults/test_postfix.py`, as root, with
Debian's package postfix. It starts an instance of its own, on loopback, with its own folders.
"""

import email
import email.policy
import multiprocessing
import os
import shutil
import socket
import subprocess
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from briefing.clock import utc_now
from briefing.config import load_config
from briefing.desk.draft import draft
from briefing.desk.init import make_house
from briefing.desk.render import render_edition
from briefing.desk.send import send_edition
from briefing.model.delivery import State

READERS = 300
#: Readers of the sender that is killed, and how often it is.
KILLED, KILLS = 3_000, 12
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.example.org
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = example.net
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_recipient_restrictions = permit_mynetworks, reject
"""

pytestmark = pytest.mark.skipif(
    not (os.environ.get("BRIEFING_TEST_POSTFIX") and shutil.which("postfix", path="/usr/sbin")),
    reason="opt-in: BRIEFING_TEST_POSTFIX=1, and Debian's package postfix",
)


@pytest.fixture
def postfix(tmp_path):
    """An instance of Postfix; yields its port, the folder of its mailbox and its log."""
    folder = (
        Path("/var/tmp") / f"briefing-postfix-{os.getpid()}"
    )  # pytest's own is closed to others
    for name in ("etc", "queue", "data", "log", "mail"):
        (folder / name).mkdir(parents=True)
    folder.chmod(0o755)
    shutil.chown(folder / "data", "postfix")
    (folder / "mail").chmod(0o777)
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "etc" / "main.cf").write_text(MAIN.format(folder=folder))
    (folder / "etc" / "master.cf").write_text(MASTER.format(port=port))
    command = ["/usr/sbin/postfix", "-c", str(folder / "etc")]
    subprocess.run([*command, "start"], check=True, capture_output=True)
    try:
        yield port, folder / "mail" / "all", folder / "log" / "mail.log"
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True)
        shutil.rmtree(folder)


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
    edition = draft(config, "staggers", utc_now()).edition.id
    return config, edition, render_edition(config, edition)


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
    port, box, _ = postfix
    config, edition, rendered = begun(tmp_path / "house", port, READERS)
    sent = send_edition(config, edition, utc_now)
    assert sent.counts == {State.POSTED: READERS}
    letters = arrived(box, READERS)
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
    port, box, log = postfix
    began = time.time()
    config, edition, _ = begun(
        tmp_path / "house",
        port,
        KILLED,
        BRIEFING_SEND__ON_DOUBT="hold",
        BRIEFING_SEND__RESOLVER__KIND="postfix",
        BRIEFING_SEND__RESOLVER__LOG=str(log),
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
        while sender.is_alive() and len(list((box / "new").glob("*"))) < until:
            time.sleep(0.001)
        sender.kill()
        sender.join()
    doubts = 0
    patience = time.monotonic() + 60
    while not (sent := send_edition(config, edition, utc_now)).is_done:
        doubts = max(doubts, sent.doubtful)
        assert time.monotonic() < patience
        time.sleep(1.0)
    assert sent.counts == {State.POSTED: KILLED}
    assert sent.doubtful == 0
    assert doubts > 0
    got = Counter(str(letter["To"].addresses[0].addr_spec) for letter in arrived(box, KILLED))
    assert len(got) == KILLED
    assert set(got.values()) == {1}
