"""SMTP: a library's handshake, then letters in a pipeline on the same connection.

aiosmtplib connects, speaks EHLO, STARTTLS and AUTH; from then on `smtp_connection.py` has the wire.
"""

import asyncio
import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, cast

import aiosmtplib

from briefing.errors import TransportError, why
from briefing.sends.transports.handshake import largest_letter, shake_hands
from briefing.sends.transports.refusals import refused
from briefing.sends.transports.session import SessionLimits
from briefing.sends.transports.smtp_connection import SmtpConnection, SmtpSession, hang_up

#: Seconds to wait for the greeting: RFC 5321 section 4.5.3.2.
_GREETING = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """How to reach the relay."""

    host: str
    port: int = 587
    #: `starttls` and `tls` are required, never tried; `none` is only for this very machine.
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    #: Certificates to trust besides the system's own, as PEM.
    ca_file: Path | None = None
    #: How many connections to hold open at once.
    connections: int = 8
    #: What EHLO says we are; the machine's own name when empty.
    local_name: str = ""


class SmtpTransport:
    """Opens connections to one relay."""

    def __init__(self, settings: SmtpSettings) -> None:
        """Prepare; nothing is opened yet.

        Raises:
            TransportError: when the settings would send letters or a password in clear over a
                network, or the certificates cannot be read.
        """
        self.connections = settings.connections
        self._settings = settings
        self._name = f"{settings.host}:{settings.port}"
        if settings.security == "none" and not _is_loopback(settings.host):
            raise TransportError(
                f'{self._name}: security = "none" is only for a relay on this machine. Set '
                '[send.smtp] security = "starttls" or "tls".',
                permanent=True,
            )
        self._tls = None if settings.security == "none" else _tls_context(settings)
        self._limits = SessionLimits()

    async def open(self) -> "SmtpConnection":
        """Connect, secure the connection and sign in.

        Raises:
            TransportError: with what the relay said; permanent when a person must act.
        """
        return SmtpConnection(await self._session(), self._name, self._session, self._limits)

    async def _session(self) -> SmtpSession:
        """A session that is ready for letters."""
        settings = self._settings
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security == "tls",
            start_tls=False,
            tls_context=self._tls,
            local_hostname=settings.local_name or None,
            timeout=_GREETING,
        )
        # The library lets go of its transport when something fails; we have to hang up.
        transport = None
        try:
            await client.connect()
            transport = client.transport
            await shake_hands(
                client,
                self._name,
                starttls=settings.security == "starttls",
                username=settings.username,
                password=settings.password,
            )
        except TransportError:
            await hang_up(transport)
            raise
        except (aiosmtplib.SMTPException, OSError, ssl.SSLError, ValueError) as error:
            await hang_up(transport)
            raise refused(self._name, error, username=settings.username) from error
        if client.transport is None:
            raise TransportError(f"{self._name} closed the connection right after the handshake.")
        # uvloop's transports have all of it and are not subclasses.
        wire = cast("asyncio.Transport", client.transport)
        can_pipeline = client.supports_extension("pipelining")
        return SmtpSession(wire, can_pipeline, largest_letter(client), client)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _tls_context(settings: SmtpSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.ca_file is not None:
        try:
            context.load_verify_locations(settings.ca_file)
        except OSError as error:
            raise TransportError(
                f"[send.smtp] ca_file = {str(settings.ca_file)!r} cannot be read: {why(error)}. It must "
                "be a PEM file of certificates.",
                permanent=True,
            ) from error
    return context
