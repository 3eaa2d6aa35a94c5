"""The letter on the wire: its headers and its lines."""

from email.utils import parsedate_to_datetime

from briefing.emails.checks.rule import ERROR, HEADERS, Fault, Faults, rule
from briefing.emails.checks.sample import Proof

_LONGEST = 998


@rule(
    "letter",
    ERROR,
    reason="What cannot be written for one reader will not be written for all.",
    source="RFC 5322; the settings of config.toml",
)
def letter(proof: Proof) -> Faults:
    """A letter of the edition can be written."""
    if proof.unwritten:
        yield Fault(ERROR, f"No letter can be written: {proof.unwritten}", HEADERS)


@rule(
    "mime",
    ERROR,
    reason="A relay may refuse or break what is against the rules, and a broken letter looks forged.",
    source="RFC 5322 sections 2.1.1, 3.6 and 3.6.4; RFC 5321 section 4.5.3.1.6; RFC 2047",
)
def mime(proof: Proof) -> Faults:
    """The letter is 7-bit with lines up to 998 octets; Message-ID, Date, From and Subject are right."""
    if proof.message is None or proof.sample is None:
        return
    wire = proof.sample.letter.wire
    longest = max(map(len, wire.split(b"\r\n")))
    if longest > _LONGEST:
        yield Fault(
            ERROR, f"A line has {longest:,} octets of {_LONGEST}; it must be encoded.", HEADERS
        )
    if not wire.isascii():
        yield Fault(ERROR, "The letter holds bytes above 127; they must be encoded.", HEADERS)
    for name in ("Message-ID", "Date", "From", "Subject"):
        if len(proof.message.get_all(name, [])) != 1:
            yield Fault(ERROR, f"The letter must have the header {name} exactly once.", HEADERS)
    said = str(proof.message.get("Subject", ""))
    if said.split() != proof.email.subject.split():
        message = f"The Subject reads back as {said!r}, not as {proof.email.subject!r}."
        yield Fault(ERROR, message, HEADERS)
    if not _is_date(str(proof.message.get("Date", ""))):
        yield Fault(ERROR, f"The Date {proof.message.get('Date')!r} is not a date.", HEADERS)


def _is_date(text: str) -> bool:
    try:
        return parsedate_to_datetime(text) is not None
    except ValueError:
        return False
