"""Archiving: the ledgers of old editions become files, their totals stay."""

import csv
import gzip
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from briefing.actions.context import Desk
from briefing.counted import counted
from briefing.errors import StoreError
from briefing.store import ARCHIVE_HEADER

#: Bounces look back over some editions, and readers complain late.
LEAST_DAYS = 30
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedEdition:
    """What became of an edition's ledger."""

    edition: str
    #: How many deliveries went, and where they are.
    rows: int
    file: Path


def archive_ledgers(desk: Desk, days: int) -> Iterator[ArchivedEdition]:
    """Write the ledgers of editions that ended so long ago into files, and delete their rows.

    A file is whole on the disk and read back before a row goes. The counts of an archived edition
    stay as they were; who got it is in the file, by the reader's reference.

    Args:
        desk: the desk.
        days: how many days ago an edition's sending must have begun; at least `LEAST_DAYS`.

    Raises:
        StoreError: when a file cannot be written, or the days are too few.
    """
    now = desk.clock()
    if days < LEAST_DAYS:
        raise StoreError(
            f"Ledgers of the last {LEAST_DAYS} days are not archived, and {days} was asked for: "
            "bounces and late complaints still need their rows."
        )
    folder = desk.config.path(desk.config.data.path) / "ledgers"
    for number, edition in desk.store.archived.ended((now - timedelta(days=days)).timestamp()):
        file = _write(desk, number, edition, folder)
        gone = desk.store.archived.drop(number)
        yield ArchivedEdition(edition=edition, rows=gone, file=file)


def _write(desk: Desk, number: int, edition: str, folder: Path) -> Path:
    """The edition's rows as compressed CSV, whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = _free(folder, edition)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as raw:
            written = 0
            with gzip.open(raw, "wt", encoding="utf-8", newline="") as file:
                lines = csv.writer(file)
                lines.writerow(ARCHIVE_HEADER)
                for row in desk.store.archived.rows(number):
                    # Relays repeat addresses, and a file cannot forget one who is erased.
                    lines.writerow((*row[:-1], _ADDRESS.sub("(address)", str(row[-1]))))
                    written += 1
            raw.flush()
            os.fsync(raw.fileno())
        with gzip.open(unfinished, "rt", encoding="utf-8", newline="") as file:
            read = sum(1 for _ in csv.reader(file)) - 1
        if read != written:
            raise StoreError(
                f"{unfinished} holds {read:,} of {counted(written, 'row')}; nothing was deleted."
            )
        unfinished.replace(path)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be written: {error.strerror or error}. Nothing was deleted."
        ) from error
    return path


def _free(folder: Path, edition: str) -> Path:
    """A name that is not taken: a run that was cut wrote a file before this one."""
    for number in count(1):
        path = folder / (f"{edition}.csv.gz" if number == 1 else f"{edition}.{number}.csv.gz")
        if not path.exists():
            return path
    raise AssertionError
