"""The configuration as written: TOML and environment, with the place of every value."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, time
from functools import cached_property
from pathlib import Path
from tomllib import TOMLDecodeError, loads
from typing import Any

from briefing.errors import ConfigError, why

PREFIX = "BRIEFING_"
#: A place in the file: names of tables and keys, and positions in lists.
Key = tuple[str | int, ...]
_KEY = re.compile(r"\s*(\[{1,2}[\w.-]+\]{1,2}|[\w.-]+(?=\s*=\s*\S))", re.ASCII)

#: What to do where the parser stops; its words in every Python from 3.11 on.
_HINTS = (
    ("overwrite|mutate|declare|extend|twice", "it stands here a second time: keep one"),
    (r"Illegal character '\\[nr]'", "a quotation mark is opened on this line and not closed"),
    ("Invalid value", 'text stands between straight quotation marks: key = "text"'),
    (
        "Expected newline or end of document",
        "the value ends before the line does: text and hours stand between straight quotation marks, "
        "and a day is one of the calendar, such as 2026-11-30",
    ),
    (
        "Unclosed array",
        "a comma or the closing bracket is missing, or what stands there is no value: text stands between "
        "straight quotation marks, and a day is one of the calendar, such as 2026-11-30",
    ),
    ("Expected '=' after", 'write key = "text", or [table]'),
)


class RawConfig:
    """The values of one file with the environment's overrides, before any check."""

    def __init__(self, path: Path, environ: Mapping[str, str]) -> None:
        self.path, self.home = path, path.absolute().parent
        self.source = _read(path)
        try:
            self.data = _times_as_text(loads(self.source))
        except TOMLDecodeError as error:
            raise ConfigError((_syntax(path, self.source, str(error)),)) from error
        except RecursionError as error:
            raise ConfigError((f"{path}: this is not valid TOML: too many brackets.",)) from error
        self._origins: dict[Key, str] = {}
        self._parsed: dict[int, dict[str, Any]] = {}
        for name in sorted(environ):
            if name.startswith(PREFIX):
                self._override(name, environ[name])

    def get(self, *key: str | int) -> object:
        """The value at a place, None where there is none."""
        return _follow(self.data, key)

    def tables(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The named sub-tables of a group such as [sources.…]; what is not a table is passed over."""
        group = self.data.get(name)
        for key, table in group.items() if isinstance(group, dict) else ():
            if isinstance(table, dict):
                yield key, table

    def place(self, key: Key) -> str:
        """Where a value was written: `config.toml:12`, or the name of the variable."""
        if key in self._origins:
            return self._origins[key]
        line = self.order(key)
        return f"{self.path}:{line}" if line else str(self.path)

    def order(self, key: Key) -> int:
        """The line of a value, or of the nearest table around it; 0 where there is neither."""
        lines = range(1, len(self._lines) + 1)
        while key and _follow(self._up_to(lines[-1]), key) is None:
            key = key[:-1]
        if not key:
            return 0
        # What was said once stands in all that follows.
        return lines[bisect_left(lines, 1, key=lambda line: self._says(line, key))]

    def _says(self, line: int, key: Key) -> bool:
        return _follow(self._up_to(line), key) is not None

    @cached_property
    def _lines(self) -> list[str]:
        return self.source.split("\n")

    def _up_to(self, line: int) -> dict[str, Any]:
        """What the file says up to the end of the statement on a line, which TOML's own parser finds."""
        for end in range(line, len(self._lines) + 1):
            with suppress(TOMLDecodeError):  # in the middle of a value that takes several lines
                if end not in self._parsed:
                    self._parsed[end] = loads("\n".join(self._lines[:end]))
                return self._parsed[end]
        return {}

    def _override(self, name: str, written: str) -> None:
        *tables, last = name.removeprefix(PREFIX).lower().split("__")
        place = self.data
        for table in tables:
            place = place.setdefault(table, {})
            if not isinstance(place, dict):
                raise ConfigError((f"{name}: {table!r} is a value in {self.path}, not a table.",))
        place[last] = _toml_value(written)
        self._origins[(*tables, last)] = name


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")  # editors on Windows begin a file with a mark
    except FileNotFoundError as error:
        raise ConfigError(
            (f"{path} is not there. Name another with --config, or run `briefing init DIR`.",)
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            (f"{path} cannot be read: {why(error)}. It must be UTF-8 text.",)
        ) from error


def _syntax(path: Path, source: str, said: str) -> str:
    """What the parser says, with line and key; never with the value, which may be a secret."""
    found = re.search(r"at line (\d+)", said)
    if found is None:
        return f"{path}: this is not valid TOML: {said}."
    line = int(found[1])
    key = _KEY.match(source.splitlines()[line - 1])
    hint = next((f"; {text}" for sign, text in _HINTS if re.search(sign, said)), "")
    return f"{path}:{line}: {f'{key[1]}: ' if key else ''}this is not valid TOML: {said}{hint}."


def _times_as_text(value: Any) -> Any:
    """TOML's own days and times as the text that a key takes in their place: 06:30:00 is "06:30"."""
    if isinstance(value, dict):
        return {key: _times_as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_times_as_text(one) for one in value]
    if isinstance(value, time):
        return value.isoformat("auto" if value.second or value.microsecond else "minutes")
    return value.isoformat() if isinstance(value, date) else value


def _toml_value(written: str) -> object:
    """A variable's text as TOML would read it; text that is not a TOML value is itself."""
    try:
        return _times_as_text(loads(f"value = {written}")["value"])
    except TOMLDecodeError:
        return written


def _follow(data: object, key: Key) -> object:
    for part in key:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data
