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
#: Between the words of `DateJoined`.
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Letters of a word by which a header is read that is not known as a whole.
_SHORTEST = 4
#: How those stand who get no more letters.
_GONE = (Standing.UNSUBSCRIBED, Standing.BOUNCED, Standing.COMPLAINED)


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
        confirming: words of headers whose days are those on which people confirmed that they want letters.
        besides: words of headers that do not say how somebody stands: what of, when and why.
        times: those of them that say when.
        people: words of headers that say whose address a single column of addresses holds.
    """

    programs: tuple[Program, ...]
    headers: dict[str, str]
    order: dict[str, int]
    standings: dict[str, Standing]
    channels: frozenset[str]
    joining: frozenset[str]
    confirming: frozenset[str]
    besides: frozenset[str]
    times: frozenset[str]
    people: frozenset[str]


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
        confirming=frozenset(table["confirming"]["words"]),
        besides=frozenset(
            (*table["carriers"]["words"], *table["carriers"]["times"], *table["subjects"]["words"])
        ),
        times=frozenset(table["carriers"]["times"]),
        people=frozenset(table["people"]["words"]),
    )


def _own(row: Mapping[str, Any]) -> dict[str, str]:
    return {word: kind for kind, words in row.get("own", {}).items() for word in words}


def kinds_of(titles: list[str]) -> list[str]:
    """What each column of a header holds, by the table; empty for one that it does not know."""
    own = (_program(titles) or _NOBODY).own
    kinds = [own.get(plain_word(title)) or _kind_of(title) for title in titles]
    somebodys = [at for at, title in enumerate(titles) if _is_somebodys_address(title)]
    if "email" not in kinds and len(somebodys) == 1:
        kinds[somebodys[0]] = "email"
    return kinds


def _is_somebodys_address(title: str) -> bool:
    words = header_word(title).replace("e mail", "email").split()
    return "email" in words and {*words} <= {"email", "address", *export_words().people}


def _kind_of(title: str) -> str:
    """What one column holds, by its whole header or by what is left of that without the words around it."""
    table, word = export_words(), plain_word(title)
    if not word:
        return "ignored"
    if word in table.headers:
        return table.headers[word]
    if _is_other(word):
        return "ignored"
    apart = header_word(title)
    known = table.headers.get(apart) or _closed().get(word)
    return known or ("" if dates_a_state(title) else _composed().get(_core(apart), ""))


def header_word(title: str) -> str:
    """A header as `plain_word` spells it, and `DateJoined` as two words."""
    return plain_word(_JOINED.sub(" ", title))


@cache
def _closed() -> dict[str, str]:
    """What a column holds, by its header without blanks, as some programs write it."""
    return {word.replace(" ", ""): kind for word, kind in export_words().headers.items()}


@cache
def _composed() -> dict[frozenset[str], str]:
    """What a column says, by the words of its header that say how somebody stands, in any order."""
    table = export_words()
    kinds = {
        word: standing.value for word, standing in table.standings.items() if standing in _GONE
    }
    kinds |= {word: kind for word, kind in table.headers.items() if kind in (*_GONE, "status")}
    found: dict[frozenset[str], str] = {}
    for word, kind in kinds.items():
        core = _core(word)
        # What may be read in two ways is not read at all, and "No." counts rows.
        if len("".join(core)) >= _SHORTEST:
            found[core] = kind if found.get(core, kind) == kind else ""
    return found


def _core(word: str) -> frozenset[str]:
    return frozenset(word.split()) - export_words().besides


def dates_a_state(title: str) -> bool:
    """Whether a header's days are those on which somebody's state became what it is, whatever that is."""
    word = header_word(title)
    said = _composed().get(_core(word))
    return said == "status" and not export_words().times.isdisjoint(word.split())


def speaks_of_joining(title: str) -> bool:
    """Whether a header's days are those on which people came."""
    return not export_words().joining.isdisjoint(header_word(title).split())


def speaks_of_confirming(title: str) -> bool:
    """Whether a header's days are those on which people confirmed that they want letters."""
    return not export_words().confirming.isdisjoint(header_word(title).split())


def gets_none(written: str) -> bool:
    """Whether a cell is a word for somebody who is gone or never confirmed, and no plain no."""
    word = plain_word(written)
    known = export_words().standings.get(word)
    return len(word) >= _SHORTEST and known in (*_GONE, Standing.PENDING)


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
