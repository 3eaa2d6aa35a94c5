"""The wheel carries what an installed `briefing` needs outside the checkout, and is the same each time."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def build(source: Path, out: Path, *kinds: str) -> None:
    targets = [word for kind in kinds for word in ("-t", kind)]
    command = [sys.executable, "-m", "hatchling", "build", *targets, "-d", str(out)]
    subprocess.run(command, cwd=source, capture_output=True, check=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sdist and the wheel of the checkout."""
    folder = tmp_path_factory.mktemp("built")
    build(ROOT, folder, "sdist", "wheel")
    return folder


def test_the_wheel_carries_config_templates_and_seeds(built):
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for kind in ("templates", "seeds"):
        for path in (ROOT / kind).rglob("*"):
            if path.is_file():
                assert f"briefing/shipped/{path.relative_to(ROOT)}" in names
    assert {"briefing/shipped/config.toml", "briefing/shipped/docs/editing.md"} <= names
    assert not [name for name in names if name.startswith("tests/")]


def test_what_is_built_from_the_sdist_is_byte_for_byte_what_was_built_from_the_checkout(
    built, tmp_path
):
    second = tmp_path / "second"
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    build(tmp_path / sdist.name.removesuffix(".tar.gz"), second, "sdist", "wheel")
    made = {path.name: path.read_bytes() for path in built.iterdir()}
    assert len(made) == 2
    assert {path.name: path.read_bytes() for path in second.iterdir()} == made
