"""SMTP: a library's handshake, then letters in a pipeline on the same connection.

aiosmtplib connects, speaks EHLO, STARTTLS and AUTH. From then on its way of sending would cost
four round trips and two searches of every letter; ours sends the three commands of an envelope at
once (RFC 2920) and hands over bytes that are ready for the wire.
"""

import asyncio
import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, cast

import aiosmtplib

from briefing.errors import TransportError
from briefing.model.delivery import Delivery, State
from briefing.model.mail import Letter
from briefing.sends.transports.base import Following, MayEnd
from briefing.sends.transports.refusals import refused, said
from briefing.sends.transports.smtp_replies import Reply, Stage
from briefing.sends.transports.wire import ReplyStream

#: Seconds to wait for each answer: RFC 5321 section 4.5.3.2.
_GREETING, _ENVELOPE, _DATA, _DOT = 300.0, 300.0, 120.0, 600.0
_QUIT = 5.0
_START_INPUT, _OUT_OF_ORDER = 354, 503


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """How to reach the relay."""

    host: str
    port: int = 587
    #: `starttls` and `tls` are required, never tried; `none` is only for this very machine.
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    #: Certificates to trust beside the system's own, as PEM.
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

    async def open(self) -> "SmtpConnection":
        """Connect, secure the connection and sign in.

        Raises:
            TransportError: with what the relay said; permanent when a person must act.
        """
        settings = self._settings
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=self._tls,
            local_hostname=settings.local_name or None,
            timeout=_GREETING,
        )
        # The library lets go of its transport when something fails; we have to hang up.
        transport = None
        try:
            await client.connect()
            transport = client.transport
            if client.is_ehlo_or_helo_needed:
                await client.ehlo()
            if settings.username:
                await client.login(settings.username, settings.password)
        except (aiosmtplib.SMTPException, OSError, ssl.SSLError, ValueError) as error:
            await _hang_up(transport)
            raise refused(
                self._name, error, username=settings.username, security=settings.security
            ) from error
        return SmtpConnection(client, self._name)


