"""`make quick` runs the tests of the rooms that changed."""

import pytest
from tests.quick import ALWAYS, ROOT, SLOW, rooms_of


@pytest.mark.parametrize(
    ("file", "tests"),
    [
        ("src/briefing/sends/bounces/reports.py", "tests/sends/bounces"),
        ("src/briefing/editions/assemble.py", "tests/editions"),
        ("src/briefing/clock.py", "tests/test_clock.py"),
        ("templates/email/staggers/theme.css", "tests/test_golden.py"),
        ("tests/config/test_load.py", "tests/config/test_load.py"),
    ],
)
def test_a_changed_file_asks_for_the_rooms_of_its_room(tmp_path, file, tests):
    for folder in ("tests/sends/bounces", "tests/editions", "tests/config"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("tests/test_clock.py", "tests/config/test_load.py"):
        (tmp_path / name).touch()
    assert tests in rooms_of([file], tmp_path)


def test_a_room_without_rooms_of_its_own_asks_for_those_of_the_room_around_it(tmp_path):
    (tmp_path / "tests" / "sends").mkdir(parents=True)
    assert "tests/sends" in rooms_of(["src/briefing/sends/new/thing.py"], tmp_path)


def test_a_file_inside_a_folder_that_is_run_is_not_run_twice(tmp_path):
    (tmp_path / "tests" / "config").mkdir(parents=True)
    (tmp_path / "tests" / "config" / "test_load.py").touch()
    asked = ["src/briefing/config/load.py", "tests/config/test_load.py"]
    assert rooms_of(asked, tmp_path) == sorted({"tests/config", *ALWAYS})


def test_what_is_named_as_slow_exists():
    assert [slow for slow in (*SLOW, *ALWAYS) if not (ROOT / slow).exists()] == []
