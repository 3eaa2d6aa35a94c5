"""Several hosts on one machine: a network namespace each, joined by a switch of our own.

Each host has one tunnel device, whose packets come to `Network` and are handed on by the address they
are for: at once, late, or never. So a cable can be cut, slowed or made to lose packets without the
kernel's `netem`, which not every kernel has. Needs root, `ip` and /dev/net/tun.
"""

import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

_TUN, _NO_HEADER, _SET_INTERFACE = 0x0001, 0x1000, 0x400454CA
_MTU = 1_500


class NoNetworks(Exception):
    """Hosts cannot be made here, and why."""


@dataclass(frozen=True)
class Cable:
    """What happens to packets of a host, in each direction."""

    is_cut: bool = False
    #: Seconds.
    late: float = 0.0
    #: How many of a packet are lost, 0 to 1.
    lost: float = 0.0


class Host:
    """A host with an address of its own."""

    def __init__(self, name: str, number: int) -> None:
        self.name, self.address = f"briefing-{name}", f"10.77.0.{number}"
        #: What a program is started with to be on that host.
        self.prefix = ("ip", "netns", "exec", self.name)
        _ip("netns", "add", self.name)
        device = f"bt{os.getpid() % 10_000}n{number}"
        self.handle = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        asked = struct.pack("16sH14s", device.encode(), _TUN | _NO_HEADER, b"")
        fcntl.ioctl(self.handle, _SET_INTERFACE, asked)
        _ip("link", "set", device, "netns", self.name)
        for words in (
            ("addr", "add", f"{self.address}/24", "dev", device),
            ("link", "set", device, "mtu", str(_MTU), "up"),
            ("link", "set", "lo", "up"),
        ):
            _ip("-n", self.name, *words)

    def close(self) -> None:
        os.close(self.handle)
        _ip("netns", "del", self.name)


class Network:
    """The switch: a thread that hands packets on."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.hosts: dict[str, Host] = {}
        try:
            for number, name in enumerate(names, 1):
                self.hosts[name] = Host(name, number)
        except (OSError, subprocess.CalledProcessError) as error:
            self.close()
            raise NoNetworks(f"{error}") from error
        self._cables: dict[frozenset[str], Cable] = {}
        self._chance, self._over = random.Random(1), threading.Event()
        self._late: list[tuple[float, int, int, bytes]] = []
        self._thread = threading.Thread(target=self._hand_on, daemon=True)
        self._thread.start()

    def join(self, one: str, other: str, cable: Cable) -> None:
        """What happens between two hosts from now on."""
        addresses = frozenset((self.hosts[one].address, self.hosts[other].address))
        self._cables = {**self._cables, addresses: cable}

    def _hand_on(self) -> None:
        handles = {host.handle: host for host in self.hosts.values()}
        by_address = {host.address: host.handle for host in self.hosts.values()}
        count = 0
        while not self._over.is_set():
            wait = max(0.0, self._late[0][0] - time.monotonic()) if self._late else 0.1
            for handle in select.select(list(handles), [], [], min(wait, 0.1))[0]:
                with suppress(BlockingIOError):
                    for _ in range(64):
                        packet = os.read(handle, _MTU + 100)
                        count += 1
                        self._send(packet, by_address, count)
            now = time.monotonic()
            while self._late and self._late[0][0] <= now:
                _, _, handle, packet = heapq.heappop(self._late)
                _write(handle, packet)

    def _send(self, packet: bytes, by_address: dict[str, int], count: int) -> None:
        if packet[0] >> 4 != 4:
            return
        source, target = (".".join(map(str, packet[at : at + 4])) for at in (12, 16))
        if target not in by_address:
            return
        cable = self._cables.get(frozenset((source, target)), Cable())
        if cable.is_cut or (cable.lost and self._chance.random() < cable.lost):
            return
        if cable.late:
            due = time.monotonic() + cable.late
            heapq.heappush(self._late, (due, count, by_address[target], packet))
        else:
            _write(by_address[target], packet)

    def close(self) -> None:
        if hasattr(self, "_over"):
            self._over.set()
            self._thread.join(5)
        for host in self.hosts.values():
            host.close()


def _write(handle: int, packet: bytes) -> None:
    # A full queue loses packets, as it does anywhere.
    with suppress(BlockingIOError):
        os.write(handle, packet)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def joined(*names: str) -> Iterator[Network]:
    """Hosts of these names, all joined.

    Raises:
        NoNetworks: when this machine does not let us.
    """
    network = Network(names)
    try:
        yield network
    finally:
        network.close()
