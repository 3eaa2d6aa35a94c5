"""A web server on loopback that is as bad as the web: each path has a behaviour of its own."""

import asyncio
import gzip
import random
import threading
import zlib
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType

TIMES = "Fri, 20 Nov 2026 08:00:00 GMT"


def rss(name, stories=3, *, declared="utf-8", date=TIMES):
    """A feed of stories that share no run of five words with another feed's."""
    items = "".join(
        f"<item><title>{name} {number}: council votes on the harbour</title>"
        f"<link>https://{name}.example/{number}</link><guid>{name}-{number}</guid>"
        f"<pubDate>{date}</pubDate><description>&lt;p&gt;{prose(name, number)}&lt;/p&gt;</description>"
        "</item>"
        for number in range(stories)
    )
    return (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel>'
        f"<title>{name}</title><link>https://{name}.example/</link>{items}</channel></rss>"
    )


WORDS = (
    "ferry tariff orchard tunnel granary meadow turbine ledger customs viaduct pension tribunal "
    "harvest reservoir lantern canal foundry quarry levy mandate archive bakery causeway depot"
).split()


def prose(name, number):
    """Sentences of their own for every name and number."""
    chance = random.Random(f"{name} {number}")

    def words():
        return " ".join(chance.sample(WORDS, 6))

    return " ".join(
        f"Members of {name} said {words()} on {chance.choice(WORDS)}, and {words()}."
        for _ in range(8)
    )


def reply(body, kind="application/rss+xml", status="200 OK", headers=""):
    body = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{headers}"
    return f"{head}Connection: close\r\n\r\n".encode() + body


@cache
def bomb(megabytes=200):
    """That many megabytes of blanks, packed to a few hundred kilobytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = [packer.compress(b" " * 1_000_000) for _ in range(megabytes)]
    return b"".join([*packed, packer.flush()])


@dataclass
class FeedServer:
    """Answers by the last word of the path, such as /a7/slow; notes every request."""

    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    connections: int = 0
    #: Path → the whole answer, before any behaviour.
    pages: dict[str, bytes] = field(default_factory=dict)

    def __enter__(self) -> "FeedServer":
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(60)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(60)
        self._loop.close()

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def asked(self, path):
        return [headers for requested, headers in self.requests if requested == path]

    def _run(self, ready):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve(ready))

    async def _serve(self, ready):
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stop.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.gather(
            *(asyncio.all_tasks() - {asyncio.current_task()}), return_exceptions=True
        )

    async def _answer(self, reader, writer):
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split()[1]
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
            self.requests.append((path, headers))
            if path in self.pages:
                writer.write(self.pages[path])
            else:
                await self._behave(path, headers, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _behave(self, path, headers, writer):  # noqa: C901, PLR0912, PLR0915 - a table of behaviours
        name, _, fault = path.strip("/").partition("/")
        match fault:
            case "":
                writer.write(reply(rss(name)))
            case "slow":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
                while True:
                    writer.write(b" ")
                    await writer.drain()
                    await asyncio.sleep(0.05)
            case "huge":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
                for _ in range(400):
                    writer.write(b"<item>" + b"x" * 65_000)
                    await writer.drain()
            case "bomb":
                writer.write(reply(bomb(), headers="Content-Encoding: gzip\r\n"))
            case "wrong-type":
                writer.write(reply(b"\x89PNG\r\n\x1a\n" + bytes(500), "image/png"))
            case "429":
                writer.write(reply("", status="429 Too Many", headers="Retry-After: 3600\r\n"))
            case "loop" | "loop/back":
                target = f"/{name}/loop" if fault == "loop/back" else f"/{name}/loop/back"
                headers = f"Location: {target}\r\n"
                writer.write(reply("", status="301 Moved Permanently", headers=headers))
            case "304":
                writer.write(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
            case "cut-off":
                writer.write(reply(rss(name))[:900])
            case "html":
                writer.write(reply("<!doctype html><title>Hello</title><p>A page.", "text/html"))
            case "empty":
                writer.write(reply(""))
            case "wrong-encoding":
                text = rss(name).replace("council", "café “council”")
                writer.write(reply(text.encode("cp1252")))
            case "private":
                where = "Location: http://10.11.12.13/feed.xml\r\n"
                writer.write(reply("", status="302 Found", headers=where))
            case "moved":
                where = f"Location: /{name}\r\n"
                writer.write(reply("", status="301 Moved Permanently", headers=where))
            case "validators":
                tags = f'ETag: W/"{name}-1"\r\nLast-Modified: {TIMES}\r\n'
                if headers.get("if-none-match"):
                    writer.write(f"HTTP/1.1 304 Not Modified\r\n{tags}\r\n".encode())
                else:
                    packed = gzip.compress(rss(name).encode())
                    writer.write(reply(packed, headers=f"{tags}Content-Encoding: gzip\r\n"))
            case "deep":
                writer.write(reply("<rss><channel>" + "<a>" * 10_000))
            case _:
                writer.write(reply("", status="404 Not Found"))
