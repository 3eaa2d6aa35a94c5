"""The stream: 500 feeds on a loopback server that misbehaves, polled; and sameness among 20,000 kept entries.

`python -m benchmarks.stream [FEEDS]`: how late feeds are read against their `every`, what that costs of one core
and of memory (the poller's process alone, and the largest that reads feeds for it), and what it takes to decide
on 1,000 new entries among 20,000 kept ones, against `mark_duplicates` of 1,000 among 1,000, whose proposals by
shingles are those that alone decided before.
"""

import asyncio
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from briefing.actions.admin.init import make_house
from briefing.actions.context import Desk, open_desk
from briefing.actions.editions.past_pieces import PastPieces
from briefing.actions.gather.poll_sources import Poller, due_sources
from briefing.articles.text.fingerprint import fingerprint
from briefing.clock import utc_now
from briefing.config import Config, FeedSource, load_config
from briefing.events.duplicates import mark_duplicates
from briefing.model.article import Article, Paragraph
from briefing.model.edition import Treated, Treatment
from briefing.sandbox.spares import SPARES
from briefing.store import words_of

ENTRIES, EVERY = 50, 30
WORDS = [
    f"{first}{second}" for first in "bacadafagahajakalamanapa" for second in map(str, range(90))
]


def text_of(number: int, words: int = 300) -> str:
    """An entry's words; no two are alike."""
    return " ".join(random.Random(number).choices(WORDS, k=words))


def feed_of(number: int, newest: int) -> bytes:
    """A feed of 50 entries, of which the newest has this number."""
    items = "".join(
        f"<item><title>Feed {number} entry {n}</title><guid>{number}-{n}</guid>"
        f"<link>https://f{number}.example/{n}</link><description>{text_of(number * 1000 + n, 60)}"
        "</description></item>"
        for n in range(newest - ENTRIES, newest)
    )
    return f'<rss version="2.0"><channel><title>{number}</title>{items}</channel></rss>'.encode()


class Feeds:
    """One feed in ten is slow, gone, an error page with 200, or broken off; the others know ETags.

    It runs in a process of its own, prints its port, and has one more entry for each line that it reads.
    """

    def __init__(self) -> None:
        self.newest = ENTRIES

    async def serve(self) -> None:
        """Serve until nobody writes any more."""
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            self.newest += 1

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        number = int(head.split()[1].strip("/"))
        # Every second feed has something new at every reading.
        newest = self.newest if number % 2 else ENTRIES
        tag = f'"{newest}"'
        status, body = "200 OK", b""
        match number % 40:
            case 7:
                await asyncio.sleep(3)
            case 17:
                status = "500 Internal Server Error"
            case 27:
                body = b"<html><title>Back soon</title></html>"
            case 37:
                writer.close()
                return
        if f"if-none-match: {tag}" in head.lower():
            status = "304 Not Modified"
        elif status == "200 OK" and not body:
            body = feed_of(number, newest)
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nETag: {tag}\r\nConnection: close\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        await writer.drain()
        writer.close()


class Server:
    """The feeds in their process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.stream", "feeds"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())

    def next(self) -> None:
        """Print one entry more in every second feed."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def end(self) -> None:
        """Let it go."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.kill()
        self._process.wait()


class Ahead:
    """A clock that is as far ahead as it is told."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def clock(self) -> datetime:
        """What it shows."""
        return utc_now() + self.by


def poll(feeds: int) -> None:
    """Poll so many feeds for three rounds of `every`, on a clock that jumps where nothing is due."""
    server = Server()
    with tempfile.TemporaryDirectory() as folder:
        house = Path(folder) / "house"
        make_house(house)
        text = (house / "config.toml").read_text()
        tables = "".join(
            f'[sources.f{n}]\nkind = "feed"\nurl = "http://127.0.0.1:{server.port}/{n}"\nevery = {EVERY}\n'
            for n in range(feeds)
        )
        text = text.replace("allow = []", f'allow = ["127.0.0.1:{server.port}"]')
        (house / "config.toml").write_text(text.replace("[fetch]", f"{tables}\n[fetch]", 1))
        # The database is made by another process: a house makes it once, and what does so is no part of polling.
        command = [sys.executable, "-m", "briefing", "entries"]
        subprocess.run(command, cwd=house, check=True, stdout=subprocess.DEVNULL)
        config = load_config(house / "config.toml", {})
        try:
            _rounds(config, server, feeds)
        finally:
            server.end()


