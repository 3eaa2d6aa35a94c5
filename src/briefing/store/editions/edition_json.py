"""Nouns of an edition ↔ JSON, as the database keeps them."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from briefing.model.edition import Edition
from briefing.model.mail import Email


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
