"""A DNS server on loopback: answers from records written as a zone file has them, or not at all.

In a test: `with DnsServer(records) as server:` and ask `server.address`. Names under `silent.` are not answered,
names under `broken.` with SERVFAIL. It knows name servers of every top-level domain, unless it lies.
"""

import socket
import threading
from collections.abc import Callable, Iterable
from typing import Self

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset

_LARGEST = 4_096
#: What is sent instead of an answer.
Lie = Callable[[dns.message.Message], bytes]


class DnsServer:
    """Serves lines such as `example.org. TXT "v=spf1 -all"` over UDP."""

    def __init__(self, records: Iterable[str], port: int = 0, lie: Lie | None = None) -> None:
        """Stand ready; a lie makes the bytes of each answer."""
        self._lie = lie or (lambda answer: answer.to_wire())
        self._records: dict[tuple[str, str], list[str]] = {}
        for line in records:
            name, kind, value = line.split(maxsplit=2)
            self._records.setdefault((name.lower(), kind.upper()), []).append(value)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", port))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Where it is asked."""
        return self._socket.getsockname()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.sendto(b"", self.address)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            wire, client = self._socket.recvfrom(_LARGEST)
            if not wire:
                return
            answer = self._answer(dns.message.from_wire(wire))
            if answer is not None:
                self._socket.sendto(self._lie(answer), client)

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        (question,) = query.question
        name, kind = question.name.to_text().lower(), dns.rdatatype.to_text(question.rdtype)
        if ".silent." in f".{name}":
            return None
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        values = self._records.get((name, kind), [])
        if kind == "NS" and name.count(".") == 1:
            values = [f"a.{name}"]
        known = {one for one, _ in self._records}
        if ".broken." in f".{name}":
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif values:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *values))
        elif name not in known:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer
