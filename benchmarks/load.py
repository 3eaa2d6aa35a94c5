"""What readers wait for at the public pages, quiet and while a mailing leaves: p50, p99, errors.

Usage: `python -m benchmarks.load [--readers N] [--asks N] [--at-once N]`. Pages, sender and receiver are
processes of their own that share the machine's cores, as under `briefing serve`; what a busy machine
slows is slowed in all rows, so compare rows of one run. "one click" is the POST of RFC 8058 by the links of
that many different readers, none of whom has had a letter yet while the mailing leaves.
"""

import argparse
import asyncio
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tests.desks import act
from tests.faults.relay import Relay

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.readers.import_list import sync_lists
from briefing.actions.rendering.render import render_edition
from briefing.actions.sending.send import send_edition
from briefing.config import load_config
from briefing.model.mark import Marking
from briefing.model.subscriber import Standing
from briefing.subscribers import sign


def house(folder, readers, port):
    make_house(folder)
    rows = "".join(f"reader{number}@example.org,Reader\n" for number in range(readers))
    (folder / "seeds" / "subscribers.csv").write_text(f"email,name\n{rows}")
    os.environ |= {
        "BRIEFING_SEND__TRANSPORT": "smtp",
        "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
        "BRIEFING_SEND__SMTP__PORT": str(port),
        "BRIEFING_SEND__SMTP__SECURITY": "none",
        "BRIEFING_DESK__LISTEN": '""',
    }
    config = load_config(folder / "config.toml")
    with open_desk(config) as desk:
        sync_lists(desk)
        edition = draft(desk, "staggers").edition.id
        render_edition(desk, edition)
        marking = Marking(desk.keys[-1])
        links = []
        for reader in desk.store.subscribers.each("readers", Standing.ACTIVE):
            claims = {"edition": edition, "reader": reader.ref}
            claims["mark"] = marking.reader("readers", reader.email)
            links.append(f"/unsubscribe/{sign('unsubscribe', claims, desk.keys[0])}")
    # The sender goes by number: whoever has waited longest leaves last.
    return edition, links[::-1]


@contextmanager
def serving(folder):
    command = (sys.executable, "-m", "briefing", "serve", "--port", "0")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        while not (found := re.search(r"Serving \S+ on \S+:(\d+);", (folder / "log").read_text())):
            time.sleep(0.1)
        yield int(found[1])
    finally:
        process.terminate()
        process.wait()


async def ask(port, method, path, limit):
    """Seconds, and whether it was answered with 200."""
    async with limit:
        began = time.perf_counter()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            writer.write(f"{head}Content-Length: 0\r\n\r\n".encode())
            answer = await reader.read()
            writer.close()
        except OSError:
            answer = b""
        return time.perf_counter() - began, answer.startswith(b"HTTP/1.1 200")


def measured(name, port, asks, at_once):
    async def run():
        limit = asyncio.Semaphore(at_once)
        return await asyncio.gather(*(ask(port, *one, limit) for one in asks))

    began = time.perf_counter()
    found = asyncio.run(run())
    seconds = sorted(took * 1_000 for took, _ in found)
    p99 = statistics.quantiles(seconds, n=100)[98]
    errors = sum(not good for _, good in found)
    rate = len(found) / (time.perf_counter() - began)
    print(
        f"{name:<28} {len(found):>6,} {at_once:>4} {rate:>7.0f}/s {statistics.median(seconds):>8.0f} "
        f"{p99:>8.0f} {seconds[-1]:>8.0f} {errors:>6}"
    )
    return p99


def send(path, edition):
    act(send_edition, load_config(path), edition)


def measure(folder, relay, asked):
    """Print the rows; every reader who clicked, and the ratio of the two rows of clicks."""
    edition, links = house(folder, asked.readers, relay.port)
    print(f"{'':<28} {'asks':>6} {'':>4} {'':>9} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8} errors")
    with serving(folder) as port:
        archive = [("GET", "/archive")] * asked.asks
        clicks = [("POST", link) for link in links[: 2 * asked.asks]]
        measured("archive, quiet", port, archive, 4 * asked.at_once)
        quiet = measured("one click, quiet", port, clicks[: asked.asks], asked.at_once)
        sender = multiprocessing.Process(target=send, args=(folder / "config.toml", edition))
        sender.start()
        while not relay.accepted():
            time.sleep(0.1)
        busy = measured("one click, sending", port, clicks[asked.asks :], asked.at_once)
        measured("archive, sending", port, archive, 4 * asked.at_once)
        print(f"letters went on to the end: {sender.is_alive()}")
        sender.join()
    return busy / quiet


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=20_000)
    parser.add_argument("--asks", type=int, default=1_000)
    parser.add_argument("--at-once", type=int, default=50)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as kept, Relay(Path(kept) / "mail.jsonl") as relay:
        ratio = measure(Path(kept) / "house", relay, asked)
        sent = {entry["recipient"] for entry in relay.accepted()}
    stayed = asked.readers - 2 * asked.asks
    print(f"p99 of one click, sending over quiet: {ratio:.2f}")
    print(f"letters: {len(sent):,}; readers who did not leave: {stayed:,}")


if __name__ == "__main__":
    main()
