"""Postfix: its log says which letters it took.

`cleanup` logs the Message-ID of every letter it is handed, whole or not. The queue manager logs the
same queue ID when the letter is in the queue, which is before the answer to the final dot leaves. So
both together are a letter that was taken; the first alone is one that was cut off.
"""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from briefing.errors import SendError
from briefing.sends.resolvers.base import Doubt, DoubtVerdict, Resolution

#: Seconds until what happened stands in the log: longer than syslog and a busy disk need.
_PATIENCE = 10.0
#: Seconds by which the clock of the log's machine may differ from ours.
_SKEW = 2.0
_LINE = re.compile(
    rb"postfix[\w/-]*/(?P<who>cleanup|qmgr)\[\d+\]: (?P<queue>[0-9A-Za-z]+): "
    rb"(?:message-id=(?P<id><[^>]*>)|(?P<queued>from=<))"
)
#: As syslogd writes it (RFC 3164, without a year, in local time), or with RFC 3339's date.
_OLD = re.compile(rb"([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) ")
_NEW = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostfixSettings:
    """Where Postfix writes its log."""

    #: A file that this user may read; the one rotated last is read too (`….1`).
    log: Path


@dataclass
class _Seen:
    """What the log says."""

    wanted: frozenset[bytes]
    #: Message-IDs of letters that were handed over, by their queue ID at that time.
    handed: dict[bytes, bytes] = field(default_factory=dict)
    taken: dict[bytes, str] = field(default_factory=dict)

    def read(self, line: bytes) -> None:
        found = _LINE.search(line) if b"/cleanup[" in line or b"/qmgr[" in line else None
        if found is None:
            return
        queue, letter = found["queue"], found["id"]
        if letter is not None:
            # Queue IDs are used again: the newest letter has it.
            self.handed.pop(queue, None)
            if letter in self.wanted:
                self.handed[queue] = letter
        elif queue in self.handed:
            self.taken[self.handed[queue]] = queue.decode()


class PostfixResolver:
    """Asks the log of a Postfix that is the relay."""

    patience: float | None = _PATIENCE

    def __init__(self, settings: PostfixSettings) -> None:
        self._log = settings.log

    def ask(self, doubts: Sequence[Doubt]) -> Mapping[str, Resolution]:
        """See `Resolver.ask`."""
        seen = _Seen(frozenset(doubt.message_id.encode() for doubt in doubts))
        first = last = b""
        for line in self._lines():
            first, last = first or line, line
            seen.read(line)
        covers = _time(first), _time(last)
        findings = {}
        for doubt in doubts:
            found = self._finding(doubt, seen, *covers)
            if found is not None:
                findings[doubt.message_id] = found
        return findings

    def _finding(
        self, doubt: Doubt, seen: _Seen, first: float | None, last: float | None
    ) -> Resolution | None:
        queue = seen.taken.get(doubt.message_id.encode())
        if queue is not None:
            return Resolution(
                DoubtVerdict.TAKEN, f"Postfix took it as {queue}, says {self._log.name}"
            )
        # What is not in a log that was cut off before, or ends before, is still in doubt.
        if first is None or last is None:
            return None
        covered = first <= doubt.at - _SKEW and last >= doubt.at - _SKEW
        if not covered or time.time() < doubt.at + _PATIENCE:
            return None
        return Resolution(DoubtVerdict.NOT_TAKEN, f"Postfix did not take it, says {self._log.name}")

    def _lines(self) -> Iterator[bytes]:
        """The log, oldest line first."""
        try:
            for path in (self._log.with_name(f"{self._log.name}.1"), self._log):
                if path == self._log or path.exists():
                    with path.open("rb") as file:
                        yield from file
        except OSError as error:
            raise SendError(
                f"[send.resolver] log: {self._log} cannot be read: {error.strerror}. Let this user "
                'read it (often by the group `adm`), or take resolver = "postfix" out.'
            ) from error


def _time(line: bytes) -> float | None:
    """When a line was written, in seconds since 1970; None for a line that does not say."""
    if found := _NEW.match(line):
        try:
            return datetime.fromisoformat(found[1].decode()).timestamp()
        except ValueError:
            return None
    found = _OLD.match(line)
    if found is None:
        return None
    said = f"{time.localtime().tm_year} {found[1].decode()}"
    try:
        at = datetime.strptime(said, "%Y %b %d %H:%M:%S").timestamp()  # noqa: DTZ007 - local, as syslogd writes
    except ValueError:
        return None
    # In January the log still holds December.
    return at if at < time.time() + 86_400 else at - 365.25 * 86_400
