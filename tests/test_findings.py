"""Each finding says what was guessed and seen, pins its packages, and names the place that takes care of it."""

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FINDINGS = sorted((ROOT / "findings").glob("*.sh"))
LISTED = (ROOT / "findings" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_can_be_run_and_says_what_it_is_about(path):
    text = path.read_text(encoding="utf-8")
    assert os.access(path, os.X_OK)
    for part in ("versions", "most expect", "seen 20"):
        assert re.search(rf"^# {part}.*: \S", text, re.MULTILINE), f"{path.name} lacks '# {part}'"
    assert re.search(r"==\d", text), f"{path.name} pins no version"


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_the_place_that_takes_care_of_a_finding_exists(path):
    (place,) = re.findall(r"^# our code: (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert (ROOT / place).exists(), f"{path.name} names {place}; name where it is taken care of now"
    assert f"[{path.stem}]({path.name})" in LISTED
    assert f"`{place}`" in LISTED
