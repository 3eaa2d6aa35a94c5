"""Logs: for a person on a terminal, one JSON object a line everywhere else."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from rich.console import Console
from rich.logging import RichHandler

from briefing.cli.console import err

#: What looks like somebody's address: relays, mailboxes and files of readers repeat them.
_ADDRESS = re.compile(r"[^\s<>\"'(),;:=]+@[\w-]+(\.[\w-]+)+")


def _masked(text: str) -> str:
    return _ADDRESS.sub("(an address)", text)


class NoAddress(logging.Filter):
    """Lets every record pass, without anybody's address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Write the sentence of the record again."""
        record.msg, record.args = _masked(record.getMessage()), None
        return True


class JsonLines(logging.Formatter):
    """One object a record: time in UTC, level, where it comes from, the sentence."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "say": record.getMessage(),
        }
        if record.exc_info:
            said["trace"] = _masked(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False)


def lines_for_people(screen: Console) -> logging.Handler:
    """Lines of time, level and sentence; the month is a word, for not everybody puts it first."""
    handler = RichHandler(
        console=screen, show_path=False, markup=False, log_time_format="%d %b %H:%M:%S"
    )
    handler.setFormatter(logging.Formatter("%(message)s"))
    return handler


def log_to_stderr() -> None:
    """Send this program's log to standard error; libraries only speak when something is wrong."""
    handler: logging.Handler
    if err.is_terminal:
        handler = lines_for_people(err)
    else:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
    handler.addFilter(NoAddress())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("briefing").setLevel(logging.INFO)
