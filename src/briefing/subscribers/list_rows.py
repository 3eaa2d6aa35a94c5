"""What a list's file says: rows with an address, rows that say how somebody stands elsewhere, bad rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from briefing.model.subscriber import EVERYTHING, Choice, Standing

#: A row with an address on it: line, address, the spelling by which addresses are compared, name and
#: tags. A bare tuple of bare values, because Python's collector of garbage lets go of those at once;
#: with objects of a class it took a third of an import's time.
GoodRow = tuple[int, str, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that is not a subscriber, and why, as a sentence with file and line."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedRow:
    """A row that says more of its reader than address, name and tags.

    Attributes:
        standing: how the reader stands where the file comes from.
        why: the cell that says so: `UNSUB_TIME: 2023-05-06 07:08:09`.
        asked: the cell that says when they asked for letters, in the same way; empty where none does.
        asked_at: that time in seconds since 1970; None where it cannot be told.
        left_at: when they left, likewise.
        choice: what they want of the list.
        resumes: when a pause of theirs ends, likewise.
    """

    line: int
    email: str
    key: str
    name: str
    tags: tuple[str, ...]
    standing: Standing
    why: str = ""
    asked: str = ""
    asked_at: float | None = None
    left_at: float | None = None
    choice: Choice = EVERYTHING
    resumes: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a user says of a file, where the file does not say it.

    Attributes:
        columns: the file's header for a field, see `column_plan.FIELDS`.
        encoding: how the file is written; None looks for it.
        ignore: headers that say nothing about who gets letters.
        words: how a reader stands for a state's word.
        standing: how everybody on the file stands; None where its columns say it.
        topics: keys of the list's topics; None where nobody knows them.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    ignore: tuple[str, ...] = ()
    words: Mapping[str, Standing] = field(default_factory=dict)
    standing: Standing | None = None
    topics: Collection[str] | None = None


Row = GoodRow | CarriedRow | BadRow
