"""What a command costs before it does anything, against `import typer, rich` in the same run.

Usage: `python -m benchmarks.start [EARLIER] [--rounds N]`. EARLIER is a checkout of another commit with its
own `.venv`, as `git worktree add ../earlier COMMIT` and `make briefing` in there leave it: then `briefing run
--repeat` on 40 pieces is set against the same of that commit. All take turns, so that a busy machine slows
all of them, and the medians are printed. CPU is the user's and the system's, of the command and of the
processes it started and saw ending. Bytecode is kept, as on a reader's machine, in a folder that goes.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

BARE = ("-c", "import typer, rich")
#: What each may cost, in units of the bare import.
LIMITS = {"--help": 5, "--version": 5, "status": 8, "check": 7, "draft --help": 6}
RUN, RUN_LIMIT = "run --repeat", 0.4
#: The shipped pages hold ten pieces; so many copies make 40.
COPIES = 4


class Cost(NamedTuple):
    """Seconds on the clock and of the processor."""

    wall: float
    cpu: float


def spent(python: Path, arguments: tuple[str, ...], folder: Path) -> Cost:
    """What one process costs that does this in this folder."""
    environment = dict(os.environ) | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [python, *arguments], cwd=folder, env=environment, capture_output=True, check=True
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def briefing(python: Path, command: str, folder: Path) -> Cost:
    return spent(python, ("-m", "briefing", *command.split()), folder)


def house(folder: Path, python: Path) -> Path:
    """A house of 40 pieces that this checkout has drafted and sent once."""
    briefing(python, f"init {folder}", folder.parent)
    for page in (folder / "seeds").glob("*.txt"):
        for copy in range(1, COPIES):
            shutil.copyfile(page, page.with_stem(f"{page.stem}-{copy}"))
    briefing(python, RUN, folder)
    return folder


def medians(found: list[Cost]) -> Cost:
    return Cost(*(statistics.median(values) for values in zip(*found[1:], strict=True)))


def commands(folder: Path, rounds: int) -> bool:
    """Print what each command costs; true when all are within their limits."""
    python = Path(sys.executable)
    found: dict[str, list[Cost]] = {name: [] for name in ("", *LIMITS)}
    for _ in range(rounds + 1):  # the first leaves the bytecode there, and is not counted
        found[""].append(spent(python, BARE, folder))
        for name in LIMITS:
            found[name].append(briefing(python, name, folder))
    bare = medians(found[""])
    print(f"{'command':<22} {'wall s':>8} {'CPU s':>8} {'times':>7} {'limit':>7}")
    print(f"{'import typer, rich':<22} {bare.wall:>8.3f} {bare.cpu:>8.3f} {1:>7.1f}")
    good = True
    for name, limit in LIMITS.items():
        cost = medians(found[name])
        good &= cost.cpu <= limit * bare.cpu
        print(
            f"{name:<22} {cost.wall:>8.3f} {cost.cpu:>8.3f} {cost.cpu / bare.cpu:>7.1f} {limit:>7}"
        )
    return good


def runs(now: Path, then: Path, earlier: Path, rounds: int) -> bool:
    """Print what `briefing run --repeat` costs here and in the earlier checkout."""
    python = earlier / ".venv" / "bin" / "python"
    house(then, python)
    pairs = [
        (briefing(Path(sys.executable), RUN, now), briefing(python, RUN, then))
        for _ in range(rounds + 1)
    ]
    here, there = (medians(list(found)) for found in zip(*pairs, strict=True))
    print(f"\n{RUN + ', 40 pieces':<22} {'wall s':>8} {'CPU s':>8}")
    for name, cost in (("here", here), ("earlier", there)):
        print(f"{name:<22} {cost.wall:>8.3f} {cost.cpu:>8.3f}")
    shares = Cost(here.wall / there.wall, here.cpu / there.cpu)
    print(f"{'of the earlier':<22} {shares.wall:>8.2f} {shares.cpu:>8.2f}   limit {RUN_LIMIT}")
    return max(shares) <= RUN_LIMIT


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("earlier", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = house(Path(name) / "now", Path(sys.executable))
        good = commands(folder, asked.rounds)
        if asked.earlier is not None:
            earlier = asked.earlier.resolve()
            good &= runs(folder, Path(name) / "then", earlier, asked.rounds)
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
