"""What a letter must still be behind a real relay, and what must come back, whichever program it is.

Opt-in: `BRIEFING_TEST_CONTRACT=1 .venv/bin/pytest tests/faults/test_contract.py`, as root, on a Debian.
"""

import email
import email.policy
import mailbox
import os
import subprocess
import sys
from pathlib import Path

import dkim
import pytest
from tests.desks import act
from tests.faults.contract import KEY, READERS, REFUSED, is_report
from tests.servers.mail_programs import PROGRAMS

from briefing.actions.context import open_desk
from briefing.actions.sending.process_bounces import read_bounces
from briefing.config import load_config
from briefing.sends.doctor.dkim_record import record_of

ROOT = Path(__file__).parents[2]
#: The headers of one click (RFC 8058 section 4 asks that the signature covers them).
ONE_CLICK = ("list-unsubscribe", "list-unsubscribe-post")

pytestmark = pytest.mark.skipif(
    not os.environ.get("BRIEFING_TEST_CONTRACT"), reason="opt-in: BRIEFING_TEST_CONTRACT=1, as root"
)


class Sent:
    """What came to the last host, and the house that sent it."""

    def __init__(self, folder):
        self.folder, self.house = folder, folder / "house"
        kept = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
        self.letters = [one for one in kept if not is_report(one)]
        self.reports = [one for one in kept if is_report(one)]
        self.offers = (folder / "offers").read_text()


@pytest.fixture(scope="module", params=PROGRAMS)
def sent(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    subprocess.run(
        [sys.executable, "-m", "tests.faults.contract", request.param],
        cwd=ROOT,
        env=os.environ | {"FOLDER": str(folder), "PYTHONPATH": str(ROOT)},
        check=True,
    )
    return Sent(folder)


def test_every_letter_comes_once_and_the_signature_holds_behind_the_relay(sent):
    record = record_of((sent.house / KEY).read_bytes())
    readers = [
        email.message_from_bytes(one, policy=email.policy.default)["To"] for one in sent.letters
    ]
    assert sorted(one.addresses[0].addr_spec for one in readers) == list(READERS)
    for letter in sent.letters:
        assert dkim.verify(letter, dnsfunc=lambda *_, **__: record.encode())
        assert not dkim.verify(
            letter.replace(b"One-Click", b"One-click"), dnsfunc=lambda *_, **__: record.encode()
        )


def test_the_headers_of_one_click_come_as_they_left_and_are_signed(sent):
    for letter in sent.letters:
        message = email.message_from_bytes(letter, policy=email.policy.default)
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["List-Unsubscribe"].strip().startswith("<https://")
        assert [len(message.get_all(name, [])) for name in ONE_CLICK] == [1, 1]
        signed = message["DKIM-Signature"].partition("h=")[2].partition(";")[0].lower().split(":")
        assert {name.strip() for name in signed} >= set(ONE_CLICK)


def test_a_letter_needs_no_eight_bits_and_no_smtputf8_whatever_is_offered(sent):
    """Readers' names have signs beyond ASCII. OpenSMTPD 6.8 offers no SMTPUTF8; a relay may turn 8 bits into 7."""
    assert "8BITMIME" in sent.offers
    for letter in sent.letters:
        assert letter.isascii()
        message = email.message_from_bytes(letter, policy=email.policy.default)
        assert message["To"].addresses[0].display_name.startswith("Zoë")


def test_a_refusal_further_on_comes_back_to_the_return_path_and_drops_that_reader_alone(
    sent, tmp_path
):
    box = mailbox.Maildir(str(tmp_path / "bounces"))
    for report in sent.reports:
        assert b"bounces+" in report
        box.add(report)
    told = {
        "BRIEFING_BOUNCES__MAILBOX": str(tmp_path / "bounces"),
        "BRIEFING_SEND__BOUNCE_ADDRESS": "bounces@example.org",
    }
    config = load_config(sent.house / "config.toml", told)
    read = act(read_bounces, config, lambda *_: None)
    assert (read.read, read.unread, read.ignored) == (len(sent.reports), 0, 0)
    with open_desk(config) as desk:
        stands = {
            one: desk.store.subscribers.find(one)[0].standing.value for one in (*READERS, REFUSED)
        }
    assert {stands[one] for one in READERS} == {"active"}
    assert stands[REFUSED] == "bounced"
