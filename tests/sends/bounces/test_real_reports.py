"""Reports that Exim, Postfix, OpenSMTPD and sendmail wrote about letters that our own host refused.

`make reports` has them written (`tests/faults/reports.py`); `program.txt` in each folder says by which
version, and when.
"""

from pathlib import Path

import pytest
from tests.sends.bounces.letters import EDITION, KEY, REF

from briefing.model.delivery import Bounce
from briefing.model.reason import Reason
from briefing.sends.bounces import Kind, read_report

FOLDER = Path(__file__).with_name("reports")
PROGRAMS = ("exim", "opensmtpd", "postfix", "sendmail")
HARD, SOFT = Bounce.HARD, Bounce.SOFT

#: What follows from each refusal, whichever program reports it.
RIGHT = {
    "unknown": (HARD, Reason.MAILBOX_UNKNOWN),
    "plain": (HARD, Reason.MAILBOX_UNKNOWN),
    "curt": (SOFT, Reason.UNKNOWN),
    "full": (SOFT, Reason.MAILBOX_FULL),
    "busy": (SOFT, Reason.MAILBOX_FULL),
    "policy": (None, Reason.POLICY),
    "relay": (None, Reason.RELAYING),
    "greylisted": (None, Reason.POLICY),
    "big": (None, Reason.CONTENT),
    "nowhere": (HARD, Reason.HOST_UNKNOWN),
    "nobody": (HARD, Reason.HOST_UNKNOWN),
}
#: sendmail writes 5.1.1 next to every 550 that came without a status of its own. What it has given up OpenSMTPD
#: calls "Envelope expired", and does not say why.
EXPIRED = (SOFT, Reason.HOST)
OTHERWISE = {
    ("sendmail", "curt"): (SOFT, Reason.MAILBOX_UNKNOWN),
    ("opensmtpd", "busy"): EXPIRED,
    ("opensmtpd", "greylisted"): EXPIRED,
    ("opensmtpd", "nobody"): EXPIRED,
}


def reported(program, refusal):
    return read_report((FOLDER / program / f"{refusal}.eml").read_bytes(), KEY)


@pytest.mark.parametrize("refusal", RIGHT)
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_refusal_costs_a_reader_the_same_whichever_program_reports_it(program, refusal):
    report = reported(program, refusal)
    assert (report.about.ref, report.about.edition) == (REF, EDITION)
    right = OTHERWISE.get((program, refusal), RIGHT[refusal])
    assert (report.kind, report.bounce, report.reason) == (Kind.FAILURE, *right)


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_the_host_said_is_kept_wherever_the_report_has_it(program):
    assert "relay not permitted" in reported(program, "relay").detail
    assert "refused by policy" in reported(program, "policy").detail


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_folder_names_the_program_and_has_every_refusal(program):
    assert {path.stem for path in (FOLDER / program).glob("*.eml")} == set(RIGHT)
    assert "made on 20" in (FOLDER / program / "program.txt").read_text("utf-8")
