"""What a server's refusal means, and when it may be asked again."""

from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx2

from briefing.clock import utc_now
from briefing.errors import SourceError

#: A server that asks for more is asked again after this all the same; seconds.
_LONGEST_WAIT = 7 * 86_400.0
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_MEANINGS = {
    304: "says that nothing has changed, and was asked for everything",
    401: "asks for a password, which the desk has not",
    403: "refuses programs, or this one; read it in a browser, or write to its publisher",
    404: "is not there; correct the address",
    410: "is gone for good; take it out of config.toml",
    429: "says that it is asked too often",
    451: "is closed for legal reasons",
    503: "is not available just now",
}
#: A site without this file (RFC 9309, section 2.3.1.3): every other 4xx, but not "too many".
_ABSENT = frozenset(range(400, 500)) - {429}


def refusal(status: int, headers: httpx2.Headers) -> SourceError:
    """The sentence of an answer that is not one."""
    phrase = f" {_PHRASES[status]}" if status in _PHRASES else ""
    meaning = _MEANINGS.get(status, "gave no page")
    wait = _asked_wait(headers.get("retry-after", ""))
    patience = f"; it asks to be left alone for {wait:,.0f} seconds" if wait else ""
    return SourceError(
        f"answers {status}{phrase}: it {meaning}{patience}",
        wait=wait,
        absent=status in _ABSENT,
        status=status,
    )


def _asked_wait(written: str) -> float | None:
    """Retry-After in seconds from now (RFC 9110, section 10.2.3): a number or a date."""
    text = written.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (aware - utc_now()).total_seconds()), _LONGEST_WAIT)
