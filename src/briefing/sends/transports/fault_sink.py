"""A relay of our own on this machine that takes letters and keeps none: rehearsals post to it.

It does what relays do on a bad morning: of twenty readers one is refused for now at first, and of fifty one
letter is taken whole and the connection closed without a word. Whoever tries again is taken.
"""

import asyncio
import re
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

_LARGEST = 16 * 1024 * 1024
_ADDRESS = re.compile(rb"\ARCPT TO:\s*<([^>]*)>", re.IGNORECASE)
#: Of so many readers one, and which.
_PUT_OFF, _CUT = (20, 7), (50, 11)
_OK, _BYE = b"250 2.0.0 fine\r\n", b"221 2.0.0 bye\r\n"


class FaultSink:
    """Listens while it is entered; of letters it remembers to whom they went, and no more."""

    def __init__(self) -> None:
        self.port = 0
        #: Letters taken, and how often, by the address of the reader.
        self.taken: dict[str, int] = {}
        #: How often it refused or cut off.
        self.faults = 0
        self._tried: dict[str, int] = {}
        self._stop: Callable[[], None] = lambda: None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._listen()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stop()
        self._thread.join()

    async def _listen(self) -> None:
        over, loop = asyncio.Event(), asyncio.get_running_loop()

        def stop() -> None:
            loop.call_soon_threadsafe(over.set)

        self._stop = stop
        server = await asyncio.start_server(self._session, "127.0.0.1", 0, limit=_LARGEST)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await over.wait()
        server.close()

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._speak(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass  # whoever speaks to it has hung up, or says what no letter has
        finally:
            writer.close()

    async def _speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to = ""
        writer.write(b"220 rehearsal ESMTP\r\n")
        while line := await reader.readline():
            match line[:4].upper().strip():
                case b"EHLO":
                    writer.write(b"250-rehearsal\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES\r\n")
                case b"RCPT":
                    to = self._heard(line)
                    writer.write(_OK if to else b"451 4.3.2 later\r\n")
                case b"DATA" if to:
                    writer.write(b"354 go on\r\n")
                    await reader.readuntil(b"\r\n.\r\n")
                    if self._is_cut(to):
                        return
                    self.taken[to] = self.taken.get(to, 0) + 1
                    writer.write(_OK)
                    to = ""
                case b"DATA":
                    writer.write(b"503 5.5.1 no reader\r\n")
                case b"QUIT":
                    writer.write(_BYE)
                    return
                case _:
                    writer.write(_OK)
            await writer.drain()

    def _heard(self, line: bytes) -> str:
        """The reader's address; empty where they are put off."""
        found = _ADDRESS.match(line)
        to = found[1].decode("ascii", "replace") if found else "nobody"
        self._tried[to] = self._tried.get(to, 0) + 1
        if self._tried[to] == 1 and len(self._tried) % _PUT_OFF[0] == _PUT_OFF[1]:
            self.faults += 1
            return ""
        return to

    def _is_cut(self, to: str) -> bool:
        cut = self._tried[to] == 1 and len(self._tried) % _CUT[0] == _CUT[1]
        self.faults += cut
        return cut
