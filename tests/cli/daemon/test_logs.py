"""The log: one JSON object a line, and nobody's address in any of it."""

import json
import logging
from datetime import datetime
from io import StringIO

import pytest
from rich.console import Console

from briefing.cli.daemon.logs import JsonLines, NoAddress, lines_for_people


@pytest.fixture
def lines():
    """A log as a process that is not a terminal writes it, and its lines as read back."""
    written = []

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler, log = Kept(), logging.getLogger("briefing.test_logs")
    handler.setFormatter(JsonLines())
    handler.addFilter(NoAddress())
    log.addHandler(handler)
    yield log, written
    log.removeHandler(handler)


@pytest.mark.parametrize(
    "said",
    [
        "550 5.1.1 <ada.o'neil+x@sub.example.org>: no such mailbox",
        "the list readers: row 3: ada@example.org, twice",
        "to=<zoë@example.org> refused",
    ],
)
def test_an_address_in_a_sentence_or_its_values_is_masked_and_the_rest_stands(lines, said):
    log, written = lines
    log.warning(said)
    log.warning("%s after %d tries", said, 3)
    for line, end in zip(written, ("", " after 3 tries"), strict=True):
        shown = json.loads(line)["say"]
        assert "(an address)" in shown
        assert "@" not in shown
        assert shown.endswith(end)


def test_an_address_in_a_trace_is_masked(lines):
    log, written = lines
    try:
        int("ada@example.org")
    except ValueError:
        log.exception("It went wrong")
    assert "@example" not in written[0]
    assert "invalid literal" in json.loads(written[0])["trace"]


def test_what_only_looks_a_little_like_an_address_stands(lines):
    log, written = lines
    log.warning('config.toml:12: days = "mon-fri" @ noon, 100% sure')
    assert json.loads(written[0])["say"].endswith("@ noon, 100% sure")


def test_a_line_on_a_terminal_is_its_time_its_level_and_its_sentence():
    shown = StringIO()
    screen = Console(file=shown, width=80)
    record = logging.LogRecord("briefing.schedule", logging.INFO, "", 0, "Keeping it", None, None)
    record.created = datetime(2026, 12, 1, 6, 30).timestamp()  # noqa: DTZ001 - a screen has its own zone
    lines_for_people(screen).handle(record)
    assert shown.getvalue().split() == ["01", "Dec", "06:30:00", "INFO", "Keeping", "it"]
