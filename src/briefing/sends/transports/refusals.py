"""What went wrong on the way to a relay, as sentences that say whether a person must act."""

import os
import ssl
from typing import TypeVar

import aiosmtplib  # noqa: TID251 - its errors

from briefing.errors import TransportError

#: The relay closes, or cannot now (RFC 5321 section 3.8, RFC 4954 section 6).
_FEWER = (421, 454)
#: Why a certificate does not hold, by the numbers of OpenSSL (`X509_V_ERR_…`, x509_vfy.h), and who mends it.
_UNTRUSTED = {
    9: "is not valid yet. Is this machine's clock right?",
    10: "has expired. Ask whoever runs the relay to renew it.",
    62: "is of another host. Name the relay in [send.smtp] host as its certificate does.",
}
_UNKNOWN_ISSUER = (
    "cannot be trusted: {why}. For a certificate of your own, name it in [send.smtp] ca_file."
)

E = TypeVar("E", bound=BaseException)


def said(error: BaseException) -> str:
    """What an error says of itself."""
    late = isinstance(error, TimeoutError)
    return "no answer came in time" if late else str(error) or type(error).__name__


def refused(name: str, error: Exception, *, username: str) -> TransportError:
    """What went wrong before the first letter, and whether a person must act."""
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            words = f"{error.code} {error.message}"
            if error.code < 500:  # noqa: PLR2004 - RFC 5321 section 4.2.1
                return TransportError(f"{name} cannot check the password just now: {words}.")
            return TransportError(
                f"{name} refuses user {username!r}: {words}. Correct [send.smtp] username, "
                "and the password in BRIEFING_SEND__SMTP__PASSWORD or password_file.",
                permanent=True,
            )
        case aiosmtplib.SMTPResponseException():
            return TransportError(
                f"{name} turns us away: {error.code} {error.message.rstrip('.')}. If it goes on, ask whoever "
                "runs it whether this machine may send through it.",
                permanent=error.code >= 500,  # noqa: PLR2004 - RFC 5321 section 4.2.1
                is_throttling=error.code in _FEWER,
            )
        case _ if untrusted := _behind(error, ssl.SSLCertVerificationError):
            why = _UNKNOWN_ISSUER.format(why=untrusted.verify_message)
            return TransportError(
                f"{name}: its certificate {_UNTRUSTED.get(untrusted.verify_code, why)}",
                permanent=True,
            )
        case _ if isinstance(error.__cause__ or error, ssl.SSLError):
            return TransportError(
                f"{name} speaks no TLS that this program takes: {said(error)}. A port that begins with "
                'TLS, such as 465, wants [send.smtp] security = "tls", any other "starttls"; TLS 1.2 is '
                "the oldest that is spoken."
            )
        case _:
            return TransportError(
                f"{name} cannot be reached: {_plainly(error)}. Is it running, and are [send.smtp] host and "
                "port right?"
            )


def _behind(error: BaseException, kind: type[E]) -> E | None:
    """The error of a kind that is behind another; itself, where it is of that kind."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, kind):
        found = found.__cause__
    return found


def _plainly(error: BaseException) -> str:
    """The system's own words, without its number and without the address, which is named already."""
    cause: BaseException | None = error
    # aiosmtplib's own error is a ConnectionError too, and has no number.
    while cause is not None and getattr(cause, "errno", None) is None:
        cause = cause.__cause__
    if not isinstance(cause, OSError) or cause.errno is None:
        return said(error)
    words = os.strerror(cause.errno) if cause.errno > 0 else cause.strerror or said(error)
    return f"{words[:1].lower()}{words[1:]}"
