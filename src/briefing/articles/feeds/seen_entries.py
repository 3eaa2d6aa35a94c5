"""Which entries of a source are taken: known by any of id, address and words, never by one alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from briefing.model.source_record import Seen

#: A fingerprint is twelve marks of six hexadecimal digits: see `shingles.fingerprint`.
_MARK, _ALL = 6, 12
#: So many in common: the same piece, edited. Fewer than the other: another piece.
_SAME, _OTHER = 4, 2
DAY = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry or page, by what it can be known by."""

    guid: str = ""
    url: str = ""
    marks: str = ""
    #: When it came out, if that is known.
    moment: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is taken at all."""

    #: At the first reading.
    first_run: int | None = None
    days: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The places of those that are taken, newest first; and what is to be remembered."""

    taken: tuple[int, ...]
    dropped: tuple[tuple[str, int], ...]
    seen: tuple[Seen, ...]


@dataclass
class _Memory:
    """What was seen, found again by any of its three names."""

    rows: Sequence[Seen]
    guids: dict[str, int] = field(default_factory=dict)
    urls: dict[str, int] = field(default_factory=dict)
    marks: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows):
            if row.guid:
                self.guids[row.guid] = place
            if row.url:
                self.urls[row.url] = place
            for mark in _marks(row.marks):
                self.marks.setdefault(mark, []).append(place)

    def find(self, entry: Candidate) -> int | None:
        """The place of the same entry. Its id or address on another text makes it another one."""
        for named in (self.guids.get(entry.guid), self.urls.get(entry.url)):
            if named is not None and not _another(self.rows[named].marks, entry.marks):
                return named
        own = _marks(entry.marks)
        shared = Counter(place for mark in own for place in self.marks.get(mark, ()))
        for place, count in shared.most_common(1):
            if count >= min(_SAME, len(own)):
                return place
        return None


def choose(
    entries: Sequence[Candidate],
    seen: Sequence[Seen],
    limits: Limits,
    now: datetime,
    *,
    first: bool,
) -> Chosen:
    """Choose among the entries of one reading.

    Args:
        entries: in the order of the source.
        seen: what earlier readings saw.
        limits: what the source may give.
        now: aware.
        first: nothing of this source was ever read.
    """
    memory = _Memory(seen)
    rows, known = _remembered(entries, memory, now.timestamp())
    newest = sorted(range(len(entries)), key=lambda n: (-_age_key(entries[n], rows[n]), n))
    dropped: Counter[str] = Counter()
    if first and limits.first_run is not None:
        for place in newest[limits.first_run :]:
            rows[place] = replace(rows[place], passed=True)
    kept: list[int] = []
    for place in newest:
        rule = _rule(entries[place], rows[place], limits, now)
        if rule is None and limits.most is not None and len(kept) >= limits.most:
            rule = f"more than {limits.most} at one reading"
        if rule is None:
            kept.append(place)
        else:
            dropped[rule] += 1
    others = [row for place, row in enumerate(seen) if place not in known]
    return Chosen(taken=tuple(kept), dropped=tuple(dropped.items()), seen=(*rows, *others))


def _remembered(
    entries: Sequence[Candidate], memory: _Memory, now: float
) -> tuple[list[Seen], set[int]]:
    """A row for each entry, with what was known of it before; and the places of those rows."""
    rows, known = [], set[int]()
    for entry in entries:
        place = memory.find(entry)
        before = memory.rows[place] if place is not None else Seen(first=now)
        if place is not None:
            known.add(place)
        rows.append(replace(before, guid=entry.guid, url=entry.url, marks=entry.marks, last=now))
    return rows, known


def _age_key(entry: Candidate, row: Seen) -> float:
    """When it came out; when it was first seen, where nobody says."""
    return entry.moment.timestamp() if entry.moment else row.first


def _rule(entry: Candidate, row: Seen, limits: Limits, now: datetime) -> str | None:
    """Why an entry is left out; None when it is not."""
    if row.passed:
        return "there before the source was followed (first_run)"
    if limits.days is not None:
        oldest = (now - timedelta(days=limits.days)).timestamp()
        if _age_key(entry, row) < oldest:
            return f"older than {limits.days} days"
    return None


def _another(one: str, other: str) -> bool:
    """True when two texts that bear one id have next to nothing in common."""
    ours, theirs = _marks(one), _marks(other)
    if min(len(ours), len(theirs)) < _ALL:
        return False
    return len(ours & theirs) < _OTHER


def _marks(written: str) -> frozenset[str]:
    return frozenset(written[at : at + _MARK] for at in range(0, len(written), _MARK))


def forget(seen: Iterable[Seen], now: float, days: int = 90) -> tuple[Seen, ...]:
    """Without what has not been seen for so long."""
    return tuple(row for row in seen if row.last >= now - days * DAY)
