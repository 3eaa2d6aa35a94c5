"""A mail server for tests: takes letters on loopback, logs what it accepted, fails on request.

In a test: `with Relay(log=path, faults=Faults(rcpt_451=0.1)) as relay:` and post to `relay.port`.
On its own: `python tests/faults/relay.py --port 2525 --log mail.jsonl --fault rcpt_451=0.1`; it
prints its port when it is ready, and writes violations to `mail.jsonl.violations`.

The log gets a line per accepted letter before the client hears of it, and the kernel holds that
line whichever process is killed: it is the truth that a sender's ledger is compared with.
"""

import argparse
import asyncio
import base64
import hashlib
import json
import os
import re
import signal
import ssl
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

LARGEST = 20_000_000  # octets of a message; announced as SIZE
_MAIL = re.compile(rb"MAIL FROM:<([^<>\s]*)>((?: [!-~]+)*)", re.IGNORECASE)
_RCPT = re.compile(rb"RCPT TO:<([^<>\s]+@[^<>\s]+)>", re.IGNORECASE)
_PARAMETER = re.compile(rb"SIZE=\d+|BODY=(7BIT|8BITMIME)", re.IGNORECASE)
_MESSAGE_ID = re.compile(
    rb"^Message-ID:(?:[ \t]|\r\n[ \t])*([^\r\n]*)", re.IGNORECASE | re.MULTILINE
)
#: RFC 2920 section 3.1: these may only end a group of commands.
_LAST_OF_GROUP = (b"EHLO", b"DATA", b"QUIT", b"NOOP", b"STARTTLS", b"AUTH")


@dataclass(frozen=True, kw_only=True)
class Faults:
    """How often each fault strikes: 0 never, 1 always.

    Those of greeting, STARTTLS and AUTH are drawn for each connection, `mail_421` for each MAIL,
    the others for each (recipient, number of the try), so that a run repeats in any order.
    """

    seed: int = 0
    greeting_421: float = 0
    greeting_554: float = 0
    starttls_stripped: float = 0  # not announced, and AUTH offered in the clear
    starttls_refused: float = 0  # announced, then 454
    starttls_dropped: float = 0  # 220, and reset once the client begins
    auth_535: float = 0
    mail_421: float = 0  # and the connection closed
    rcpt_451: float = 0
    rcpt_550: float = 0
    data_451: float = 0
    drop_in_data: float = 0  # reset when 200 octets have come
    dot_451: float = 0
    dot_550: float = 0
    dot_554: float = 0
    drop_after_dot_accepted: float = 0  # logged, then reset without a reply
    drop_after_dot_refused: float = 0  # not logged, reset without a reply
    hang_after_dot_accepted: float = 0  # logged, then silent until the client leaves
    hang_after_dot_refused: float = 0
    slow: float = 0  # `delay` seconds before each reply about the letter
    delay: float = 0.05
    garbage: float = 0  # these four: instead of the reply to `odd_reply_to`
    asks_for_more: float = 0
    multiline: float = 0
    overlong: float = 0  # 10 MB on one line
    pipelining: int = 1  # 0: not offered
    no_ehlo: int = 0  # what EHLO is answered instead, such as 502
    largest: int = LARGEST  # announced as SIZE, and kept to
    sign_in_by: str = "PLAIN LOGIN"  # announced as AUTH
    most_letters: int = (
        0  # of a session; at the next MAIL it is ended, or 452 said; 0 for any number
    )
    most_letters_reply: str = "421 4.7.0 Too many messages"
    most_resets: int = 0  # of a session; the next is answered 421, and the connection closed
    most_refusals: int = 0  # of a session; the command after the last is answered 421
    odd_reply_to: str = "DOT"  # or RCPT or DATA; the letter itself is treated as if all was well

    def strikes(self, name: str, *key: object) -> bool:
        chance: float = getattr(self, name)
        if not chance:
            return False
        drawn = hashlib.blake2b(repr((self.seed, name, key)).encode(), digest_size=6).digest()
        return int.from_bytes(drawn, "big") < chance * 2**48


