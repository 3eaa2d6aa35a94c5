"""Faults of shape: unknown and missing keys, wrong types, values outside their range."""

import dataclasses
import difflib
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from briefing.config.models import Config
from briefing.config.toml_source import Key

_DAY = "is not a day; write year, month and day: 2026-11-30"
_TYPES = {
    "string_type": "must be text in quotation marks",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list in square brackets",
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
}
_TABLES = ("dict_type", "model_type", "dataclass_type")
_CHOICES = {"literal_error": "expected", "enum": "expected", "union_tag_invalid": "expected_tags"}
_BOUNDS = {
    "greater_than_equal": (" or more", "ge"),
    "less_than_equal": (" or less", "le"),
}
_UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")
_MISSING = ("missing", "union_tag_not_found", "missing_argument", "missing_keyword_only_argument")


#: Pydantic's name for the second of two types that a key may have: text, or a list of it.
_LIST = "tuple[str, ...]"


def misshapen(error: ValidationError) -> Iterator[tuple[Key, str]]:
    """Each fault as the place in the file and what is allowed there."""
    faults = error.errors(include_url=False)
    either = {loc[: loc.index(_LIST)] for loc in (fault["loc"] for fault in faults) if _LIST in loc}
    for place in sorted(either, key=str):
        yield place, "must be text in quotation marks, or a list of such texts in square brackets"
    for fault in faults:
        if any(fault["loc"][: len(place)] == place for place in either):
            continue
        if fault["type"] == "too_short" and fault["input"]:
            continue  # its items are at fault, and those are named
        yield _written(fault), _meaning(fault, fault["loc"])


def _written(fault: ErrorDetails) -> Key:
    """The place in the file: pydantic also names the kind of source, which is not a level of it."""
    key: Key = fault["loc"]
    if fault["type"].startswith("union_tag"):
        return (*key, "kind")
    return (*key[:2], *key[3:]) if key[0] == "sources" and len(key) > 3 else key  # noqa: PLR2004 - table, name, kind


def _meaning(fault: ErrorDetails, key: Key) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in _UNKNOWN:
        return unknown("key", str(key[-1]), _allowed(key[:-1]))
    if kind in _MISSING:
        return "is missing; add it"
    if kind in _CHOICES:
        expected = str(context[_CHOICES[kind]])
        return f"must be {'one of ' if ', ' in expected or ' or ' in expected else ''}{expected}"
    if kind in _BOUNDS:
        word, limit = _BOUNDS[kind]
        return f"must be {_figure(context[limit])}{word}"
    return _table(key) if kind in _TABLES else _text(fault)


def _figure(limit: float) -> str:
    """A limit as people write it: 2, where the schema has 2.0."""
    return str(int(limit)) if limit == int(limit) else str(limit)


def _table(key: Key) -> str:
    keys = ", ".join(sorted(_allowed(key))[:5])
    return f"must be a table with {keys}" if keys else "must be a table"


def _text(fault: ErrorDetails) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    match kind:
        case "too_short" | "string_too_short":
            return "must not be empty"
        case "value_error":
            return str(context["error"])
        case "string_pattern_mismatch":
            return f'must look like "{_examples().get(context["pattern"], context["pattern"])}"'
        case _:
            return _TYPES.get(kind, fault["msg"][:1].lower() + fault["msg"][1:])


@cache
def _examples() -> dict[str, str]:
    """For each pattern of the schema, a value that matches it."""
    found: dict[str, str] = {}
    nodes: list[Any] = [Config.model_json_schema()]
    while nodes:
        node = nodes.pop()
        inside = node.values() if isinstance(node, dict) else node
        nodes += [one for one in inside if isinstance(one, dict | list)]
        if isinstance(node, dict) and "examples" in node and "pattern" in node:
            found[node["pattern"]] = node["examples"][0]
    return found


#: A screen's worth of names.
_LISTED = 10
#: As difflib's: more in common is a slip of the pen.
_NEAR = 0.6


def unknown(noun: str, value: str, known: typing.Iterable[str]) -> str:
    """Say that a name is not known, with the nearest that is; of many names the ten nearest, nearest first."""
    names = sorted(known)
    likeness = {name: _likeness(value, name) for name in names}
    nearest = sorted(names, key=lambda name: (-likeness[name], name))
    is_near = bool(nearest) and likeness[nearest[0]] >= _NEAR
    hint = f"did you mean {nearest[0]!r}? " if is_near else ""
    listed = ", ".join(names if len(names) <= _LISTED else [*nearest[:_LISTED], "…"])
    return f"there is no such {noun}; {hint}known: {listed or 'none'}"


def _likeness(written: str, name: str) -> float:
    """What two names have in common, from 0 to 1, whatever their case; of a path its end counts too."""
    one, other = written.casefold(), name.casefold()
    ends = (one.rpartition("/")[2], other.rpartition("/")[2])
    whole = difflib.SequenceMatcher(None, one, other).ratio()
    return (whole + difflib.SequenceMatcher(None, *ends).ratio()) / 2 if "/" in name else whole


def _allowed(key: Key) -> list[str]:
    """The keys that the table at this place may have."""
    table: object = Config
    for part in key:
        table = _inside(table, part)
    if isinstance(table, type) and issubclass(table, BaseModel):
        fields = table.model_fields
        return [field.alias or name for name, field in fields.items() if not field.exclude]
    if dataclasses.is_dataclass(table):
        return [field.name for field in dataclasses.fields(table)]
    return []


def _inside(table: object, part: str | int) -> object:
    """The type of what stands at a key of a table, or in a list or group of tables."""
    if isinstance(table, type) and issubclass(table, BaseModel):
        fields = {field.alias or name: field for name, field in table.model_fields.items()}
        return _bare(fields[str(part)].annotation)
    if options := [option for option in _options(table) if _kind(option) == part]:
        return options[0]
    arguments = [argument for argument in typing.get_args(table) if argument is not Ellipsis]
    return arguments[-1] if arguments else table


def _bare(annotation: object) -> object:
    """An optional type without its None."""
    options = [option for option in typing.get_args(annotation) if option is not type(None)]
    is_optional = type(None) in typing.get_args(annotation)
    return options[0] if is_optional and len(options) == 1 else annotation


def _options(table: object) -> tuple[object, ...]:
    """The kinds of table that may stand in one place, told apart by their `kind`."""
    union, *_ = typing.get_args(table) or (None,)
    return typing.get_args(union) if hasattr(table, "__metadata__") else ()


def _kind(table: object) -> object:
    if isinstance(table, type) and issubclass(table, BaseModel):
        return typing.get_args(table.model_fields["kind"].annotation)[0]
    return None
