"""The way to lower a floor under the digests: on purpose, and with a reason."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--lower-floor",
        metavar="REASON",
        help="write the measured values below a floor into tests/digests/floor/floors.toml with "
        "this reason; name the folder: pytest tests/digests/floor --lower-floor 'why'",
    )
