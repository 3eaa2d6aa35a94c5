"""The wire: bytes of an SMTP connection → replies (RFC 5321 section 4.2)."""

import asyncio

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

    async def _wait(self, seconds: float) -> None:
        """Until something has happened; a timer of its own costs a third of asyncio.timeout."""
        loop = asyncio.get_running_loop()
        self._waiter = loop.create_future()
        timer = loop.call_later(seconds, self._expire, self._waiter)
        try:
            await self._waiter
        finally:
            timer.cancel()

    def _expire(self, waiter: "asyncio.Future[None]") -> None:
        if not waiter.done():
            waiter.set_exception(TimeoutError())

    def _take(self) -> Reply | None:
        texts, at = [], 0
        while (end := self._received.find(b"\n", at)) >= 0:
            line = self._received[at:end].rstrip(b"\r").decode("utf-8", "replace")
            at = end + 1
            if not (line[:3].isdigit() and line[3:4] in ("", " ", "-") and line[:1] in "2345"):
                raise ConnectionError(f"an answer that is not one: {line[:60]!r}")
            texts.append(line[4:])
            if line[3:4] != "-":
                del self._received[:at]
                return Reply(int(line[:3]), " ".join(texts))
        return None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
