"""How a help names what a command takes: in words of the trade, and not by the types of Python."""

import re
from types import MethodType
from typing import Any

#: What an option takes, by what Typer calls it. A choice is said by its words.
_TAKES = {"str": "TEXT", "int": "N", "int range": "N", "path": "FILE", "file": "FILE"}

#: How Typer's reader of values says what was not given, and how we do.
_WRONG = (
    (r"Input should be a valid integer.*", "a whole number is wanted here, such as 7."),
    (r"Input should be a valid number.*", "a number is wanted here, such as 7."),
    (r"Input should be greater than or equal to (\S+)", r"it must be \1 or more."),
    (r"Input should be less than or equal to (\S+)", r"it must be \1 or less."),
)


def wrong_value(said: str) -> str:
    """Why a value was refused, in the words of this program."""
    for theirs, ours in _WRONG:
        said = re.sub(theirs, ours, said)
    return said.removeprefix("Value error, ")


def in_plain_words(params: list[Any]) -> list[Any]:
    """These options and arguments, with the names by which a help shows them."""
    for one in params:
        if getattr(one, "is_flag", False):
            one.metavar = ""
        elif one.param_type_name == "argument":
            _name_argument(one)
        else:
            one.display_type = MethodType(_taken, one)
            one._get_number_range_help_str = MethodType(_range, one)  # noqa: SLF001 - Typer has no public name
    return params


def _range(one: Any) -> str | None:
    """Between which numbers a value may be, as a person would write it."""
    if one.min is None:
        return None if one.max is None else f"{one.max} at most"
    return f"{one.min} or more" if one.max is None else f"{one.min} to {one.max}"


def _name_argument(one: Any) -> None:
    """An argument's own name says what it takes, in capitals everywhere; only a choice says more."""
    one.metavar = one.metavar or one.name.upper()
    one.display_type = MethodType(_chosen, one)


def _taken(one: Any, ctx: Any) -> str:
    named = _bare(one, ctx)
    return _TAKES.get(named, named)


def _chosen(one: Any, ctx: Any) -> str:
    named = _bare(one, ctx)
    return named if "|" in named else ""


def _bare(one: Any, ctx: Any) -> str:
    """What Typer calls it, without the marks around it: one of a list is taken as one alone is."""
    said = type(one).display_type(one, ctx)
    return str(said.strip("<>").removeprefix("list[").removesuffix("]"))
