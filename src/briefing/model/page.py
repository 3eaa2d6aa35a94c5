"""A page: bytes as they were saved or fetched, before anybody read them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the carrier of a page says of it: the feed it stood in, the letter it came with."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    #: Name and address of who sent the letter it came in.
    sender: tuple[str, str] = ("", "")
    published: date | None = None
    updated: date | None = None
    #: As in `Article.date_basis`.
    date_basis: str = "none"
    #: The address it is known by.
    canonical_url: str | None = None
    #: What a person should know of it, such as "summary only".
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One saved or fetched page."""

    #: The file's stem, or the name the fetcher gave: it leads a person back to the source.
    name: str
    body: bytes
    media_type: str = "text/plain"
    url: str | None = None
    #: The name of the configured source it came from.
    source: str = ""
    fetched_at: datetime | None = None
    declared: Declared | None = None
