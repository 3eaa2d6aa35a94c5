"""Kill the sender again and again while a bad relay answers, and compare ledger with mailboxes.

`python -m tests.faults.chaos --readers 100000 --kills 200` prints one page of figures; that is
`make chaos`. `test_kills.py` does the same with fewer.
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from tests.desks import act
from tests.faults.relay import Faults, Relay
from tests.newsrooms import new_house

from briefing.actions.editions.draft import draft
from briefing.actions.open_store import the_store
from briefing.actions.rendering.render import render_edition
from briefing.actions.sending.send import retry, send_edition
from briefing.clock import utc_now
from briefing.config import Config
from briefing.errors import BriefingError
from briefing.model.delivery import State
from briefing.store import miscounted

CONNECTIONS = 8
#: See `Faults` in relay.py.
FAULTS = {
    "seed": 7,
    "greeting_421": 0.02,
    "mail_421": 0.005,
    "rcpt_451": 0.03,
    "rcpt_550": 0.02,
    "data_451": 0.005,
    "drop_in_data": 0.01,
    "dot_451": 0.01,
    "drop_after_dot_accepted": 0.004,
    "drop_after_dot_refused": 0.004,
}
_OPEN = (State.PENDING, State.POSTING, State.DEFERRED)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a run showed."""

    readers: int
    kills: int
    on_doubt: str
    posted: int
    bounced: int
    in_doubt: int
    doubtful: int
    replies_lost: int
    #: Readers with no letter who were not refused for good, and whose row is not in doubt.
    lost: int
    #: Copies beyond the first.
    extra: int
    #: Readers with more than one copy whose row is not marked.
    extra_unmarked: int
    #: Readers refused for good who have a letter all the same.
    bounced_with_letter: int
    #: Looks at the ledger whose states did not add up.
    sums_wrong: int
    violations: int
    seconds: float

    @property
    def most_extra(self) -> int:
        """What may be doubled at most."""
        return self.kills * CONNECTIONS + self.replies_lost


def make_mailing(
    folder: Path, readers: int, port: int, on_doubt: str, **more: str
) -> tuple[Config, str]:
    """A house with that many readers and a rendered edition, posting to a relay on loopback."""
    lines = (f"reader{number}@example.net,Reader {number}," for number in range(readers))
    settings = {
        "BRIEFING_SEND__TRANSPORT": "smtp",
        "BRIEFING_SEND__ON_DOUBT": on_doubt,
        "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
        "BRIEFING_SEND__SMTP__PORT": str(port),
        "BRIEFING_SEND__SMTP__SECURITY": "none",
        "BRIEFING_SEND__SMTP__CONNECTIONS": str(CONNECTIONS),
        "BRIEFING_SEND__BOUNCE_ADDRESS": "bounces@example.org",
        "BRIEFING_SEND__RETRY__FIRST_WAIT": "0",
    } | more
    config = new_house(folder, readers=lines, settings=settings)
    edition = act(draft, config, "staggers").edition.id
    act(render_edition, config, edition)
    return config, edition


@contextmanager
def bad_relay(log: Path, faults: Mapping[str, float]) -> Iterator[int]:
    """A relay in a process of its own that behaves so badly, and its port."""
    fork = multiprocessing.get_context("fork")
    heard, told = fork.Pipe(duplex=False)
    relay = fork.Process(target=_relay, args=(log, faults, told), daemon=True)
    relay.start()
    told.close()
    try:
        yield heard.recv()
    finally:
        relay.terminate()
        relay.join()