class _Over(Exception):
    """The connection has ended, by the client or by a fault."""


class _Session:
    """One connection."""

    def __init__(
        self, relay: "Relay", reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.relay, self.reader, self.writer = relay, reader, writer
        self.number = relay.count("connection")
        self.stripped = self._struck("starttls_stripped")
        self.buffer, self.replies = bytearray(), bytearray()
        self.greeted = self.secure = self.known = self.closing = False
        self.letters = self.resets = self.refusals = 0
        self.no_sender = False
        self._forget()

    def _forget(self) -> None:
        """No transaction is open (any more)."""
        self.sender: str | None = None
        self.recipient, self.refused, self.eight_bit, self.tried = "", False, False, 0

    def _struck(self, name: str) -> bool:
        return self.relay.faults.strikes(name, self.number)

    def _strikes(self, name: str) -> bool:
        return self.relay.faults.strikes(name, self.recipient, self.tried)

    async def run(self) -> None:
        try:
            self._greet()
            while not self.closing:
                await self._command(await self._until(b"\r\n", 4096))
            await self._flush()
            self.writer.close()
        except (_Over, OSError, asyncio.CancelledError):
            self.writer.transport.abort()

    def _greet(self) -> None:
        for name, reply in (("greeting_421", "421 4.3.2 Come back"), ("greeting_554", "554 Go")):
            if self._struck(name):
                self._close(reply)
                return
        self._reply("220 relay.test ESMTP")

    def _reply(self, text: str) -> None:
        self.replies += text.encode() + b"\r\n"

    def _close(self, reply: str) -> None:
        self.relay.ended_by_relay += not reply.startswith("2")
        self._reply(reply)
        self.closing = True

    def _violation(self, what: str, reply: str = "503 5.5.1") -> None:
        self.relay.violation(f"connection {self.number}: {what}")
        self._reply(f"{reply} {what}")

    async def _answer(self, stage: str, reply: str) -> None:
        """Reply about a letter, as late and as odd as the faults want it."""
        if self._strikes("slow"):
            await self._flush()
            await asyncio.sleep(self.relay.faults.delay)
        if stage == self.relay.faults.odd_reply_to:
            if self._strikes("garbage"):
                reply = "\x00\x07 so long, and thanks"
            elif self._strikes("asks_for_more"):
                reply = "354 Go ahead"
            elif self._strikes("multiline"):
                reply = f"{reply[:3]}-one\r\n{reply[:3]}-two\r\n{reply}"
            elif self._strikes("overlong"):
                reply += "x" * 10_000_000
        self._reply(reply)

    async def _flush(self) -> None:
        if self.replies:
            self.writer.write(bytes(self.replies))
            self.replies.clear()
            await self.writer.drain()

    async def _more(self) -> None:
        """Wait for the client, who has heard everything by then."""
        await self._flush()
        came = await self.reader.read(1 << 18)
        if not came:
            raise _Over
        self.buffer += came

    async def _until(self, end: bytes, most: int) -> bytes:
        """Take what comes before `end` out of the buffer."""
        start = 0
        while (at := self.buffer.find(end, start)) < 0:
            start = max(0, len(self.buffer) - len(end) + 1)
            if start > most:
                self._violation(f"{start} octets without an end", "500 5.5.2")
                await self._flush()
                raise _Over
            await self._more()
        taken = bytes(self.buffer[:at])
        del self.buffer[: at + len(end)]
        return taken

    async def _command(self, line: bytes) -> None:
        verb = line.split(b" ")[0].upper()
        if b"\r" in line or b"\n" in line or not line.isascii():
            self._violation(f"bare CR, bare LF or 8 bits in the command {line[:60]!r}", "500 5.5.2")
        elif verb in _LAST_OF_GROUP and self.buffer:
            self._violation(f"{verb.decode()} is not the last of its group (RFC 2920)")
            self.closing = True
        elif verb in self._COMMANDS:
            await self._COMMANDS[verb](self, line)
        else:
            self._violation(f"unknown command {line[:60]!r}", "500 5.5.2")

    async def _ehlo(self, line: bytes) -> None:
        self._forget()
        if self.relay.faults.no_ehlo and line[:4].upper() == b"EHLO":
            self._reply(f"{self.relay.faults.no_ehlo} 5.5.1 What?")
            return
        self.greeted = True
        offers = ["relay.test", "8BITMIME", f"SIZE {self.relay.faults.largest}"]
        if self.relay.faults.pipelining:
            offers.insert(1, "PIPELINING")
        if self.relay.context and not self.secure and not self.stripped:
            offers.append("STARTTLS")
        elif self.relay.auth:
            offers.append(f"AUTH {self.relay.faults.sign_in_by}")
        if line[:4].upper() == b"HELO":
            offers = offers[:1]
        for offer in offers[:-1]:
            self._reply(f"250-{offer}")
        self._reply(f"250 {offers[-1]}")

    async def _starttls(self, _: bytes) -> None:
        if not self.greeted or self.secure or self.stripped or not self.relay.context:
            self._violation("STARTTLS was not offered")
        elif self._struck("starttls_refused"):
            self._reply("454 4.7.0 TLS not available")
        else:
            self._reply("220 2.0.0 Go ahead")
            await self._flush()
            if self._struck("starttls_dropped"):
                raise _Over
            await self.writer.start_tls(self.relay.context)
            self.secure, self.greeted = True, False  # RFC 3207 section 4.2: all is forgotten

    async def _auth(self, line: bytes) -> None:
        _, method, first = [*line.split(b" "), b"", b""][:3]
        may = self.greeted and not self.known and method.upper() in (b"PLAIN", b"LOGIN")
        if not may or not self.relay.auth:
            self._violation("AUTH was not offered")
            return
        if self.relay.context and not self.secure:
            self.relay.violation(f"connection {self.number}: a password in the clear")
        if method.upper() == b"PLAIN":
            given = tuple((await self._ask(b"", first)).split(b"\0")[1:])
        else:
            user = await self._ask(b"Username:", first)
            given = (user, await self._ask(b"Password:"))
        right = tuple(part.encode() for part in self.relay.auth)
        self.known = given == right and not self._struck("auth_535")
        self._reply("235 2.7.0 Welcome" if self.known else "535 5.7.8 Who are you?")

    async def _ask(self, prompt: bytes, given: bytes = b"") -> bytes:
        if not given:
            self._reply("334 " + base64.b64encode(prompt).decode())
            given = await self._until(b"\r\n", 4096)
        try:
            return base64.b64decode(given, validate=True)
        except ValueError:
            return b""

    async def _mail(self, line: bytes) -> None:
        match = _MAIL.fullmatch(line)
        if not self.greeted or self.sender is not None or (self.relay.auth and not self.known):
            self._violation("MAIL out of order")
        elif not match or not all(map(_PARAMETER.fullmatch, match[2].split())):
            self._violation(f"malformed {line[:60]!r}", "501 5.5.4")
        elif self.relay.faults.strikes("mail_421", self.relay.count("MAIL")):
            self._close("421 4.3.2 Come back")
        elif 0 < self.relay.faults.most_letters <= self.letters:
            reply = self.relay.faults.most_letters_reply
            (self._close if reply.startswith("421") else self._reply)(reply)
            self.no_sender = True
        else:
            self.letters += 1
            self.sender, self.eight_bit = match[1].decode(), b"8BITMIME" in match[2].upper()
            self._reply("250 2.1.0 Ok")

    async def _rcpt(self, line: bytes) -> None:
        match = _RCPT.fullmatch(line)
        if self.no_sender:  # no violation, as with DATA below
            self._reply("503 5.5.1 No sender")
        elif self.sender is None or self.recipient:
            self._violation("RCPT out of order, or a second one")
        elif not match:
            self._violation(f"malformed {line[:60]!r}", "501 5.5.4")
        else:
            self.recipient = match[1].decode()
            self.tried = self.relay.count(f"<{self.recipient}>")
            reply = "250 2.1.5 Ok"
            if self._strikes("rcpt_451"):
                reply = "451 4.2.0 Try later"
            elif self._strikes("rcpt_550"):
                reply = "550 5.1.1 Unknown"
            self.refused = reply[0] != "2"
            self.refusals += self.refused
            await self._answer("RCPT", reply)

    async def _data(self, _: bytes) -> None:
        if self.no_sender:
            self._reply("503 5.5.1 No sender")
            self.no_sender = False
        elif self.refused:  # no violation: a pipelining client could not know
            if 0 < self.relay.faults.most_refusals <= self.refusals:
                self._close("421 4.7.0 Too many errors")
            else:
                self._reply("554 5.5.1 No valid recipients")
        elif not self.recipient:
            self._violation("DATA out of order")
        elif self._strikes("data_451"):
            await self._answer("DATA", "451 4.3.0 Try later")
        else:
            await self._answer("DATA", "354 Go ahead")
            await self._message()
            self._forget()

    async def _message(self) -> None:
        while self._strikes("drop_in_data"):
            await self._more()
            if len(self.buffer) >= 200:
                raise _Over
        self.buffer[:0] = b"\r\n"  # the dot may stand on the very first line
        wire = await self._until(b"\r\n.\r\n", LARGEST) + b"\r\n"
        if fault := _fault_of(wire, eight_bit=self.eight_bit):
            self._violation(fault, "554 5.6.0")
            return
        for name, reply in (("dot_451", "451 4.3"), ("dot_550", "550 5.7"), ("dot_554", "554 5.6")):
            if self._strikes(name):
                await self._answer("DOT", f"{reply}.0 No")
                return
        lost = ("drop_after_dot_refused", "hang_after_dot_refused")
        if not any(map(self._strikes, lost)):
            self.relay.accept(self, wire.replace(b"\r\n..", b"\r\n.")[2:])
        await self._leave()
        await self._answer("DOT", "250 2.0.0 Queued")

    async def _leave(self) -> None:
        """Say nothing after the dot, if a fault wants it so."""
        for end in ("accepted", "refused"):
            while self._strikes(f"hang_after_dot_{end}"):
                await self._more()
            if self._strikes(f"drop_after_dot_{end}"):
                raise _Over

    async def _rset(self, _: bytes) -> None:
        self._forget()
        self.resets += 1
        if 0 < self.relay.faults.most_resets < self.resets:
            self._close("421 4.7.0 Too many nonmail commands")
        else:
            self._reply("250 2.0.0 Ok")

    async def _noop(self, _: bytes) -> None:
        self._reply("250 2.0.0 Ok")

    async def _quit(self, _: bytes) -> None:
        self._close("221 2.0.0 Bye")

    _COMMANDS = {  # noqa: RUF012
        b"EHLO": _ehlo, b"HELO": _ehlo, b"STARTTLS": _starttls, b"AUTH": _auth, b"MAIL": _mail,
        b"RCPT": _rcpt, b"DATA": _data, b"RSET": _rset, b"NOOP": _noop, b"QUIT": _quit,
    }  # fmt: skip


def _fault_of(wire: bytes, *, eight_bit: bool) -> str:
    """What is wrong with CRLF and a message, dots still doubled; RFC 5321 sections 2.3.8, 4.5."""
    lines = wire.split(b"\r\n")
    if not wire.count(b"\r") == wire.count(b"\n") == len(lines) - 1:
        return "bare CR or bare LF in the message"
    if max(map(len, lines)) > 998:
        return "a line of more than 998 octets"
    if re.search(rb"\r\n\.[^.]", wire):
        return "a dot that begins a line was not doubled"
    if not eight_bit and not wire.isascii():
        return "8 bits without BODY=8BITMIME"
    if len(_MESSAGE_ID.findall(wire[2:].partition(b"\r\n\r\n")[0])) > 1:
        return "two messages in one: two Message-IDs"
    return ""


class Relay:
    """The server, in a thread of its own while the context lasts."""

    def __init__(
        self,
        log: Path,
        faults: Faults | None = None,
        *,
        tls: bool = False,
        auth: tuple[str, str] | None = None,
        keep: Path | None = None,
        port: int = 0,
        listen: str = "127.0.0.1",
    ) -> None:
        """Make a relay that does not listen yet.

        Args:
            log: gets a JSON line per accepted letter; an older log is continued.
            faults: what goes wrong and how often.
            tls: whether STARTTLS is offered, with the certificate `log` + `.pem`.
            auth: user and password that MAIL then needs.
            keep: a folder for the accepted messages; the log names each file as `raw`.
            port: 0 for any free one; `self.port` is the one taken.
            listen: the address.
        """
        self._address = listen
        self.log, self.faults, self.auth, self.keep = log, faults or Faults(), auth, keep
        #: Sessions that ended because the relay said so.
        self.ended_by_relay = 0
        self.port, self.violations, self._counts = port, list[str](), Counter[str]()
        self.certificate = log.with_name(log.name + ".pem")
        self.context = _context(self.certificate, listen) if tls else None
        self._started, self._failure = threading.Event(), list[BaseException]()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._log = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._thread.start()
        self._started.wait()
        if self._failure:
            raise self._failure[0]
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        os.close(self._log)

    def accepted(self) -> list[dict[str, object]]:
        """The letters taken so far, in their order."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def count(self, what: str) -> int:
        """The number of this one: 1 for the first."""
        self._counts[what] += 1
        return self._counts[what]

    def violation(self, what: str) -> None:
        self.violations.append(what)
        with self.log.with_name(self.log.name + ".violations").open("a") as file:
            file.write(what + "\n")

    def accept(self, session: _Session, message: bytes) -> None:
        """Put a letter on record."""
        head, _, body = message.partition(b"\r\n\r\n")
        message_id = _MESSAGE_ID.search(head)
        entry: dict[str, object] = {
            "message_id": message_id[1].strip().decode("latin-1") if message_id else "",
            "recipient": session.recipient,
            "mail_from": session.sender,
            "size": len(message),
            "sha256": hashlib.sha256(body).hexdigest(),
            "tls": session.secure,
            "at": time.time(),
        }
        if self.keep:
            raw = self.keep / (hashlib.sha256(message).hexdigest()[:32] + ".eml")
            raw.write_bytes(message)
            entry["raw"] = str(raw)
        os.write(self._log, json.dumps(entry).encode() + b"\n")

    def _serve(self) -> None:
        try:
            asyncio.run(self._listen())
        except OSError as error:
            self._failure.append(error)
            self._started.set()

    async def _listen(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(
            self._connected, self._address, self.port, limit=1 << 20
        )
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._stop.wait()
        server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _Session(self, reader, writer).run()


def _context(path: Path, address: str) -> ssl.SSLContext:
    """TLS with a fresh certificate for that address and localhost, signed by itself, at `path`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address(address))]
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    certificate = (
        builder.not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return context


def _fault(text: str) -> tuple[str, float | int | str]:
    """`rcpt_451=0.1` from the command line."""
    name, _, value = text.partition("=")
    kinds = {field.name: type(field.default) for field in fields(Faults)}
    return name, value if kinds[name] is str else int(value) if name == "seed" else float(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--fault", type=_fault, action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--auth", type=lambda text: tuple(text.split(":", 1)), metavar="USER:PASS")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--listen", default="127.0.0.1")
    given = vars(parser.parse_args())
    ends = (signal.SIGINT, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    with Relay(**given | {"faults": Faults(**dict(given.pop("fault")))}) as relay:
        sys.stdout.write(f"{relay.port}\n")
        sys.stdout.flush()
        signal.sigwait(ends)


if __name__ == "__main__":
    main()