def _rounds(config: Config, server: Server, feeds: int) -> None:
    begun_wall, begun_cpu = time.monotonic(), _cpu()
    ahead = Ahead()
    with open_desk(config, clock=ahead.clock) as desk:
        lags = sorted(_lags(desk, ahead, server))
        states = Counter(
            row.state for n in range(feeds) for row in desk.store.entries.seen(f"f{n}")
        )
    SPARES.end_old(0.0)  # What a process has used is known when it has ended.
    wall, cpu = time.monotonic() - begun_wall, _cpu() - begun_cpu
    p99 = lags[int(len(lags) * 0.99)] if lags else 0.0
    memory, largest = (
        resource.getrusage(whose).ru_maxrss / 1024
        for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"{feeds} feeds of {ENTRIES} entries every {EVERY} minutes, three rounds of them")
    print(
        f"  age at reading, p99   {p99 / (EVERY * 60):.2f} x every (faults' longer waits left out)"
    )
    print(
        f"  computing             {cpu:.1f} s of {3 * EVERY} minutes: {cpu / (3 * EVERY * 60):.1%} of one core"
    )
    print(
        f"  memory, at most       {memory:.0f} MB; of a process that reads feeds {largest:.0f} MB"
    )
    print(f"  wall clock            {wall:.0f} s; entries {dict(states)}")


def _lags(desk: Desk, ahead: Ahead, server: Server) -> Iterator[float]:
    """Seconds since each feed was read the time before, whenever one is read."""
    poller, begun = Poller(), desk.clock()
    while desk.clock() - begun < timedelta(minutes=3 * EVERY):
        tries, due = desk.store.sources.next_tries(), due_sources(desk)
        if due:
            poller.poll(desk)
            done = desk.clock().timestamp()
            for name in due:
                if at := tries.get((name, _url(desk, name)), 0.0):
                    yield EVERY * 60 + done - at
            server.next()
        ahead.by += timedelta(seconds=15)


def _url(desk: Desk, name: str) -> str:
    source = desk.config.sources[name]
    assert isinstance(source, FeedSource)
    return source.url


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def sameness() -> None:
    """1,000 new pieces among 20,000 kept ones, against the shingles of 1,000 among 1,000."""
    texts = [text_of(n) for n in range(21_000)]
    articles = [
        Article(
            id=f"{n}",
            headline="",
            paragraphs=(Paragraph(text=text),),
            fingerprint=fingerprint(text),
        )
        for n, text in enumerate(texts)
    ]
    kept = [
        Treated(
            edition="e",
            treatment=Treatment.PRINTED,
            fingerprint=one.fingerprint,
            url="",
            words=words_of(one),
        )
        for one in articles[1_000:]
    ]
    begun = time.process_time()
    mark_duplicates(articles[:2_000])
    before = time.process_time() - begun
    begun = time.process_time()
    known = PastPieces(kept)
    assert not any(known.before(article) for article in articles[:1_000])
    now = time.process_time() - begun
    print(f"1,000 new among 20,000 kept by marks     {now:.2f} s")
    print(f"1,000 among 1,000 by mark_duplicates     {before:.2f} s: {now / before:.2f} of it")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["feeds"]:
            asyncio.run(Feeds().serve())
        case ["sameness"]:
            sameness()
        case asked:
            poll(int(*asked or ["500"]))
            # Its 21,000 texts would count as memory of the poller.
            subprocess.run([sys.executable, "-m", "benchmarks.stream", "sameness"], check=True)