def _relay(log: Path, faults: Mapping[str, float], told: Connection) -> None:
    ends = (signal.SIGINT, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    with Relay(log, faults=Faults(**faults)) as relay:  # type: ignore[arg-type]
        told.send(relay.port)
        signal.sigwait(ends)


def run(folder: Path, readers: int, kills: int, on_doubt: str, seed: int = 1) -> Figures:
    """Send to everybody, killing the sender `kills` times on the way."""
    log, began = folder / "mail.jsonl", time.monotonic()
    with bad_relay(log, FAULTS) as port:
        config, edition = make_mailing(folder / "house", readers, port, on_doubt)
        wrong = _kill_again_and_again(config, edition, log, readers, kills, random.Random(seed))
        wrong += _finish(config, edition, readers)
    figures = compare(config, edition, log, readers, kills)
    return replace(figures, sums_wrong=wrong, seconds=time.monotonic() - began)


def _kill_again_and_again(
    config: Config, edition: str, log: Path, readers: int, kills: int, chance: random.Random
) -> int:
    """Start the sender and kill it after a random number of letters; returns sums that were wrong."""
    wrong, size = 0, 0
    a_letter = 0
    for kill in range(kills):
        sender = multiprocessing.get_context("fork").Process(target=_send, args=(config, edition))
        sender.start()
        if not a_letter:
            while sender.is_alive() and not log.stat().st_size:
                time.sleep(0.001)
            a_letter = len(log.read_bytes().splitlines()[0]) + 1
        share = readers * a_letter // (kills + 1)
        until = size + chance.randint(share // 2, share)
        while sender.is_alive() and log.stat().st_size < until:
            time.sleep(0.0005)
        if not sender.is_alive():
            raise RuntimeError(f"the sender was done before kill {kill + 1}")
        os.kill(sender.pid or 0, signal.SIGKILL)
        sender.join()
        size = log.stat().st_size
        wrong += sum_of(config, edition) != readers
    return wrong


def _send(config: Config, edition: str) -> None:
    act(send_edition, config, edition)


def _finish(config: Config, edition: str, readers: int) -> int:
    wrong = 0
    sent = act(send_edition, config, edition)
    while any(sent.counts.get(state) for state in _OPEN):
        try:
            sent = act(retry, config, edition, at_once=True)
        except BriefingError:  # a bad relay may turn every connection away once
            continue
        wrong += sum(sent.counts.values()) != readers
    return wrong


def sum_of(config: Config, edition: str) -> int:
    """How many deliveries an edition has, in whatever state; -1 when they are not the kept counts."""
    with the_store(config, utc_now()) as store:
        with store.database.read() as connection:
            if miscounted(connection):
                return -1
        return sum(store.ledger(store.mailings.get(edition).number).counts().values())


def compare(config: Config, edition: str, log: Path, readers: int, kills: int) -> Figures:
    """Hold the ledger against what the relay has taken."""
    copies = Counter(json.loads(line)["recipient"] for line in log.read_text().splitlines())
    with the_store(config, utc_now()) as store:
        with store.database.read() as connection:
            assert miscounted(connection) == ()
        number = store.mailings.get(edition).number
        ledger = store.ledger(number)
        rows = list(ledger.rows())
        counts = ledger.counts()
        lost_replies = sum(
            kind == "try" and "after the letter was complete" in str(reply)
            for kind, *_, reply in store.archived.rows(number)
        )
    violations = Path(f"{log}.violations")
    told = violations.read_text().splitlines() if violations.exists() else []
    return Figures(
        readers=readers,
        kills=kills,
        on_doubt=config.send.on_doubt,
        posted=counts.get(State.POSTED, 0),
        bounced=counts.get(State.BOUNCED, 0),
        in_doubt=counts.get(State.IN_DOUBT, 0),
        doubtful=sum(row.doubtful for row in rows),
        replies_lost=lost_replies,
        lost=sum(
            not copies[row.email] and row.state not in (State.BOUNCED, State.IN_DOUBT)
            for row in rows
        ),
        extra=sum(count - 1 for count in copies.values()),
        extra_unmarked=sum(copies[row.email] > 1 and not row.doubtful for row in rows),
        bounced_with_letter=sum(
            copies[row.email] > 0 and row.state is State.BOUNCED and not row.doubtful
            for row in rows
        ),
        sums_wrong=0,
        violations=len(told),
        seconds=0,
    )


def main() -> None:
    """Print one page of figures for each policy."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--readers", type=int, default=100_000)
    options.add_argument("--kills", type=int, default=200)
    chosen = options.parse_args()
    for on_doubt in ("resend", "hold"):
        with tempfile.TemporaryDirectory() as folder:
            figures = run(Path(folder), chosen.readers, chosen.kills, on_doubt)
        for name, value in asdict(figures).items():
            print(
                f"{name.replace('_', ' '):>20}  {value if isinstance(value, str) else f'{value:,.0f}'}"
            )
        print(f"{'extra at most':>20}  {figures.most_extra:,}\n")


if __name__ == "__main__":
    main()
