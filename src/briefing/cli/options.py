"""How a help names what a command takes: in words of the trade, and not by the types of Python."""

from types import MethodType
from typing import Any

#: What an option takes, by what Typer calls it. A choice is said by its words.
_TAKES = {"str": "TEXT", "int": "N", "int range": "N", "path": "FILE", "file": "FILE"}


def in_plain_words(params: list[Any]) -> list[Any]:
    """These options and arguments, with the names by which a help shows them."""
    for one in params:
        if getattr(one, "is_flag", False):
            one.metavar = ""
        elif one.param_type_name == "argument":
            _name_argument(one)
        else:
            one.display_type = MethodType(_taken, one)
    return params


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
