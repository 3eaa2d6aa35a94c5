"""What was made the last time: the same code makes the same of the same again, so it need not be made.

A result is kept by a fingerprint of all that it rests on. Whatever is missing from that fingerprint
would be a lie in print, so it names the code of whole rooms, every library that is installed and
whatever the caller was given.
"""

import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from briefing.errors import StoreError
from briefing.store import write_whole

Result = TypeVar("Result")
_PACKAGE = Path(__file__).parents[1]


class LastResults(Generic[Result]):
    """One file of results by fingerprint; those that nobody asked for the last time are forgotten."""

    def __init__(self, file: Path, kind: TypeAdapter[dict[str, Result]]) -> None:
        """Read the file; one that is not there, or cannot be read, holds nothing.

        Args:
            file: where they are kept.
            kind: what reads and writes them as JSON.
        """
        self._file, self._kind = file, kind
        self._found: dict[str, Result] = {}
        with suppress(OSError, ValidationError):
            self._found = kind.validate_json(file.read_bytes())

    def get(self, fingerprint: str) -> Result | None:
        """What was made of the same; None when it has to be made."""
        return self._found.get(fingerprint)

    def keep(self, results: Mapping[str, Result]) -> None:
        """Put these in the place of those of the last time. What cannot be kept is made again."""
        if results.keys() != self._found.keys():
            with suppress(StoreError, OSError):
                content = self._kind.dump_json(dict(results))
                write_whole(self._file, content, outlives_power=False)


def fingerprint(rooms: tuple[str, ...], *given: object) -> str:
    """Names a result: SHA-256 over the code that makes it and all that it is made of.

    Args:
        rooms: folders of the package whose code decides what it is; what every room imports is
            added.
        given: everything else that it rests on; the `repr` of each must tell all of it.
    """
    said = "\n".join((code_fingerprint(rooms), *map(repr, given)))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def code_fingerprint(rooms: tuple[str, ...]) -> str:
    """Names the code of some rooms, Python and the libraries: another release is another name."""
    rooms_files = (file for room in rooms for file in (_PACKAGE / room).rglob("*"))
    return f"{sys.version} {_libraries()} {_files(*_PACKAGE.glob('*'), *rooms_files)}"


def folder_fingerprint(folder: Path) -> str:
    """Names the code and the tables in a folder."""
    return _files(*folder.rglob("*"))


def _files(*paths: Path) -> str:
    files = sorted(path for path in paths if path.suffix in (".py", ".toml"))
    seen = (f"{path} {(at := path.stat()).st_size} {at.st_mtime_ns}" for path in files)
    return sha256("\n".join(seen).encode()).hexdigest()


def _libraries() -> str:
    """Each distribution that can be imported, with its version: its folder is called so."""
    found = [path for entry in sys.path if entry for path in Path(entry).glob("*.dist-info")]
    return " ".join(sorted(path.name for path in found))
