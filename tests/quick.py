"""The tests of the rooms that changed since main, for `make quick`.

A room is a folder of `src/briefing`; its tests stand in the same folder under `tests`. What starts
daemons, browsers, workers or whole installations is left to `make test`, and named.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
SLOW = (
    "tests/browser",
    "tests/faults",
    "tests/cli/daemon",
    "tests/store/deliveries/test_workers.py",
    "tests/store/deliveries/test_two_hosts.py",
    "tests/test_set_up.py",
    "tests/test_story.py",
    "tests/test_wheel.py",
)
#: Run whatever changed: they hold the house together, and take seconds.
ALWAYS = ("tests/test_house_rules.py", "tests/test_docs.py")
#: What stands outside the rooms → its tests.
OTHERS = {
    "templates": ("tests/test_golden.py", "tests/emails"),
    "config.toml": ("tests/config",),
    "findings": ("tests/test_findings.py",),
    "requirements.lock": ("tests/test_locks.py",),
    "requirements-dev.lock": ("tests/test_locks.py",),
}


def changed() -> list[str]:
    """The files that differ from main, committed or not, or from the commit before on main itself."""
    base = _git("merge-base", "HEAD", "main").strip()
    if base == _git("rev-parse", "HEAD").strip():
        base = "HEAD"
    new = _git("ls-files", "--others", "--exclude-standard")
    return [*_git("diff", "--name-only", base).split(), *new.split()]


def rooms_of(files: Iterable[str], root: Path = ROOT) -> list[str]:
    """The folders and files of tests to run for these files, none of them twice."""
    wanted = {test for file in files for test in _of(PurePosixPath(file), root)} | set(ALWAYS)
    return sorted(
        test
        for test in wanted
        if not any(test != other and test.startswith(f"{other}/") for other in wanted)
    )


def _of(file: PurePosixPath, root: Path) -> Iterator[str]:
    parts = file.parts
    if parts[:2] == ("src", "briefing"):
        folder = PurePosixPath("tests", *parts[2:-1])
        while not (root / folder).is_dir():
            folder = folder.parent
        # A file at the top of the house has its test at the top; the whole suite is not quick.
        if folder != PurePosixPath("tests"):
            yield str(folder)
        elif (root / (named := f"tests/test_{file.stem}.py")).exists():
            yield named
    elif parts[0] == "tests" and file.name.startswith("test_") and (root / file).exists():
        yield str(file)
    yield from OTHERS.get(parts[0], ())


def _git(*arguments: str) -> str:
    return subprocess.run(
        ("git", *arguments), cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def main() -> None:
    """Run them two at a time."""
    asked = [test for test in rooms_of(changed()) if not test.startswith(SLOW)]
    sys.stdout.write(f"Left to `make test`: {' '.join(SLOW)}\nTests: {' '.join(asked)}\n")
    sys.stdout.flush()
    left_out = [f"--ignore={slow}" for slow in SLOW]
    done = subprocess.run(
        (sys.executable, "-m", "pytest", "-q", "-n2", *left_out, *asked), cwd=ROOT, check=False
    )
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
