"""A host that refuses each letter as its recipient's name says, and keeps the reports that come back.

It answers on one address at port 25; whatever is for a name of `REFUSALS` is refused, everything else is taken.
"""

import re
import socketserver
import threading
from dataclasses import dataclass
from typing import Self

from tests.servers.serve import serve

_RECIPIENT = re.compile(rb"RCPT TO:<([^@>]*)@([^>]*)>", re.IGNORECASE)
#: Of the domain whose letters are refused.
DOMAIN = "example.net"


@dataclass(frozen=True)
class Refusal:
    """One way to refuse a letter."""

    answer: str
    #: Said after the letter itself rather than to RCPT.
    is_late: bool = False


REFUSALS = {
    "unknown": Refusal("550 5.1.1 <unknown@example.net>: no such user here"),
    "plain": Refusal("550 unknown user"),
    "curt": Refusal("550 no"),
    "full": Refusal("552 5.2.2 the mailbox is full"),
    "busy": Refusal("452 4.2.2 the mailbox is full, try again later"),
    "policy": Refusal("554 5.7.1 message refused by policy", is_late=True),
    "relay": Refusal("550 relay not permitted"),
    "greylisted": Refusal("450 4.7.1 greylisted, try again later"),
    "big": Refusal("552 5.3.4 message size exceeds fixed limit", is_late=True),
}


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 mx.example.net ESMTP")
        name = ""
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"EHLO":
                self._say("250-mx.example.net\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES")
            elif verb == b"RCPT":
                name = self._recipient(line)
            elif verb == b"DATA":
                self._data(name)
            elif verb == b"QUIT":
                self._say("221 2.0.0 bye")
                return
            else:
                self._say("250 2.0.0 ok")

    def _recipient(self, line: bytes) -> str:
        found = _RECIPIENT.match(line)
        name, domain = (part.decode() for part in found.groups()) if found else ("", "")
        refusal = REFUSALS.get(name) if domain == DOMAIN else None
        self._say(refusal.answer if refusal and not refusal.is_late else "250 2.1.5 ok")
        return name if refusal else ""

    def _data(self, name: str) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        refusal = REFUSALS.get(name)
        if refusal is None:
            assert isinstance(self.server, RefusingHost)
            self.server.kept.append(b"".join(lines))
        self._say(refusal.answer if refusal else "250 2.0.0 kept")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class RefusingHost(socketserver.ThreadingTCPServer):
    """`with RefusingHost(address) as host:`; `host.kept` are the messages that it took."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, address: str) -> None:
        super().__init__((address, 25), _Session)
        self.kept: list[bytes] = []

    def __enter__(self) -> Self:
        threading.Thread(target=serve, args=(self,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
