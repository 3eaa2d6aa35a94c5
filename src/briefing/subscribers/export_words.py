"""What other programs call the columns and states of their exports: the table `exports.toml`, read."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.model.subscriber import Standing

_APART = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program whose exports are known, by headers that only they have."""

    name: str
    has: frozenset[str]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWords:
    """The table.

    Attributes:
        programs: in the order of the table.
        headers: what a column holds, by its header as `plain_word` spells it: a key of `[headers]`.
        order: the place of a header among those of its kind; the most telling has the smallest.
        standings: how a reader stands, by a state's word.
    """

    programs: tuple[Program, ...]
    headers: dict[str, str]
    order: dict[str, int]
    standings: dict[str, Standing]


@cache
def export_words() -> ExportWords:
    """Read the table, once a process."""
    text = resources.files(__package__).joinpath("exports.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    listed = [(word, kind) for kind, words in table["headers"].items() for word in words]
    return ExportWords(
        programs=tuple(
            Program(name=row["name"], has=frozenset(row["has"]), source=row["source"])
            for row in table["program"]
        ),
        headers=dict(listed),
        order={word: place for place, (word, _) in enumerate(listed)},
        standings={
            word: Standing(kind) for kind, words in table["words"].items() for word in words
        },
    )


def plain_word(written: str) -> str:
    """A header or state in the one spelling that is compared: `UNSUB_TIME` is `unsub time`."""
    return _APART.sub(" ", written).strip().casefold()


def program_of(header: list[str]) -> str:
    """The program whose export has such a header; empty when none is known."""
    held = {plain_word(title) for title in header}
    return next((one.name for one in export_words().programs if one.has <= held), "")
