"""Both locks name every package by hash, and each pin installs on every Python and machine we name."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from deploy.wheels import MACHINES, PYTHONS, Machine, fits, tags
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
#: What has no wheel, and why it installs everywhere all the same.
SOURCES = {
    "dkimpy": "is published as source only; it is Python without an extension",
    "docopt": "is published as source only; it is one file of Python",
}
#: What is not installed everywhere, and why nothing that we promise is lost.
PARTIAL = {
    "atheris": "has wheels for Linux on x86-64 only; `make fuzz` runs there, and nothing else needs it",
    "colorama": "is for Windows",
    "httpx2-jsfetch": "is for browsers",
}


def pins(lock: str) -> list[tuple[Requirement, set[str]]]:
    """Each requirement of a lock with its hashes."""
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [
        (Requirement(line.split(" --hash")[0]), set(re.findall(r"--hash=sha256:(\w{64})", line)))
        for line in lines
    ]


def named() -> dict[str, str]:
    """The files of `deploy/wheels.txt`: names by hash."""
    lines = (ROOT / "deploy" / "wheels.txt").read_text().splitlines()
    return dict(line.split("  ") for line in lines)


def is_wanted(pin: Requirement, python: tuple[int, int], machine: Machine) -> bool:
    version = f"{python[0]}.{python[1]}"
    asked = {"python_version": version, "python_full_version": f"{version}.0"}
    asked |= {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    return pin.marker is None or pin.marker.evaluate(asked | machine.markers)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_everything_by_hash_and_names_no_index(lock):
    assert "://" not in (ROOT / lock).read_text()
    pinned = pins(lock)
    assert len(pinned) > 30
    assert [pin.name for pin, hashes in pinned if not hashes] == []
    assert [
        str(pin) for pin, _ in pinned if not re.fullmatch(r"==[^*,]+", str(pin.specifier))
    ] == []


def test_both_locks_pin_the_same_version_of_what_they_share():
    ours, theirs = ({(pin.name, str(pin.marker)): pin for pin, _ in pins(lock)} for lock in LOCKS)
    shared = ours.keys() & theirs.keys()
    assert shared
    assert {name: ours[name].specifier for name in shared} == {
        name: theirs[name].specifier for name in shared
    }


def test_what_tests_and_builds_is_not_in_the_lock_of_what_runs():
    running = {pin.name for pin, _ in pins("requirements.lock")}
    assert running.isdisjoint({"pytest", "playwright", "atheris", "mypy", "ruff", "uv"})


def cells() -> Iterator[tuple[str, tuple[int, int], Machine]]:
    return itertools.product(LOCKS, PYTHONS, MACHINES)


def test_every_pin_has_a_wheel_for_every_python_and_machine_or_is_pure_python():
    files, without = named(), []
    for lock, python, machine in cells():
        wanted = tags(python, machine)
        for pin, hashes in pins(lock):
            if pin.name in SOURCES or not is_wanted(pin, python, machine):
                continue
            if not any(fits(files[digest], wanted) for digest in hashes & files.keys()):
                without.append(f"{pin.name}{pin.specifier} on {python}, {machine.name}")
    assert without == []


def test_what_a_machine_goes_without_is_named_with_its_reason():
    partial = set()
    for lock, python, machine in cells():
        wanted = {pin.name for pin, _ in pins(lock) if is_wanted(pin, python, machine)}
        partial |= {pin.name for pin, _ in pins(lock)} - wanted
    assert partial == set(PARTIAL)


def test_what_is_said_to_have_no_wheel_has_none():
    files = named()
    for name in SOURCES:
        hashes = [hashes for lock in LOCKS for pin, hashes in pins(lock) if pin.name == name]
        assert [files[digest] for digest in hashes[0]] == [f"{name}-{version(name)}.tar.gz"]


def version(name: str) -> str:
    found = [pin for lock in LOCKS for pin, _ in pins(lock) if pin.name == name]
    return str(found[0].specifier).removeprefix("==")


def test_each_listed_file_belongs_to_a_pin():
    hashes = set[str]().union(*(hashes for lock in LOCKS for _, hashes in pins(lock)))
    assert named().keys() <= hashes
