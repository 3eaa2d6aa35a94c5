"""Which entries of a source are taken: known by any of id, address and words, never by one alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from briefing.articles.text.fingerprint import SURE
from briefing.counted import counted
from briefing.model.source_record import EntryState, Seen

#: A fingerprint is twelve marks of six hexadecimal digits: see `shingles.fingerprint`.
_MARK, _ALL = 6, 12
#: So many in common: the same piece, edited. Fewer than the other: another piece.
_SAME, _OTHER = 4, 2
DAY = 86_400.0
#: What a rule said at one reading does not hold at the next.
_BY_RULE = (EntryState.ASIDE, EntryState.OLD, EntryState.PASSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry or page, by what it can be known by."""

    guid: str = ""
    url: str = ""
    marks: str = ""
    #: When it came out, if that is known.
    moment: datetime | None = None
    #: Of its page.
    name: str = ""
    headline: str = ""


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
    #: Those that have left the source, and are taken from what was kept of them.
    again: tuple[Seen, ...]
    #: How many there were, with those that have left it.
    found: int
    dropped: tuple[tuple[str, int], ...]
    seen: tuple[Seen, ...]
    #: Entries that were known, and have another id than before.
    renamed: int = 0
    #: Of the entries, in their order: what their pages are called.
    names: tuple[str, ...] = ()


@dataclass
class _Memory:
    """What was seen, found again by any of its three names."""

    rows: Sequence[Seen]
    #: Marks that are looked for; of months of entries no others are indexed.
    wanted: frozenset[str]
    guids: dict[str, int] = field(default_factory=dict)
    urls: dict[str, int] = field(default_factory=dict)
    marks: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows):
            if row.guid:
                self.guids[row.guid] = place
            if row.url:
                self.urls[row.url] = place
            for mark in _marks(row.marks) & self.wanted:
                self.marks.setdefault(mark, []).append(place)
            self.names[row.name] = place

    def own_name(self, wanted: str, place: int | None) -> str:
        """The name that an entry keeps; a new one has none that another bears, whatever its source calls it."""
        if place is not None and self.rows[place].name:
            return self.rows[place].name
        name, number = wanted, 1
        while wanted and name in self.names:
            number += 1
            name = f"{wanted}-{number}"
        self.names[name] = -1 if place is None else place
        return name

    def find(self, entry: Candidate) -> int | None:
        """The place of the same entry. Its id or address on another text makes it another one."""
        for named in (self.guids.get(entry.guid), self.urls.get(entry.url)):
            if named is not None and not _another(self.rows[named].marks, entry.marks):
                return named
        own = _marks(entry.marks)
        if not (entry.guid or entry.url or own):
            # A headline and nothing else: its name is made of that.
            named = self.names.get(entry.name, -1)
            return named if named >= 0 else None
        shared = Counter(place for mark in own for place in self.marks.get(mark, ()))
        for place, count in shared.most_common(1):
            if count >= min(_needed(entry.headline, self.rows[place].headline), len(own)):
                return place
        return None


def _needed(headline: str, before: str) -> int:
    """How many marks make an entry with another id and address the same one.

    Other news in a house's frame has most of its words, under another headline.
    """
    if headline and before:
        return _SAME if headline == before else _ALL
    return SURE


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
    wanted = frozenset[str]().union(*(_marks(entry.marks) for entry in entries))
    rows, known = _remembered(entries, _Memory(seen, wanted), now.timestamp())
    ids = {row.id: row.guid for row in seen}
    renamed = sum(bool(ids.get(row.id)) and ids[row.id] != row.guid for row in rows)
    others = [row for place, row in enumerate(seen) if place not in known]
    ages = [_age_key(entry, row) for entry, row in zip(entries, rows, strict=True)]
    if first and limits.first_run is not None:
        for place in _newest(ages)[limits.first_run :]:
            rows[place] = replace(rows[place], passed=True)
    # What the source does not show any more is chosen among with the rest.
    gone = [row for row in others if row.kept and not row.passed]
    pool = [*rows, *gone]
    judged, taken = _judged(pool, [*ages, *(row.moment or row.first for row in gone)], limits, now)
    here = len(rows)
    later = {row.id: row for row in judged[here:]}
    return Chosen(
        taken=tuple(place for place in taken if place < here),
        again=tuple(judged[place] for place in taken if place >= here),
        found=len(pool),
        dropped=tuple(
            Counter(row.reason for place, row in enumerate(judged) if place not in taken).items()
        ),
        seen=(*judged[:here], *(later.get(row.id, row) for row in others)),
        renamed=renamed,
        names=tuple(row.name for row in rows),
    )


def _newest(ages: Sequence[float]) -> list[int]:
    return sorted(range(len(ages)), key=lambda place: (-ages[place], place))


def _judged(
    rows: Sequence[Seen], ages: Sequence[float], limits: Limits, now: datetime
) -> tuple[list[Seen], list[int]]:
    """The rows with what became of those that are left out, and the places of the others, newest first."""
    judged, taken = list(rows), list[int]()
    for place in _newest(ages):
        row = rows[place]
        rule = _rule(row, ages[place], limits, now)
        if rule is None and limits.most is not None and len(taken) >= limits.most:
            rule = EntryState.ASIDE, f"more than {limits.most} at one reading"
        if rule is not None:
            judged[place] = replace(row, state=rule[0], reason=rule[1], edition="", told_by="")
            continue
        taken.append(place)
        if row.state in _BY_RULE and not row.edition:
            judged[place] = replace(row, state=EntryState.NEW, reason="")
    return judged, taken


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
        others = bool(before.marks and entry.marks) and before.marks != entry.marks
        rows.append(
            replace(
                before,
                guid=entry.guid,
                url=entry.url,
                marks=entry.marks,
                last=now,
                name=memory.own_name(entry.name, place),
                headline=entry.headline or before.headline,
                moment=entry.moment.timestamp() if entry.moment else before.moment,
                changed=now if others else before.changed,
            )
        )
    return rows, known


def _age_key(entry: Candidate, row: Seen) -> float:
    """When it came out; when it was first seen, where nobody says."""
    return entry.moment.timestamp() if entry.moment else row.first


def _rule(row: Seen, age: float, limits: Limits, now: datetime) -> tuple[EntryState, str] | None:
    """Why an entry is left out; None when it is not."""
    if row.passed:
        return EntryState.PASSED, "there before the source was followed (first_run)"
    if limits.days is not None and age < (now - timedelta(days=limits.days)).timestamp():
        return EntryState.OLD, f"older than {counted(limits.days, 'day')}"
    return None


def _another(one: str, other: str) -> bool:
    """True when two texts that bear one id have next to nothing in common."""
    ours, theirs = _marks(one), _marks(other)
    if min(len(ours), len(theirs)) < _ALL:
        return False
    return len(ours & theirs) < _OTHER


def _marks(written: str) -> frozenset[str]:
    return frozenset(written[at : at + _MARK] for at in range(0, len(written), _MARK))
