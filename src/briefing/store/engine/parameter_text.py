"""Values → PostgreSQL's own text for them, as a statement's parameters are sent.

A driver looks up for each value, and each part of a list, who can write it: of a commit of letters that
took longer than all else our side does for it.
"""

from collections.abc import Callable, Sequence
from types import NoneType


def parameter_text(value: object) -> bytes | None:
    """A parameter as the server reads it; None for NULL.

    Args:
        value: a text, number or truth value, or a list of such with None among them.
    """
    if value is None:
        return None
    if isinstance(value, list):
        return _array(value).encode()
    if isinstance(value, str):
        return _without_nul(value).encode()
    return _PARTS[type(value)](value).encode()


def _array(values: Sequence[object]) -> str:
    """An array's text (PostgreSQL's manual, "Array Input and Output Syntax")."""
    return "{" + ",".join([_PARTS[type(value)](value) for value in values]) + "}"


def _without_nul(value: str) -> str:
    """PostgreSQL takes no NUL, and a relay may well send one."""
    return value.replace("\0", "\ufffd")


def _quoted(value: str) -> str:
    escaped = _without_nul(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


#: How a part of an array is written, by its type.
_PARTS: dict[type, Callable[..., str]] = {
    NoneType: lambda _: "NULL",
    bool: lambda value: "t" if value else "f",
    int: repr,
    float: repr,
    str: _quoted,
}
