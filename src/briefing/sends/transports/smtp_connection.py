"""Letters in a pipeline on a session that is ready for them.

A library's way of sending costs four round trips and two searches of every letter; ours sends the
three commands of an envelope at once (RFC 2920) and hands over bytes that are ready for the wire.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, cast

from briefing.errors import TransportError
from briefing.model.delivery import Delivery, State
from briefing.model.mail import Letter
from briefing.sends.transports.base import Following, MayEnd
from briefing.sends.transports.envelope import (
    commands,
    is_welcome,
    no_larger_than,
    outcome,
    refused_sender,
)
from briefing.sends.transports.refusals import said
from briefing.sends.transports.session import Counted, SessionLimits
from briefing.sends.transports.smtp_replies import Reply, Stage
from briefing.sends.transports.wire import ReplyStream

#: Seconds to wait for each answer: RFC 5321 section 4.5.3.2.
_ENVELOPE, _DATA, _DOT, _QUIT = 300.0, 120.0, 600.0, 5.0
_START_INPUT, _OUT_OF_ORDER, _CLOSING, _TOO_MANY = 354, 503, 421, 452
#: Commands of an envelope: sender, reader, DATA.
_WHOLE = 3
_COUNTED = tuple(Counted)


class SmtpSession(NamedTuple):
    """A connection that has greeted, secured and signed in."""

    transport: asyncio.Transport
    #: True when the relay takes groups of commands.
    pipelining: bool
    #: Octets of the largest letter that it takes; 0 where it has not said.
    largest: int
    #: The library's end of it.
    made_by: object


class SmtpConnection:
    """One connection, signed in; letters follow each other.

    Where the relay ends a session between two letters, a new one takes its place unseen.
    """

    def __init__(
        self,
        session: SmtpSession,
        name: str,
        renewed: Callable[[], Awaitable[SmtpSession]],
        limits: SessionLimits,
    ) -> None:
        """Take over a session.

        Args:
            session: right after the handshake.
            name: of the relay, for people.
            renewed: makes another session; raises TransportError.
            limits: what is known of how much the relay takes in one.
        """
        self._name, self._renewed, self._limits = name, renewed, limits
        self._begin(session)

    @property
    def certificate(self) -> dict[str, object] | None:
        """What the relay showed of itself and was verified; None of a session in clear."""
        return cast("dict[str, object] | None", self._transport.get_extra_info("peercert"))

    def _begin(self, session: SmtpSession) -> None:
        self._pipelining, self._transport = session.pipelining, session.transport
        self._largest = session.largest
        self._wire = ReplyStream()
        #: The letter whose envelope left along with the end of the one before.
        self._announced: Letter | None = None
        #: What the relay may count, and whether it has ended the session.
        self._counts: Counter[Counted] = Counter()
        self._is_over = False
        # The handshake is done; from here on answers come to us. Who made it has to stay alive.
        session.transport.set_protocol(self._wire)
        self._handshake = session.made_by

    async def post(
        self, letter: Letter, may_end: MayEnd | None = None, following: Following | None = None
    ) -> Delivery:
        """Post one letter: see `Connection.post`.

        All but the final dot leaves before the answer is in: the relay reads while the disk writes.
        """
        try:
            refusal = await self._accepted(letter)
            if refusal is not None:
                return refusal
            ends = await self._body(letter, may_end)
        except (OSError, TimeoutError) as error:
            self._transport.abort()
            raise TransportError(
                f"{self._name}: {said(error)} before the letter was complete."
            ) from error
        return (
            await self._end(letter, following)
            if ends
            else Delivery(recipient=letter.recipient, state=State.SKIPPED)
        )

    async def _accepted(self, letter: Letter) -> Delivery | None:
        """As `_envelope`, on a new session where this one is over or comes to its end."""
        if self._is_over or not self._limits.allows(self._counts, *_COUNTED):
            await self._renew()
        no_larger_than(self._largest, letter, self._name)
        used = bool(self._counts)
        try:
            return await self._envelope(letter)
        except ConnectionError:
            # Nothing of this letter has left the house, so it may be announced once more.
            if not used:
                raise
        await self._renew()
        return await self._envelope(letter)

    async def _renew(self) -> None:
        await self.close()
        self._begin(await self._renewed())

    async def close(self) -> None:
        """Say QUIT and hang up; just hang up where a letter was announced and does not come."""
        if self._announced is None and not self._transport.is_closing():
            try:
                self._write(b"QUIT\r\n")
                await self._wire.reply(_QUIT)
            except (OSError, TimeoutError):
                pass
        await hang_up(self._transport)

    async def _envelope(self, letter: Letter) -> Delivery | None:
        """Sender, reader, DATA; None when the relay now waits for the letter."""
        replies = await self._answers(letter)
        if is_welcome(replies):
            return None
        self._ends_here(replies)
        refusal = self._judge(letter, *replies)
        self._counts[Counted.REFUSALS] += 1
        if len(replies) == _WHOLE and replies[-1].code == _START_INPUT:
            # RFC 2920 section 3.1: an empty letter ends what must not have begun.
            self._write(b".\r\n")
            await self._wire.reply(_DOT)
        elif replies[0].is_good and not self._is_over:
            await self._reset()
        return refusal

    async def _answers(self, letter: Letter) -> Sequence[Reply]:
        """The answers to an envelope; fewer than its commands where one was refused."""
        if not self._pipelining:
            return await self._one_by_one(commands(letter))
        if self._announced is not letter:
            self._write(b"".join(commands(letter)))
        self._announced = None
        return await self._wire.replies(_ENVELOPE, _WHOLE) or await self._one_by_one(())

    async def _one_by_one(self, coming_up: tuple[bytes, ...]) -> list[Reply]:
        """As `_answers`, each command said when the one before is answered; none where all were said."""
        replies = list[Reply]()
        for number in range(_WHOLE):
            try:
                if coming_up:
                    self._write(coming_up[number])
                seconds = _DATA if number == _WHOLE - 1 else _ENVELOPE
                coming = 1 if coming_up else _WHOLE - number
                replies.append(await self._wire.reply(seconds, expected=coming))
            except ConnectionError:
                if not replies or replies[-1].is_good:
                    raise
                self._is_over = True
                break
            if not replies[-1].is_good and coming_up:
                break
        return replies

    def _ends_here(self, replies: Sequence[Reply]) -> None:
        """Heed a relay that ends the session in the middle of an envelope.

        Raises:
            ConnectionError: when it has said nothing of the letter itself.
        """
        mail, last = replies[0], replies[-1]
        full = mail.code == _TOO_MANY and self._counts[Counted.LETTERS] > 0
        if mail.code == _CLOSING or full:
            self._limits.met(Counted.LETTERS, self._counts[Counted.LETTERS])
        elif last.code == _CLOSING:
            self._limits.met(Counted.REFUSALS, self._counts[Counted.REFUSALS])
        else:
            return
        self._is_over = True
        first = next(reply for reply in replies if not reply.is_good)
        if first.code == _CLOSING or full:
            raise ConnectionError(f"the relay ends the session ({first.line})")

    async def _reset(self) -> None:
        """Forget the sender, so that the next envelope may begin (RFC 5321 section 4.1.1.5)."""
        if not self._limits.allows(self._counts, Counted.RESETS):
            self._is_over = True
            return
        try:
            self._write(b"RSET\r\n")
            self._is_over = not (await self._wire.reply(_ENVELOPE)).is_good
        except ConnectionError:
            self._is_over = True
        if self._is_over:
            self._limits.met(Counted.RESETS, self._counts[Counted.RESETS])
        else:
            self._counts[Counted.RESETS] += 1

    def _write(self, content: bytes) -> None:
        """Hand bytes to the connection.

        Raises:
            ConnectionError: when it is closed; uvloop would raise RuntimeError.
        """
        if self._transport.is_closing():
            raise ConnectionError("the relay has closed the connection")
        self._transport.write(content)

    def _judge(
        self, letter: Letter, mail: Reply, rcpt: Reply | None = None, data: Reply | None = None
    ) -> Delivery:
        if mail.code == _OUT_OF_ORDER:
            raise ConnectionError(f"relay and sender have lost step ({mail.line})")
        if mail.is_permanent:
            raise refused_sender(letter, mail, self._name)
        for reply, stage in ((mail, Stage.MAIL), (rcpt, Stage.RCPT), (data, Stage.DATA)):
            if reply is not None and not reply.is_good:
                return outcome(letter, reply, stage)
        raise ConnectionError("an answer to DATA that is neither yes nor no")

    async def _body(self, letter: Letter, may_end: MayEnd | None) -> bool:
        """All of the letter but its end; False when it may not have one."""
        # No line of a letter begins with a dot (see `Letter`), so none has to be doubled.
        self._write(letter.wire)
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
        # A session that is about to end is announced nothing: what comes next begins a new one.
        self._counts[Counted.LETTERS] += 1
        may_go_on = self._pipelining and self._limits.allows(self._counts, Counted.LETTERS)
        self._announced = following() if following is not None and may_go_on else None
        next_one = commands(self._announced) if self._announced is not None else ()
        try:
            self._write(b"".join((b".\r\n", *next_one)))
        except ConnectionError as error:
            raise TransportError(
                f"{self._name}: {said(error)} before the letter was complete."
            ) from error
        try:
            reply = await self._wire.reply(_DOT)
        except (OSError, TimeoutError) as error:
            self._transport.abort()
            return Delivery(
                recipient=letter.recipient,
                state=State.IN_DOUBT,
                detail=f"{self._name}: {said(error)} after the letter was complete",
            )
        return outcome(letter, reply, Stage.DATA)


async def hang_up(transport: asyncio.BaseTransport | None) -> None:
    """Close at once, and let the loop take note: a loop that ends before is told off by TLS."""
    if transport is not None:
        cast("asyncio.Transport", transport).abort()
        await asyncio.sleep(0)
