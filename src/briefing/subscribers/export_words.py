"""What other programs call the columns and states of their exports: the table `exports.toml`, read."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from briefing.model.subscriber import Standing

_APART = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program whose exports are known, by headers that only they have; `own` mean this in its files alone."""

    name: str
    has: frozenset[str]
    source: str
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWords:
    """The table.

    Attributes:
        programs: in the order of the table.
        headers: what a column holds, by its header as `plain_word` spells it: a key of `[headers]`.
        order: the place of a header among those of its kind; the most telling has the smallest.
        standings: how a reader stands, by a state's word.
        channels: first words of headers that speak of other messages than mail.
        joining: words of headers whose days are those on which people came.
    """

    programs: tuple[Program, ...]
    headers: dict[str, str]
    order: dict[str, int]
    standings: dict[str, Standing]
    channels: frozenset[str]
    joining: frozenset[str]


@cache
def export_words() -> ExportWords:
    """Read the table, once a process."""
    text = resources.files(__package__).joinpath("exports.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    listed = [(word, kind) for kind, words in table["headers"].items() for word in words]
    return ExportWords(
        programs=tuple(
            Program(
                name=row["name"], has=frozenset(row["has"]), source=row["source"], own=_own(row)
            )
            for row in table["program"]
        ),
        headers=dict(listed),
        order={word: place for place, (word, _) in enumerate(listed)},
        standings={
            word: Standing(kind) for kind, words in table["words"].items() for word in words
        },
        channels=frozenset(table["channels"]["other"]),
        joining=frozenset(table["joining"]["words"]),
    )


def _own(row: Mapping[str, Any]) -> dict[str, str]:
    return {word: kind for kind, words in row.get("own", {}).items() for word in words}


def kinds_of(titles: list[str]) -> list[str]:
    """What each column of a header holds, by the table; empty for one that it does not know."""
    table, own = export_words(), (_program(titles) or _NOBODY).own
    words = [plain_word(title) for title in titles]
    return [
        own.get(word)
        or table.headers.get(word)
        or ("" if word and not _is_other(word) else "ignored")
        for word in words
    ]


def speaks_of_joining(title: str) -> bool:
    """Whether a header's days are those on which people came."""
    return not export_words().joining.isdisjoint(plain_word(title).split())


def _is_other(word: str) -> bool:
    return word.split(maxsplit=1)[0] in export_words().channels


def plain_word(written: str) -> str:
    """A header or state in the one spelling that is compared: `UNSUB_TIME` is `unsub time`."""
    return _APART.sub(" ", written).strip().casefold()


def program_of(header: list[str]) -> str:
    """The program whose export has such a header; empty when none is known."""
    return (_program(header) or _NOBODY).name


def _program(header: list[str]) -> Program | None:
    held = {plain_word(title) for title in header}
    return next((one for one in export_words().programs if one.has <= held), None)


_NOBODY = Program(name="", has=frozenset(), source="")
