"""What went wrong on the way to a relay, as sentences that say whether a person must act."""

import ssl

import aiosmtplib  # noqa: TID251 - its errors

from briefing.errors import TransportError

#: The relay closes, or cannot now (RFC 5321 section 3.8, RFC 4954 section 6).
_FEWER = (421, 454)


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
                f"{name} turns us away: {error.code} {error.message}.",
                permanent=error.code >= 500,  # noqa: PLR2004 - RFC 5321 section 4.2.1
                is_throttling=error.code in _FEWER,
            )
        case _ if isinstance(error.__cause__ or error, ssl.SSLCertVerificationError):
            return TransportError(
                f"{name}: its certificate cannot be trusted: {error}. Is the host name right? For "
                "a certificate of your own, name it in [send.smtp] ca_file.",
                permanent=True,
            )
        case _ if isinstance(error.__cause__ or error, ssl.SSLError):
            return TransportError(
                f"{name} speaks no TLS that this program takes: {said(error)}. A port that begins with "
                'TLS, such as 465, wants [send.smtp] security = "tls", any other "starttls"; TLS 1.2 is '
                "the oldest that is spoken."
            )
        case _:
            return TransportError(f"{name} cannot be reached: {said(error)}.")
