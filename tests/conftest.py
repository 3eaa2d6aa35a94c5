"""Shared by all tests: the golden files."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="rewrite the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with a file under tests/golden, or rewrite it with --regold."""

    def compare(name: str, content: bytes) -> None:
        path = GOLDEN / name
        actual = path.with_name(f"{path.stem}.actual{path.suffix}")
        if request.config.getoption("--regold"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            return
        if not path.exists() or path.read_bytes() != content:
            actual.write_bytes(content)
            pytest.fail(
                f"{path} differs from {actual.name} beside it. Look at both; if the new one is "
                "right, run `make regold` and commit it."
            )
        actual.unlink(missing_ok=True)

    return compare
