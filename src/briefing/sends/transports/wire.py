"""The wire: bytes of an SMTP connection → replies (RFC 5321 section 4.2)."""

import asyncio
from functools import lru_cache

from briefing.sends.transports.smtp_replies import Reply

#: A longer answer comes from something that is not a mail relay.
_LONGEST_REPLY = 16_384


class ReplyStream(asyncio.Protocol):
    """Collects bytes into replies; one reader waits at a time."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._waiter: asyncio.Future[None] | None = None
        self._lost: Exception | None = None
        self._expected = 1
        self._loop = asyncio.get_running_loop()
        #: When the answer that is waited for is late, and the one timer that looks whether it is.
        self._late_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        #: True while more waits to be handed to the kernel than the transport's limit.
        self.is_held_up = False

    def pause_writing(self) -> None:
        self.is_held_up = True

    def resume_writing(self) -> None:
        self.is_held_up = False

    def data_received(self, data: bytes) -> None:
        self._received += data
        if len(self._received) > _LONGEST_REPLY:
            self._lost = ConnectionError("an answer too long for a mail relay")
        # A reply is a line at least; one of several lines only wakes us early.
        elif self._received.count(b"\n") < self._expected:
            return
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = exc or ConnectionError("the connection was closed")
        self._wake()
        if self._timer is not None:
            self._timer.cancel()

    async def reply(self, seconds: float, expected: int = 1) -> Reply:
        """The next complete reply.

        Args:
            seconds: how long to wait for it.
            expected: how many replies are to come; waiting for all of them at once is cheaper.

        Raises:
            OSError: when the connection is lost or what comes is not a reply.
            TimeoutError: when nothing comes for so long.
        """
        while True:
            found = self._take()
            if found is not None:
                return found
            if self._lost is not None:
                raise ConnectionError(str(self._lost) or "the connection was lost") from self._lost
            self._expected = expected
            await self._wait(seconds)

    async def replies(self, seconds: float, count: int) -> tuple[Reply, ...]:
        """So many replies of a line each, all at once; none where something else comes, for `reply` to read.

        Raises:
            TimeoutError: as `reply`.
        """
        if self._received.count(b"\n") < count and self._lost is None:
            self._expected = count
            await self._wait(seconds)
        found = _together(bytes(self._received))
        if len(found) != count:
            return ()
        self._received.clear()
        return found

    async def _wait(self, seconds: float) -> None:
        """Until something has happened. One timer serves all waits: setting one costs as much as a reply."""
        self._waiter = self._loop.create_future()
        self._late_at = self._loop.time() + seconds
        if self._timer is None or self._timer.when() > self._late_at:
            self._look_again()
        await self._waiter

    def _look_again(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(self._late_at, self._look)

    def _look(self) -> None:
        """Whether the answer is late by now; many have come since the timer was set."""
        self._timer = None
        if self._waiter is None or self._waiter.done():
            return
        if self._loop.time() < self._late_at:
            self._look_again()
        else:
            self._waiter.set_exception(TimeoutError())

    def _take(self) -> Reply | None:
        end = self._received.find(b"\n")
        if end < 0:
            return None
        if self._received[3:4] != b"-":
            line = bytes(self._received[:end])
            del self._received[: end + 1]
            return _reply(line)
        return self._take_long()

    def _take_long(self) -> Reply | None:
        """A reply of several lines (RFC 5321 section 4.2.1)."""
        texts, at = [], 0
        while (end := self._received.find(b"\n", at)) >= 0:
            line = bytes(self._received[at:end])
            at = end + 1
            texts.append(_reply(line).text)
            if line[3:4] != b"-":
                del self._received[:at]
                return Reply(int(line[:3]), " ".join(texts))
        return None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


@lru_cache(128)
def _together(octets: bytes) -> tuple[Reply, ...]:
    """Whole replies of a line each; none where it is not that. Most envelopes are answered alike."""
    *lines, rest = octets.split(b"\n")
    if rest or any(line[3:4] == b"-" for line in lines):
        return ()
    try:
        return tuple(map(_reply, lines))
    except ConnectionError:
        return ()


@lru_cache(128)
def _reply(octets: bytes) -> Reply:
    """A line of a reply. A relay says the same to most letters.

    Raises:
        ConnectionError: when it is not one.
    """
    line = octets.rstrip(b"\r").decode("utf-8", "replace")
    if not (line[:3].isdigit() and line[3:4] in ("", " ", "-") and line[:1] in "2345"):
        raise ConnectionError(f"an answer that is not one: {line[:60]!r}")
    return Reply(int(line[:3]), line[4:])