class SmtpConnection:
    """One connection, signed in; letters follow each other."""

    def __init__(self, client: aiosmtplib.SMTP, name: str) -> None:
        self._name = name
        self._pipelining = client.supports_extension("pipelining")
        self._wire = ReplyStream()
        #: The letter whose envelope left along with the end of the one before.
        self._announced: Letter | None = None
        if client.transport is None:
            raise TransportError(f"{name} closed the connection right after the handshake.")
        # uvloop's transports have all of it and are no subclass.
        transport = cast("asyncio.Transport", client.transport)
        self._transport = transport
        # The library has done its part; from here on answers come to us.
        transport.set_protocol(self._wire)
        self._client = client

    async def post(
        self, letter: Letter, may_end: MayEnd | None = None, following: Following | None = None
    ) -> Delivery:
        """Post one letter: see `Connection.post`.

        All but the final dot leaves before the answer is in: the relay reads while the disk writes.
        """
        try:
            refusal = await self._envelope(letter)
            if refusal is not None:
                return refusal
            ends = await self._body(letter, may_end)
        except (OSError, TimeoutError) as error:
            self._transport.abort()
            raise TransportError(
                f"{self._name}: {said(error)} before the letter was complete."
            ) from error
        return await self._end(letter, following) if ends else _withheld(letter)

    async def close(self) -> None:
        """Say QUIT and hang up; just hang up where a letter was announced and does not come."""
        if self._announced is None and not self._transport.is_closing():
            try:
                self._transport.write(b"QUIT\r\n")
                await self._wire.reply(_QUIT)
            except (OSError, TimeoutError):
                pass
        await _hang_up(self._transport)

    async def _envelope(self, letter: Letter) -> Delivery | None:
        """Sender, reader, DATA; None when the relay now waits for the letter."""
        commands = _commands(letter)
        if self._pipelining:
            if self._announced is not letter:
                self._transport.write(b"".join(commands))
            self._announced = None
            mail = await self._wire.reply(_ENVELOPE, expected=len(commands))
            rcpt = await self._answer(_ENVELOPE)
            data = await self._answer(_DATA)
            refusal = self._judge(letter, mail, rcpt, data)
            if refusal is not None and data.code == _START_INPUT:
                # RFC 2920 section 3.1: an empty letter ends what must not have begun.
                self._transport.write(b".\r\n")
                await self._answer(_DOT)
            elif refusal is not None and mail.is_good:
                await self._reset()
            return refusal
        replies = []
        for command in commands:
            self._transport.write(command)
            replies.append(await self._answer(_ENVELOPE))
            if not replies[-1].is_good:
                break
        refusal = self._judge(letter, *replies)
        if refusal is not None and replies[0].is_good:
            await self._reset()
        return refusal

    async def _reset(self) -> None:
        """Forget the sender, so that the next envelope may begin (RFC 5321 section 4.1.1.5)."""
        self._transport.write(b"RSET\r\n")
        await self._answer(_ENVELOPE)

    def _judge(
        self, letter: Letter, mail: Reply, rcpt: Reply | None = None, data: Reply | None = None
    ) -> Delivery | None:
        if mail.code == _OUT_OF_ORDER:
            raise ConnectionError(f"relay and sender have lost step ({mail.line})")
        if mail.is_permanent:
            raise TransportError(
                f"{self._name} refuses the sender {letter.sender}: {mail.line}. Ask its keeper, or "
                "correct [send] from and bounce_address.",
                permanent=True,
            )
        for reply, stage in ((mail, Stage.MAIL), (rcpt, Stage.RCPT), (data, Stage.DATA)):
            if reply is not None and not reply.is_good:
                return _outcome(letter, reply, stage)
        if data is None or data.code != _START_INPUT:
            raise ConnectionError("an answer to DATA that is neither yes nor no")
        return None

    async def _body(self, letter: Letter, may_end: MayEnd | None) -> bool:
        """All of the letter but its end; False when it may not have one."""
        # No line of a letter begins with a dot (see `Letter`), so none has to be doubled.
        self._transport.write(letter.wire)
        try:
            ends = may_end is None or bool(await may_end)
        except BaseException:
            self._transport.abort()
            raise
        if not ends:
            # RFC 5321 section 3.8: what was never ended was never a letter.
            self._transport.abort()
        elif self._transport.is_closing():
            raise ConnectionError("the connection was lost")
        return ends

    async def _end(self, letter: Letter, following: Following | None) -> Delivery:
        """The final dot. What gets lost from here on may have arrived.

        A text may be the first of a group of commands (RFC 2920 section 3.1): the next envelope goes
        along, which spares both sides a packet.
        """
        self._announced = following() if following is not None and self._pipelining else None
        next_one = _commands(self._announced) if self._announced is not None else ()
        self._transport.write(b"".join((b".\r\n", *next_one)))
        try:
            reply = await self._answer(_DOT)
        except (OSError, TimeoutError) as error:
            self._transport.abort()
            return Delivery(
                recipient=letter.recipient,
                state=State.IN_DOUBT,
                detail=f"{self._name}: {said(error)} after the letter was complete",
            )
        return _outcome(letter, reply, Stage.DATA)

    async def _answer(self, seconds: float) -> Reply:
        return await self._wire.reply(seconds)


async def _hang_up(transport: asyncio.BaseTransport | None) -> None:
    """Close at once, and let the loop take note: a loop that ends before is told off by TLS."""
    if transport is not None:
        cast("asyncio.Transport", transport).abort()
        await asyncio.sleep(0)


def _outcome(letter: Letter, reply: Reply, stage: Stage) -> Delivery:
    if reply.is_good:
        return Delivery(recipient=letter.recipient, state=State.POSTED, detail=reply.line)
    state = State.BOUNCED if reply.is_permanent else State.DEFERRED
    return Delivery(
        recipient=letter.recipient, state=state, detail=reply.line, status=reply.status(stage)
    )


def _commands(letter: Letter) -> tuple[bytes, ...]:
    return (
        f"MAIL FROM:<{letter.sender}>\r\n".encode("ascii"),
        f"RCPT TO:<{letter.recipient}>\r\n".encode("ascii"),
        b"DATA\r\n",
    )


def _withheld(letter: Letter) -> Delivery:
    return Delivery(recipient=letter.recipient, state=State.SKIPPED)


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
                f"[send.smtp] ca_file = {str(settings.ca_file)!r} cannot be read: {error}. It must "
                "be a PEM file of certificates.",
                permanent=True,
            ) from error
    return context
