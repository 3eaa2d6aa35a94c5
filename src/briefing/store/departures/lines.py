"""A line of the book: JSON, a tab, a checksum over it and the one before, and a line feed."""

import json
from dataclasses import dataclass, fields
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path

from briefing.errors import StoreError
from briefing.model.departure import About, Departure

VERSION = 1
#: Bytes of a checksum.
DIGEST = 8
_PARTS = tuple(part.name for part in fields(Departure))
_parts_of = attrgetter(*_PARTS)


@dataclass(frozen=True, slots=True)
class BookPosition:
    """Between two lines: how many bytes are before it, and the last checksum there."""

    offset: int = 0
    chain: str = ""

    def __str__(self) -> str:
        return f"{self.offset} {self.chain}"

    @classmethod
    def parse(cls, written: str) -> "BookPosition":
        """The place as a database keeps it."""
        offset, _, chain = written.partition(" ")
        return cls(int(offset), chain)


def lines_of(content: bytes) -> list[Departure]:
    """The lines of a book that a backup carries, up to the first that is damaged."""
    found, chain = [], ""
    for raw in content.split(b"\n"):
        said, _, seal = raw.rpartition(b"\t")
        if seal_of(said, chain).encode() != seal:
            break
        line, chain = json.loads(said), seal.decode()
        if "book" not in line:
            found.append(departure_of(line, Path("departures.log")))
    return found


def plain(departure: Departure) -> dict[str, object]:
    """What a line says, without what is empty."""
    said = zip(_PARTS, _parts_of(departure), strict=True)
    return {name: part for name, part in said if part != ""}


def sealed_line(said: dict[str, object], chain: str) -> tuple[bytes, str]:
    """A line, and its checksum for the next one."""
    text = json.dumps(said, separators=(",", ":")).encode("ascii")
    seal = seal_of(text, chain)
    return text + b"\t" + seal.encode() + b"\n", seal


def seal_of(said: bytes, chain: str) -> str:
    """The checksum of a line that follows on the one with checksum `chain`."""
    return blake2b(chain.encode() + said, digest_size=DIGEST, person=b"departures").hexdigest()


def departure_of(line: dict[str, object], path: Path) -> Departure:
    """What a line says.

    Raises:
        StoreError: when a newer program wrote it.
    """
    try:
        return Departure(**{**line, "about": About(str(line["about"]))})  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"{path} has a line that this program does not know ({error}): a newer briefing wrote "
            "it. Install that version."
        ) from error
