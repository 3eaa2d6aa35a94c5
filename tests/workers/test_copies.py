"""A copy from memory is what `shutil.copytree` makes of the same folder."""

import os
import shutil
from pathlib import Path

import pytest
from tests.newsrooms import new_house
from tests.workers.copies import copied

from briefing.actions.admin.init import make_house


def all_of(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file and folder: its rights; of a file when it was written and what is in it."""
    found = {}
    for path in folder.rglob("*"):
        stat = path.stat()
        written = (stat.st_mtime_ns, path.read_bytes()) if path.is_file() else (0, b"")
        found[str(path.relative_to(folder))] = (stat.st_mode, *written)
    return found


def test_a_copy_has_every_file_with_its_rights_and_times(
    drafted_house: Path, tmp_path: Path
) -> None:
    plain = Path(shutil.copytree(drafted_house, tmp_path / "plain"))
    assert all_of(copied(drafted_house, tmp_path / "copied")) == all_of(plain)
    assert len(all_of(plain)) > 50


def test_what_is_left_out_of_a_copy_is_not_there(drafted_house: Path, tmp_path: Path) -> None:
    plain = all_of(drafted_house)
    left = copied(drafted_house, tmp_path / "copied", "parts", "seeds")
    assert all_of(left) == {
        name: one for name, one in plain.items() if not {"parts", "seeds"} & {*Path(name).parts}
    }


def test_a_copy_that_is_changed_changes_no_other(drafted_house: Path, tmp_path: Path) -> None:
    before = all_of(drafted_house)
    one = copied(drafted_house, tmp_path / "one")
    for file in [path for path in one.rglob("*") if path.is_file()]:
        file.write_bytes(b"changed")
    assert all_of(copied(drafted_house, tmp_path / "other")) == before == all_of(drafted_house)


def test_a_copy_writes_over_nothing(drafted_house: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("ours")
    with pytest.raises(FileExistsError):
        copied(drafted_house, tmp_path)
    assert (tmp_path / "config.toml").read_text() == "ours"


def test_a_new_house_is_what_init_makes(tmp_path: Path) -> None:
    make_house(tmp_path / "made")
    new_house(tmp_path / "new")
    made, new = all_of(tmp_path / "made"), all_of(tmp_path / "new")
    assert {name: (one[0], one[2]) for name, one in new.items()} == {
        name: (one[0], one[2]) for name, one in made.items()
    }
    assert os.access(tmp_path / "new" / "config.toml", os.W_OK)
