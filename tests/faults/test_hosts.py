"""PostgreSQL, a relay and two workers, each on a host of its own, and what happens between them.

Opt-in: `make hosts`, as root, on Linux with /dev/net/tun; `READERS=3000` is what docs/scale.md tells of.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.desks import act
from tests.faults.chaos import compare, make_mailing
from tests.servers.hosts import Cable, Network, NoNetworks, joined
from tests.servers.postgresql import HASTY, Missing, running

from briefing.actions.context import open_desk
from briefing.actions.sending.send import begin_sending
from briefing.config import Config
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus

READERS = int(os.environ.get("READERS", "600"))
#: Seconds that a cable is cut: longer than a lease of two seconds, and than both ends' patience.
CUT, PATIENCE, LEASE = 15.0, 900.0, 2
PORT = 2525
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
AHEAD = {
    "LD_PRELOAD": str(FAKETIME),
    "FAKETIME": "+90s",
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    "DONT_FAKE_MONOTONIC": "1",
}

pytestmark = pytest.mark.skipif(not os.environ.get("HOSTS"), reason="opt-in: make hosts, as root")


@dataclass
class Hosts:
    """A mailing that began, a relay, and hosts to send it from."""

    network: Network
    folder: Path
    config: Config
    edition: str
    readers: int
    log: Path
    processes: list = field(default_factory=list)

    def letters(self):
        with self.log.open("rb") as file:
            return sum(1 for _ in file)

    @contextmanager
    def worker(self, name, **more):
        """`briefing worker` on that host, in a folder of its own."""
        folder = self.folder / name
        with (self.folder / f"{name}.log").open("w") as log:
            process = subprocess.Popen(
                [*self.network.hosts[name].prefix, sys.executable, "-m", "briefing", "worker"],
                cwd=folder,
                env=os.environ | self.settings() | more,
                stdout=log,
                stderr=log,
            )
        try:
            self.processes.append(process)
            yield process
        finally:
            process.terminate()
            process.wait(60)

    def settings(self):
        database = self.network.hosts["database"].address
        return {
            "BRIEFING_DATABASE__URL": f'"postgresql+psycopg://briefing@{database}/hosts"',
            "BRIEFING_SEND__TRANSPORT": "smtp",
            "BRIEFING_SEND__SMTP__HOST": self.network.hosts["relay"].address,
            "BRIEFING_SEND__SMTP__PORT": str(PORT),
            "BRIEFING_SEND__SMTP__SECURITY": "starttls",
            "BRIEFING_SEND__SMTP__CA_FILE": f"{self.log}.pem",
            "BRIEFING_SEND__SMTP__CONNECTIONS": "8",
            "BRIEFING_SEND__SMTP__RATE": "60/s",
            "BRIEFING_SEND__ON_DOUBT": self.config.send.on_doubt,
            "BRIEFING_SEND__LEASE": str(LEASE),
            "BRIEFING_SEND__BOUNCE_ADDRESS": "bounces@example.org",
        }

    def until(self, done):
        end = time.monotonic() + PATIENCE
        while not done():
            said = (self.folder / "one.log").read_text()[-3_000:]
            assert time.monotonic() < end, said
            assert all(process.poll() is None for process in self.processes), said
            time.sleep(0.1)

    def is_sent(self):
        with open_desk(self.config) as desk:
            mailing = desk.store.mailings.get(self.edition)
            counts = desk.store.ledger(mailing.number).counts()
        open_ones = (State.PENDING, State.POSTING, State.DEFERRED)
        return mailing.status is MailingStatus.SENT or not any(map(counts.get, open_ones))


def of(readers):
    """Hosts with that many readers, for either answer to doubt."""
    both = [("hold", readers), ("resend", readers)]
    return pytest.mark.parametrize("hosts", both, indirect=True, ids=lambda one: one[0])


@pytest.fixture
def hosts(request, tmp_path):
    on_doubt, readers = request.param
    with ExitStack() as stack:
        try:
            network = stack.enter_context(joined("database", "relay", "one", "two"))
            server = stack.enter_context(running())
        except (Missing, NoNetworks) as why:
            pytest.skip(f"no hosts here: {why}")
        move(server, network.hosts["database"])
        url = stack.enter_context(server.database("hosts"))
        log = tmp_path / "mail.jsonl"
        stack.enter_context(relay(network, log))
        config, edition = make_mailing(
            tmp_path / "one", readers, PORT, on_doubt, BRIEFING_DATABASE__URL=f'"{url}"'
        )
        act(begin_sending, config, edition)
        shutil.copytree(tmp_path / "one", tmp_path / "two")
        yield Hosts(network, tmp_path, config, edition, readers, log)


def move(server, host):
    """Start PostgreSQL again on its host."""
    with (server.folder / "data" / "pg_hba.conf").open("a") as file:
        file.write("host all all 10.77.0.0/24 trust\n")
    server.stop()
    server.prefix = (*host.prefix, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    where = f"-h {host.address} -k {server.folder} {HASTY}"
    server.run("pg_ctl", "-w", "-l", f"{server.folder}/log", "-o", where, "start")


@contextmanager
def relay(network, log):
    host = network.hosts["relay"]
    script = Path(__file__).with_name("relay.py")
    command = [*host.prefix, sys.executable, str(script), f"--port={PORT}", f"--log={log}"]
    with subprocess.Popen(
        [*command, f"--listen={host.address}", "--tls"], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline()
        try:
            yield
        finally:
            process.terminate()


def told(hosts, name, began):
    """What came of it, as a row of docs/scale.md."""
    figures = compare(hosts.config, hosts.edition, hosts.log, hosts.readers, 0)
    row = {
        "what": name,
        "on_doubt": figures.on_doubt,
        "seconds": round(time.monotonic() - began),
        "lost": figures.lost,
        "copies": figures.extra,
        "unmarked": figures.extra_unmarked,
        "in doubt": figures.in_doubt,
    }
    sys.stdout.write(f"\n{json.dumps(row)}\n")
    return figures


def holds(figures):
    return figures.lost == figures.extra_unmarked == 0 and (
        figures.on_doubt == "resend" or figures.extra == 0
    )


@of(READERS)
@pytest.mark.parametrize("other", ["database", "relay"])
def test_a_worker_that_is_cut_off_loses_nothing_and_doubles_nothing_unmarked(hosts, other):
    began = time.monotonic()
    with hosts.worker("one"), hosts.worker("two"):
        hosts.until(lambda: hosts.letters() > READERS // 6)
        hosts.network.join("one", other, Cable(is_cut=True))
        time.sleep(CUT)
        hosts.network.join("one", other, Cable())
        hosts.until(hosts.is_sent)
    assert holds(told(hosts, f"cut off from the {other} for {CUT:.0f} s", began))


@of(READERS // 6)
def test_a_slow_network_that_loses_packets_loses_no_letter(hosts):
    bad = Cable(late=0.1, lost=0.05)
    for name in ("one", "two"):
        for other in ("database", "relay"):
            hosts.network.join(name, other, bad)
    began = time.monotonic()
    # Two seconds are over before a letter is ready, and fifteen before a slice of them is posted.
    longer = {"BRIEFING_SEND__LEASE": "30"}
    with hosts.worker("one", **longer), hosts.worker("two", **longer):
        hosts.until(hosts.is_sent)
    assert holds(told(hosts, "200 ms there and back, 5 % of packets lost", began))


@pytest.mark.skipif(not FAKETIME.exists(), reason="needs Debian's package libfaketime")
@of(READERS)
def test_a_clock_that_is_ahead_takes_nothing_from_anybody(hosts):
    began = time.monotonic()
    with hosts.worker("one"), hosts.worker("two", **AHEAD):
        hosts.until(hosts.is_sent)
    figures = told(hosts, "a clock 90 s ahead on one host", began)
    assert holds(figures)
    assert figures.extra == figures.in_doubt == 0
