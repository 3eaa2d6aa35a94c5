"""What a newcomer's machine lacks is told in one sentence with the next step, and the next try starts clean.

Nothing is fetched here: the locks of the copy are empty, and its build backend is its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BACKEND = """\
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "briefing-0-py3-none-any.whl"
    info = "briefing-0.dist-info/"
    files = {
        "METADATA": "Metadata-Version: 2.1\\nName: briefing\\nVersion: 0\\n",
        "WHEEL": "Wheel-Version: 1.0\\nGenerator: us\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        "entry_points.txt": "[console_scripts]\\nbriefing = platform:python_version\\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        for file, text in files.items():
            wheel.writestr(info + file, text)
    return name
"""
PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
#: Has `venv` look for pip where the one that comes with Python was unpacked, and what is compiled of it stays. To
#: install it, as ensurepip does, takes 3 s of computing, and what pip is in there for is the same.
UNPACKED = """\
import ensurepip, pathlib, venv, zipfile

found = sorted(pathlib.Path(ensurepip.__file__).parent.glob("_bundled/pip-*.whl"))

def unpack(builder, context):
    (folder,) = pathlib.Path(context.env_dir).glob("lib/python*/site-packages")
    pip = pathlib.Path(__file__).with_name("pip")
    if not pip.exists():
        zipfile.ZipFile(found[-1]).extractall(pip)
    (folder / "pip.pth").write_text(str(pip))

if found:
    venv.EnvBuilder._setup_pip = unpack
"""
#: Nobody answers there, at once.
NO_NETWORK = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_RETRIES": "0",
    "PIP_NO_CACHE_DIR": "1",
}


def copied(folder: Path) -> Path:
    """A checkout with locks that pin nothing."""
    (folder / "deploy").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copy(ROOT / "deploy" / "set_up.py", folder / "deploy")
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / "backend.py").write_text(BACKEND)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (folder / lock).write_text("# nothing\n")
    return folder


def make(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    begun = folder.parent / "begun"  # Python imports sitecustomize as it begins
    begun.mkdir(exist_ok=True)
    (begun / "sitecustomize.py").write_text(UNPACKED)
    return subprocess.run(
        ["make", "--silent", "setup", *options, f"PYTHON={sys.executable}"],
        cwd=folder,
        env=os.environ | NO_NETWORK | {"MAKEFLAGS": "", "PYTHONPATH": str(begun)},
        text=True,
        capture_output=True,
        check=False,
    )


def set_up(folder: Path | str, before: str = "") -> str:
    """What `set_up.py` says when something was changed `before`; it must end in failure, with one line."""
    script = ROOT / "deploy" / "set_up.py"
    run = f"{before}\nimport runpy\nrunpy.run_path({str(script)!r}, run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", run], cwd=folder, text=True, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_a_python_that_is_too_old_is_told_its_version_and_the_next_command(tmp_path):
    said = set_up(tmp_path, "import sys; sys.version_info = (3, 10, 13)")
    assert said.startswith("briefing needs Python 3.11 or newer, and this is 3.10.13. ")
    assert "make briefing PYTHON=python3." in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", ["ensurepip", "venv"])
def test_a_python_without_venv_is_told_what_to_install(tmp_path, module):
    said = set_up(tmp_path, f"import sys; sys.modules[{module!r}] = None")
    assert f"its module {module} is missing" in said
    assert "apt install python3-venv" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="/proc is closed even to root")
def test_a_folder_that_cannot_be_written_to_is_named():
    said = set_up("/proc/sys")
    assert said.startswith("The folder /proc/sys cannot be written to (")
    assert "run the same command there" in said


def test_without_a_network_the_lock_is_named_and_the_next_try_starts_clean(tmp_path):
    house = copied(tmp_path / "our desk")
    (house / ".venv" / "bin").mkdir(parents=True)
    (house / ".venv" / "bin" / "python").write_text("half of a program")
    (house / "requirements.lock").write_text(f"briefing-of-nobody==1 --hash=sha256:{'0' * 64}\n")
    failed = make(house)
    assert failed.returncode != 0
    (line,) = [line for line in failed.stderr.splitlines() if not line.startswith("make")]
    assert line.startswith("The packages of requirements.lock could not be fetched (")
    assert line.endswith("run the same command again.")
    (house / ".venv" / "left-over").touch()
    (house / "requirements.lock").write_text("# nothing\n")
    assert make(house).returncode == 0
    assert not (house / ".venv" / "left-over").exists()
    command = house / ".venv" / "bin" / "briefing"
    begun = subprocess.run([command], text=True, capture_output=True, check=False)
    assert begun.stderr.strip() == ".".join(str(part) for part in sys.version_info[:3])


def test_an_environment_is_made_once_and_again_after_the_checkout_has_moved(tmp_path):
    house = copied(tmp_path / "before")
    (house / ".venv").mkdir()
    (house / ".venv" / "ready").write_text(f"{house}\n")
    assert make(house, "--dry-run").stdout == ""
    moved = house.rename(tmp_path / "after")
    assert "deploy/set_up.py" in make(moved, "--dry-run").stdout
