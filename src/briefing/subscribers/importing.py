"""CSV rows → subscribers, one row at a time."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from email_validator import EmailNotValidError, validate_email

from briefing.errors import SubscriberError
from briefing.model.subscriber import Subscriber

_COLUMNS = ("email", "name", "tags")
#: A longer field is a broken quotation mark that has swallowed the rows below it.
_LONGEST_FIELD = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that is no subscriber, and why, as a sentence with file and line."""

    reason: str


def read_subscribers(path: Path) -> Iterator[Subscriber | BadRow]:
    """Read a list, row by row; a bad row is reported in its place and the rest goes on.

    Args:
        path: UTF-8 CSV with a header that has `email`, and perhaps `name` and `tags` (parted by ;).

    Raises:
        SubscriberError: when the file cannot be read as such a list at all.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            header = [(name or "").strip().lower() for name in reader.fieldnames or ()]
            if "email" not in header:
                raise SubscriberError(
                    f"{path}:1: there is no column 'email'; found: {', '.join(header) or 'nothing'}. "
                    "The first row must name the columns."
                )
            reader.fieldnames = header
            yield from _rows(path, reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SubscriberError(
            f"{path} cannot be read: {error}. Save the list as CSV in UTF-8."
        ) from error


def _rows(path: Path, reader: "csv.DictReader[str]") -> Iterator[Subscriber | BadRow]:
    first_seen: dict[str, int] = {}
    for row in reader:
        place = f"{path}:{reader.line_num}"
        written = (row.get("email") or "").strip()
        try:
            # No DNS: a list is read without a network, and a dead domain answers by itself.
            address = validate_email(written, check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            yield BadRow(reason=f"{place}: {written!r} is no address: {error} The row was skipped.")
            continue
        key = address.normalized.casefold()
        if key in first_seen:
            yield BadRow(
                reason=f"{place}: {written!r} stands in row {first_seen[key]} already; skipped."
            )
            continue
        first_seen[key] = reader.line_num
        yield Subscriber(
            email=address.ascii_email or address.normalized,
            name=" ".join((row.get("name") or "").split()),
            tags=tuple(tag.strip() for tag in (row.get("tags") or "").split(";") if tag.strip()),
        )
