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
    refused,
)
from briefing.sends.transports.refusals import said
from briefing.sends.transports.session import Counted, SessionLimits
from briefing.sends.transports.smtp_replies import Reply, Stage
from briefing.sends.transports.wire import ReplyStream

#: Seconds to wait for each answer: RFC 5321 section 4.5.3.2.
_ENVELOPE, _DATA, _DOT, _QUIT = 300.0, 120.0, 600.0, 5.0
_START_INPUT, _CLOSING, _TOO_MANY = 354, 421, 452
#: Commands of an envelope: sender, reader, DATA.
_WHOLE = 3
#: Octets that come after a text at most: its dot and an envelope, whose commands have 512 (RFC 5321
#: section 4.5.3.1.4).
_AFTER_TEXT = 3 + _WHOLE * 512
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
        session.transport.set_write_buffer_limits(high=_AFTER_TEXT, low=_AFTER_TEXT)
        self._handshake = session.made_by

    async def post(
        self, letter: Letter, may_end: MayEnd | None = None, following: Following | None = None
    ) -> Delivery:
        """Post one letter: see `Connection.post`.

        The text waits for its end, because one write costs less than two. Yet whoever loses it then cannot tell
        how much of it arrived, so a relay that has hung up on one is sent the rest ahead of their ends.
        """
        try:
            refusal = await self._accepted(letter)
            if refusal is not None:
                return refusal
            # No line of a letter begins with a dot (see `Letter`), so none has to be doubled.
            text = letter.wire
            if self._limits.hangs_up_on_texts:
                self._write(text)
                text = b""
            ends = await self._may_end(may_end)
        except (OSError, TimeoutError) as error:
            self._transport.abort()
            raise self._incomplete(error) from error
        return (
            await self._end(letter, text, following)
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
        refusal = refused(letter, replies, self._name)
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

    async def _may_end(self, may_end: MayEnd | None) -> bool:
        """False when the letter may not have an end."""
        try:
            ends = may_end is None or bool(await may_end)
        except BaseException:
            self._transport.abort()
            raise
        if not ends:
            # RFC 5321 section 3.8: what was never ended was never a letter.
            self._transport.abort()
        return ends

    async def _end(self, letter: Letter, text: bytes, following: Following | None) -> Delivery:
        """The final dot, and what has not left of the text. What gets lost from here on may have arrived.

        A text may be the first of a group of commands (RFC 2920 section 3.1): the next envelope goes
        along, which spares both sides a packet.
        """
        # A session that is about to end is announced nothing: what comes next begins a new one.
        self._counts[Counted.LETTERS] += 1
        may_go_on = self._pipelining and self._limits.allows(self._counts, Counted.LETTERS)
        self._announced = following() if following is not None and may_go_on else None
        next_one = commands(self._announced) if self._announced is not None else ()
        try:
            self._write(b"".join((text, b".\r\n", *next_one)))
        except ConnectionError as error:
            raise self._incomplete(error) from error
        try:
            reply = await self._wire.reply(_DOT)
            if reply.asks_for_more:
                raise ConnectionError(f"an answer that is neither yes nor no ({reply.line})")
        except (OSError, TimeoutError) as error:
            return self._unanswered(letter, error)
        return outcome(letter, reply, Stage.DATA)

    def _unanswered(self, letter: Letter, error: OSError) -> Delivery:
        """What is known of a letter whose answer never came.

        Raises:
            TransportError: when its end was never handed to the kernel.
        """
        is_held_up = self._wire.is_held_up
        self._transport.abort()
        if isinstance(error, ConnectionError):
            self._limits.hangs_up_on_texts = True
        if is_held_up:
            raise self._incomplete(error) from error
        return Delivery(
            recipient=letter.recipient,
            state=State.IN_DOUBT,
            detail=f"{self._name}: {said(error)} after the letter was complete",
        )

    def _incomplete(self, error: BaseException) -> TransportError:
        return TransportError(f"{self._name}: {said(error)} before the letter was complete.")


async def hang_up(transport: asyncio.BaseTransport | None) -> None:
    """Close at once, and let the loop take note: a loop that ends before is told off by TLS."""
    if transport is not None:
        cast("asyncio.Transport", transport).abort()
        await asyncio.sleep(0)
