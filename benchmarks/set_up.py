"""What `make briefing` takes on a machine that has nothing yet, against an older commit.

    python -m benchmarks.set_up 41448ee HEAD

Each commit gets a clone and an empty cache, one after the other, on the same network. Time is by the clock and in
CPU seconds of all processes; space is that of `.venv`, and with the caches that are left behind, in MB on disk.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def megabytes(*folders: Path) -> int:
    """What folders take together; files that are one file with two names count once."""
    listed = [str(folder) for folder in folders if folder.exists()]
    done = subprocess.run(["du", "-smc", *listed], capture_output=True, text=True, check=True)
    return int(done.stdout.splitlines()[-1].split()[0])


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(commit: str, folder: Path) -> tuple[float, float, int, int]:
    """Seconds, CPU seconds, MB of `.venv`, MB with caches."""
    checkout, cache = folder / "checkout", folder / "cache"
    subprocess.run(["git", "clone", "-q", ".", str(checkout)], check=True)
    subprocess.run(["git", "checkout", "-q", commit], cwd=checkout, check=True)
    ours = {
        name: text for name, text in os.environ.items() if name not in {"MAKEFLAGS", "UV_CACHE_DIR"}
    }
    begun, used = time.monotonic(), cpu()
    subprocess.run(
        ["make", "briefing"],
        cwd=checkout,
        env=ours | {"XDG_CACHE_HOME": str(cache), "PIP_CACHE_DIR": str(cache / "pip")},
        capture_output=True,
        check=True,
    )
    took, used = time.monotonic() - begun, cpu() - used
    return took, used, megabytes(checkout / ".venv"), megabytes(checkout / ".venv", cache)


def main() -> None:
    rows = []
    for commit in sys.argv[1:3]:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(commit, Path(folder)))
        print(commit, "{:.1f} s, {:.1f} s CPU, {} MB, {} MB with caches".format(*rows[-1]))
    then, now = rows
    print(
        "ratio   ",
        ", ".join(f"{after / before:.2f}" for before, after in zip(then, now, strict=True)),
    )


if __name__ == "__main__":
    main()
