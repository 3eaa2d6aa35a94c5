"""Make `.venv` in the working folder from the locks: `python3 deploy/set_up.py [--tools]`.

Plain, it begins with an empty `.venv`, whatever was there, and installs requirements.lock and the checkout. With
`--tools` it adds requirements-dev.lock to a `.venv` that is whole. What cannot be done is told with the next step.
Any Python 3 must be able to read this file, to be told that it is too old.

Packages are checked against the lock's hashes. uv fetches them, at once where pip takes one after the other; it is
itself pinned by the lock and goes again at the end, and where it cannot be had pip does its work. Nothing is
compiled ahead: Python compiles what it imports, and most of what is installed is never imported.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OLDEST = (3, 11)
VENV = Path(".venv")
PYTHON = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
PIP = [str(PYTHON), "-m", "pip", "--quiet", "--quiet", "--disable-pip-version-check"]


def refuse(sentence):
    """End here, with what to do."""
    sys.exit(sentence)


def check_python():
    """Refuse a Python that is too old, by the name of a newer one where this machine has it."""
    if sys.version_info >= OLDEST:
        return
    newer = [f"python3.{minor}" for minor in (14, 13, 12, 11) if shutil.which(f"python3.{minor}")]
    step = f"Run it with the one you have: make briefing PYTHON={newer[0]}"
    missing = "Install one (on Debian and Ubuntu: apt install python3), then: make briefing PYTHON=python3.13"
    found = ".".join(str(part) for part in sys.version_info[:3])
    refuse(
        f"briefing needs Python 3.11 or newer, and this is {found}. {step if newer else missing}"
    )


def check_venv_module():
    """Refuse a Python whose `venv` was left out, as Debian does."""
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian packs it apart
        import venv  # noqa: F401, PLC0415
    except ImportError as error:
        refuse(
            f"This Python cannot make a .venv, because its module {error.name} is missing. "
            "On Debian and Ubuntu: apt install python3-venv. Then run the same command again."
        )


def check_folder():
    """Refuse a folder that cannot be written to."""
    try:
        tempfile.TemporaryDirectory(dir=".").cleanup()
    except OSError as error:
        refuse(
            f"The folder {os.getcwd()} cannot be written to ({error.strerror}), and .venv belongs there. "
            "Clone or copy it to a folder of your own and run the same command there."
        )


def run(command, **more):
    """Run a command quietly; what it had to say, or None when it went well."""
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
            check=False,
            **more,
        )
    except OSError as error:
        return str(error)
    return (
        None if done.returncode == 0 else done.stdout.strip() or f"it ended with {done.returncode}"
    )


def make_venv():
    """Make an empty `.venv`; a half-made one goes, and a file of that name too."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    fault = run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if fault:
        said = fault.splitlines()[-1]
        refuse(
            f"Python could not make .venv: {said}. Put that right and run the same command again."
        )


def settings():
    """The environment for uv: the index that pip was told to use, and the machine's certificates."""
    told = subprocess.run(
        [*PIP, "config", "list"], stdout=subprocess.PIPE, universal_newlines=True, check=False
    )
    index = re.search(r"^(?:global|install|:env:)\.index-url='(.+)'$", told.stdout, re.MULTILINE)
    asked = {"UV_DEFAULT_INDEX": index[1]} if index else {}
    return {
        **os.environ,
        **asked,
        "UV_NO_CONFIG": "1",
        "UV_PYTHON": str(PYTHON),
        "UV_SYSTEM_CERTS": "1",
    }


def pin_of_uv():
    """The lines of requirements-dev.lock that pin uv."""
    lock = Path("requirements-dev.lock").read_text(encoding="utf-8")
    found = re.search(r"^uv==(?:.*\\\n)*.*$", lock, re.MULTILINE)
    return found[0] if found else ""


def fetch_uv(folder):
    """The pinned uv, fetched into a folder; None where it cannot be had."""
    pin = Path(folder, "uv.lock")
    pin.write_text(pin_of_uv(), encoding="utf-8")
    options = [
        "--require-hashes",
        "--no-deps",
        "--only-binary=:all:",
        "--no-compile",
        "--retries=1",
    ]
    if not pin.stat().st_size or run(
        [*PIP, "install", *options, "--target", folder, "-r", str(pin)]
    ):
        return None
    return shutil.which("uv", path=str(Path(folder, "bin")))


def by_uv(uv, lock, checkout):
    """Install a lock, and the checkout where asked, by uv. Returns False when it is not all there."""
    # What is published as source is built by the setuptools of the lock.
    options = [
        "--require-hashes",
        "--no-deps",
        "--build-constraints",
        "requirements.lock",
        "-r",
        lock,
    ]
    commands = [["install", *options], ["check"]]
    if checkout:
        commands.insert(1, ["install", "--offline", "--no-deps", "--no-build-isolation", "-e", "."])
    env = settings()
    return not any(run([uv, "pip", *command], env=env) for command in commands)


def by_pip(lock, checkout):
    """Install the same by pip, or say why not.

    The lock is whole, so nothing is resolved: older pips look at releases newer than a pin and stumble over their
    hashes.
    """
    fault = run([*PIP, "install", "--require-hashes", "--no-deps", "--no-compile", "-r", lock])
    if fault:
        reason = fault.splitlines()[-1].replace("ERROR: ", "")
        refuse(
            f"The packages of {lock} could not be fetched ({reason}). See that this machine reaches the "
            "network and the index that `pip config list` names, and run the same command again."
        )
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--no-compile"]
    fault = checkout and run([*PIP, "install", *options, "-e", "."])
    if fault:
        refuse(
            f"The checkout could not be installed:\n{fault}\nIs it whole? `git status` names what is missing."
        )
    fault = run([*PIP, "check"])
    if fault:
        refuse(f"{lock} does not fit together: {fault}. Run `make lock` and read what changes.")


def install(lock, *, checkout):
    """Install what a lock pins, and the checkout itself where asked, to be run from its source."""
    with tempfile.TemporaryDirectory(dir=str(VENV)) as folder:
        uv = fetch_uv(folder)
        if uv is None or not by_uv(uv, lock, checkout):
            by_pip(lock, checkout)


def main():
    """Set up, step by step."""
    check_python()
    check_venv_module()
    check_folder()
    if "--tools" in sys.argv:
        install("requirements-dev.lock", checkout=False)
        return
    make_venv()
    install("requirements.lock", checkout=True)


if __name__ == "__main__":
    main()
