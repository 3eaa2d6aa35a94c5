"""A page: bytes as they were saved or fetched, before anybody read them."""

from dataclasses import dataclass
from datetime import datetime


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
