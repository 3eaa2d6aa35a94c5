"""Which wheel serves which Python and machine, from names and hashes alone.

`make lock` writes `deploy/wheels.txt`: for each pin of both locks the names and hashes of the wheels that fit one
of our machines, without an address. The locks have only hashes, and a hash does not say what it is for; with this
list a test can prove, without a network, that every pin installs everywhere.

    python -m deploy.wheels build/pylock.toml > deploy/wheels.txt
"""

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
#: RHEL 8's, the oldest C library of a Linux that is still kept up and whose Python is new enough.
GLIBC = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A kind of machine that we promise to run on."""

    name: str
    platforms: tuple[str, ...]
    #: What a requirement's marker asks: sys_platform, platform_system, platform_machine and so on.
    markers: dict[str, str]


def _linux(arch: str) -> Machine:
    since = {"x86_64": 5, "aarch64": 17}[arch]
    legacy = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
    platforms: list[str] = []
    for minor in range(GLIBC, since - 1, -1):
        platforms += [f"manylinux_2_{minor}_{arch}"]
        platforms += [f"{legacy[minor]}_{arch}"] if minor in legacy else []
    markers = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
    every = (*platforms, f"linux_{arch}")
    return Machine(
        name=f"Linux {arch}", platforms=every, markers=markers | {"platform_machine": arch}
    )


MACHINES = (
    _linux("x86_64"),
    _linux("aarch64"),
    Machine(
        name="macOS arm64",
        platforms=tuple(mac_platforms((14, 0), "arm64")),
        markers={"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"}
        | {"platform_machine": "arm64"},
    ),
)


def tags(python: tuple[int, int], machine: Machine) -> frozenset[Tag]:
    """The tags of wheels that this Python on this machine installs."""
    interpreter = f"cp{python[0]}{python[1]}"
    return frozenset(
        (
            *cpython_tags(python, [interpreter], machine.platforms),
            *compatible_tags(python, interpreter, machine.platforms),
        )
    )


def fits(wheel: str, wanted: frozenset[Tag]) -> bool:
    """Whether a wheel of this file name has one of the tags."""
    return not parse_wheel_filename(wheel)[3].isdisjoint(wanted)


def _files(package: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The name and hash of each wheel that one of our machines takes; of the source where no wheel exists."""
    wheels = package.get("wheels", [])
    ours = frozenset[Tag]().union(
        *(tags(python, machine) for python in PYTHONS for machine in MACHINES)
    )
    for file in wheels or [package["sdist"]]:
        name = file["url"].rpartition("/")[2]
        if not wheels or fits(name, ours):
            yield name, file["hashes"]["sha256"]


def listing(lock: str) -> str:
    """The lines of `deploy/wheels.txt`, in the order of sha256sum.

    Args:
        lock: a pylock.toml (PEP 751) as `uv pip compile --format pylock.toml` writes it.
    """
    files = {file for package in tomllib.loads(lock)["packages"] for file in _files(package)}
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(files))


if __name__ == "__main__":
    sys.stdout.write(listing(Path(sys.argv[1]).read_text()))
