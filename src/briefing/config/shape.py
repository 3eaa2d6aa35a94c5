"""Faults of shape: unknown and missing keys, wrong types, values outside their range."""

import dataclasses
import difflib
import typing
from collections.abc import Iterator

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from briefing.config.raw import Key
from briefing.config.tables import Config

_TYPES = {
    "string_type": "must be text in quotation marks",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list in square brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "dataclass_type": "must be a table",
}
_BOUNDS = {
    "literal_error": ("", "expected"),
    "enum": ("", "expected"),
    "greater_than_equal": (" or more", "ge"),
    "less_than_equal": (" or less", "le"),
}
_UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")
_MISSING = ("missing", "missing_argument", "missing_keyword_only_argument")


def misshapen(error: ValidationError) -> Iterator[tuple[Key, str]]:
    """Each fault as the place in the file and what is allowed there."""
    for fault in error.errors(include_url=False):
        key: Key = fault["loc"]
        yield key, _meaning(fault, key)


def _meaning(fault: ErrorDetails, key: Key) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in _UNKNOWN:
        return unknown("key", str(key[-1]), _allowed(key[:-1]))
    if kind in _MISSING:
        return "is missing; add it"
    if kind in _BOUNDS:
        word, limit = _BOUNDS[kind]
        return f"must be {context[limit]}{word}"
    match kind:
        case "too_short" | "string_too_short":
            return "must not be empty"
        case "value_error":
            return str(context["error"])
        case "string_pattern_mismatch":
            return f"does not look right; it must match {context['pattern']}"
        case _:
            return _TYPES.get(kind, fault["msg"][:1].lower() + fault["msg"][1:])


def unknown(noun: str, value: str, known: typing.Iterable[str]) -> str:
    """Say that a name is not known, with the nearest that is and the first ten of all."""
    names = sorted(known)
    near = difflib.get_close_matches(value, names, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    listed = ", ".join(names[:10]) + (", …" if len(names) > 10 else "")  # noqa: PLR2004 - a screen's worth
    return f"there is no such {noun}; {hint}known: {listed or 'none'}"


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
    arguments = [argument for argument in typing.get_args(table) if argument is not Ellipsis]
    return arguments[-1] if arguments else table


def _bare(annotation: object) -> object:
    """An optional type without its None."""
    options = [option for option in typing.get_args(annotation) if option is not type(None)]
    is_optional = type(None) in typing.get_args(annotation)
    return options[0] if is_optional and len(options) == 1 else annotation
