"""What became of each test is told as pytest tells it, whichever process ran it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFTEST = """
from tests.workers.forked_workers import ForkedWorkers

def pytest_configure(config):
    waits = lambda item: hasattr(item.module, "WAITS")
    config.pluginmanager.register(ForkedWorkers(COUNT, lambda _: open("shared", "a").write("once"), waits))
"""
TESTS = {
    "test_folders.py": """
        import os, pathlib, pytest
        @pytest.fixture(scope="module")
        def place(tmp_path_factory):
            made = tmp_path_factory.mktemp("place")
            yield made
            pathlib.Path("put_away").write_text(str(made))
        def test_one(place):
            (place / "made").write_text(str(os.getpid()))
        def test_another_of_the_module_has_the_same_place(place):
            assert (place / "made").read_text() == str(os.getpid())
    """,
    "test_outcomes.py": """
        import pytest
        def test_fails():
            print("said before")
            assert [1, 2] == [1, 3]
        @pytest.fixture
        def broken():
            raise ValueError("no arrangement")
        def test_has_no_arrangement(broken):
            pass
        def test_skips():
            pytest.skip("no relay here")
    """,
    "test_ends.py": """
        import os
        def test_takes_its_process_with_it():
            os._exit(7)
        def test_is_left():
            pass
    """,
}


def ran(folder: Path, tests: dict[str, str], *options: str, count: int = 2) -> tuple[int, str]:
    """What pytest said of such tests, and the code that it ended with."""
    (folder / "conftest.py").write_text(CONFTEST.replace("COUNT", str(count)))
    for name, text in tests.items():
        (folder / name).write_text("\n".join(line[8:] for line in text.split("\n")))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str, Path]:
    folder = tmp_path_factory.mktemp("run")
    return *ran(folder, TESTS), folder


def test_the_count_is_of_all_processes(told: tuple[int, str, Path]) -> None:
    code, said, _ = told
    assert code == 1
    assert "2 failed, 2 passed, 1 skipped, 1 error" in said


def test_a_failure_is_told_whole_with_what_was_printed_before(
    told: tuple[int, str, Path],
) -> None:
    said = told[1]
    assert "assert [1, 2] == [1, 3]" in said
    assert "said before" in said
    assert "ValueError: no arrangement" in said
    assert "no relay here" in said


def test_a_process_that_ends_is_told_with_the_test_that_it_ran(
    told: tuple[int, str, Path],
) -> None:
    said = told[1]
    assert "FAILED test_ends.py::test_takes_its_process_with_it" in said
    assert "ended with code 7" in said


def test_what_a_module_stands_on_is_made_once_and_put_away(told: tuple[int, str, Path]) -> None:
    folder = told[2]
    assert (folder / "shared").read_text() == "once"
    assert "worker-" in (folder / "put_away").read_text()


def test_after_the_first_failure_no_other_module_begins_where_that_is_asked(
    tmp_path: Path,
) -> None:
    failing = {"test_a.py": "        def test_fails():\n            assert False"}
    other = {"test_b.py": "        def test_passes():\n            pass"}
    code, said = ran(tmp_path, failing | other, "-x", count=1)
    assert code == 1
    assert "stopping after 1 failures" in said
    assert "passed" not in said


def test_of_a_workers_modules_those_that_wait_come_first(tmp_path: Path) -> None:
    noted = "        def test_notes():\n            open('order', 'a').write(__name__[-1])"
    modules = {f"test_{name}.py": noted for name in "abcd"}
    modules["test_c.py"] = f"        WAITS = True\n{noted}"
    code, said = ran(tmp_path, modules, count=1)
    assert code == 0, said
    assert (tmp_path / "order").read_text() == "cabd"
