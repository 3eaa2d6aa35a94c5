"""An installed `briefing` works outside the checkout, because the wheel carries what it needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_carries_config_templates_and_seeds(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for kind in ("templates", "seeds"):
        for path in (ROOT / kind).rglob("*"):
            if path.is_file():
                assert f"briefing/shipped/{path.relative_to(ROOT)}" in names
    assert "briefing/shipped/config.toml" in names
    assert not [name for name in names if name.startswith("tests/")]
