"""Nouns of an edition ↔ JSON, as the database keeps them."""

from functools import cache, lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from briefing.errors import StoreError
from briefing.model.change import CHANGES, Change
from briefing.model.edition import Edition
from briefing.model.mail import Email

Noun = TypeVar("Noun")


# What reads and writes a noun as JSON takes a while to make, so it is made when the first one comes.
@cache
def editions_json() -> TypeAdapter[Edition]:
    """Of editions."""
    return TypeAdapter(Edition)


@cache
def emails_json() -> TypeAdapter[Email]:
    """Of emails."""
    return TypeAdapter(Email)


@cache
def rows_json() -> TypeAdapter[list[tuple[str, dict[str, Any]]]]:
    """Of changes as they are kept: kind and values."""
    return TypeAdapter(list[tuple[str, dict[str, Any]]])


@lru_cache(maxsize=4)
def edition_of(content: str, name: str) -> Edition:
    """An edition as it was kept; one save of the desk asks for the same several times. Errors as `read_back`."""
    return read_back(editions_json(), content, name)


def change_of(kind: str, values: dict[str, Any]) -> Change:
    """A change as it was kept, by its kind and values."""
    change: Change = _changes_json(kind).validate_python(values)
    return change


@cache
def _changes_json(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(CHANGES[kind])


def read_back(adapter: TypeAdapter[Noun], content: str, edition: str) -> Noun:
    """What was kept of an edition.

    Raises:
        StoreError: when it is not what this program writes, with what to do.
    """
    try:
        return adapter.validate_json(content)
    except ValidationError as error:
        raise StoreError(
            f"Edition {edition} cannot be read back: {error}. Draft it again with `briefing draft`."
        ) from error
