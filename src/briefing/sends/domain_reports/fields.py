"""The values that both kinds of reports have, read strictly: a report is a stranger's file."""

from datetime import UTC, datetime
from ipaddress import ip_address

from briefing.errors import SendError

#: Lines of one report, letters of one line, and characters of one value that is kept.
MOST_LINES, MOST_LETTERS, LONGEST = 20_000, 10**9, 250
_FIRST, _LAST = 946_684_800.0, 4_102_444_800.0  # the years 2000 and 2100


def a_count(written: object, name: str) -> int:
    """A number of letters or sessions.

    Raises:
        SendError: when it is not one.
    """
    text = str(written).strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_LETTERS))):
        raise SendError(f"{name} is {text[:40]!r} and not a number of letters or sessions")
    return int(text)


def an_address(written: str) -> str:
    """An IP address, as it is written in short.

    Raises:
        SendError: when it is not one.
    """
    try:
        return str(ip_address(written.strip()))
    except ValueError as error:
        raise SendError(f"source_ip is {written[:60]!r} and not an IP address") from error


def a_moment(written: str, name: str) -> float:
    """A moment in seconds since 1970, written so or as RFC 3339 has it.

    Raises:
        SendError: when it is neither, or in another century.
    """
    try:
        text = written.strip()
        if text.isdecimal():
            moment = float(text)
        else:
            found = datetime.fromisoformat(text)
            moment = (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise SendError(f"{name} is {written[:40]!r} and not a moment") from error
    if not _FIRST < moment < _LAST:
        raise SendError(f"{name} is {written[:40]!r}, which is not of this century")
    return moment


def words(written: object) -> str:
    """A line of text, as long as it is kept, without what terminals would obey."""
    text = " ".join(str(written or "").split())[:LONGEST]
    return "".join(sign for sign in text if sign.isprintable())


def a_domain(written: object) -> str:
    """A domain in small letters.

    Raises:
        SendError: when there is none.
    """
    domain = words(written).lower().rstrip(".")
    if "." not in domain or " " in domain:
        raise SendError(f"{domain[:60]!r} is not a domain")
    return domain
