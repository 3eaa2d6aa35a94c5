"""The start of a session: greeting, STARTTLS and signing in, with what the relay does not offer said."""

import aiosmtplib  # noqa: TID251 - its client, which smtp.py opens

from briefing.errors import TransportError

#: EHLO is not known here (RFC 5321 sections 3.2 and 4.2.4).
_NO_EHLO = (500, 502)


async def shake_hands(
    client: aiosmtplib.SMTP, name: str, *, starttls: bool, username: str, password: str
) -> None:
    """Bring a connection that is open to where it takes letters.

    Args:
        client: connected; secured already where the port begins with TLS.
        name: of the relay, for people.
        starttls: whether the connection has to be secured first.
        username: who signs in; nobody does when it is empty.
        password: theirs.

    Raises:
        TransportError: when the relay does not offer what is needed.
    """
    await _greet(client)
    if starttls:
        if not client.supports_extension("starttls"):
            raise TransportError(
                f"{name} does not offer STARTTLS. Letters never leave unencrypted; use the relay's "
                "right port, or ask whoever runs it.",
                permanent=True,
            )
        await _secure(client, name)
        # RFC 3207 section 4.2: what was said before counts no more.
        await _greet(client)
    if username:
        _must_know_a_way_to_sign_in(client, name)
        await client.login(username, password)


async def _greet(client: aiosmtplib.SMTP) -> None:
    """EHLO, or HELO to a relay that was there before it (RFC 5321 section 3.2)."""
    if not client.is_ehlo_or_helo_needed:
        return
    try:
        await client.ehlo()
    except aiosmtplib.SMTPHeloError as error:
        if error.code not in _NO_EHLO:
            raise
        await client.helo()


async def _secure(client: aiosmtplib.SMTP, name: str) -> None:
    try:
        await client.starttls()
    except aiosmtplib.SMTPServerDisconnected as error:
        raise TransportError(
            f"{name} hung up while TLS was agreed on. So does a relay that knows nothing newer than TLS 1.1; "
            "TLS 1.2 is the oldest that is spoken."
        ) from error


def _must_know_a_way_to_sign_in(client: aiosmtplib.SMTP, name: str) -> None:
    if client.supported_auth_methods:
        return
    offered = ", ".join(method.upper() for method in client.server_auth_methods)
    said = f"offers to sign in by {offered} alone" if offered else "does not offer to sign in"
    ours = ", ".join(method.upper() for method in client.AUTH_METHODS)
    raise TransportError(
        f"{name} {said}; this program knows {ours}. Use the relay's port for submission, ask whoever "
        'runs it, or leave [send.smtp] username = "" where it wants none.',
        permanent=True,
    )


def largest_letter(client: aiosmtplib.SMTP) -> int:
    """How many octets a letter may have there (RFC 1870 section 3); 0 where nothing is said."""
    told = client.esmtp_extensions.get("size", "")
    return int(told) if told.isascii() and told.isdigit() else 0
