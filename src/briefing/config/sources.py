"""The [sources.…] tables of config.toml, where pages come from, and [fetch], how they are asked for."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from briefing.config.base import Table
from briefing.config.language import LanguageOrNone
from briefing.fetching.allowlist import Allowed


def _selector(written: str) -> str:
    from briefing.articles.html.site_rules import check_selector  # noqa: PLC0415 - few houses name one

    check_selector(written)
    return written


def _pattern(written: str) -> str:
    from briefing.articles.html.site_rules import check_pattern  # noqa: PLC0415 - as above

    check_pattern(written)
    return written


def _allowed(written: str) -> str:
    Allowed.parse([written])
    return written


Url = Annotated[
    str,
    Field(
        pattern=r"^https?://[^\s/@]+(/[^\s]*)?$",
        examples=["https://council.example/news.xml"],
        max_length=2000,
    ),
]


class _Source(Table):
    """What every source has."""

    #: BCP 47; the newsroom's when empty. Sentences are split and weighed by it.
    language: LanguageOrNone = ""
    #: CSS selectors of elements that are not part of its articles.
    remove_css: tuple[Annotated[str, AfterValidator(_selector)], ...] = ()
    #: Regular expressions: a line in which one is found is not part of its articles.
    remove_lines: tuple[Annotated[str, AfterValidator(_pattern)], ...] = ()


class _Fetched(_Source):
    """What every source has that is asked for over the network."""

    #: Minutes between two readings.
    every: int = Field(default=30, ge=1)
    #: Seconds on the clock that one answer may take.
    seconds: int = Field(default=20, ge=1, le=60)
    #: Of one answer, unpacked.
    kilobytes: int = Field(default=5_120, ge=1, le=51_200)


class PagesSource(_Source):
    """A folder of saved pages; it is read again for every draft."""

    kind: Literal["pages"]
    path: str
    #: At the first reading, only so many of the newest files are taken; all when left out.
    first_run: int | None = Field(default=None, ge=0)


class FeedSource(_Fetched):
    """An RSS, Atom or JSON feed."""

    kind: Literal["feed"]
    url: Url
    #: At the first reading, only so many of the newest are taken; the rest never is.
    first_run: int = Field(default=20, ge=0)
    #: Entries older than so many days are left out.
    days: int = Field(default=7, ge=1)
    #: No more of the newest entries than this at one reading.
    most: int = Field(default=50, ge=1)
    #: Read the page of an entry too; only where its publisher allows that.
    full_text: bool = False


class UrlsSource(_Fetched):
    """Addresses of articles."""

    kind: Literal["urls"]
    urls: tuple[Url, ...] = Field(min_length=1)
    #: At the first reading, only so many from the top of the list are taken; all when left out.
    first_run: int | None = Field(default=None, ge=0)


Source = Annotated[PagesSource | FeedSource | UrlsSource, Field(discriminator="kind")]


class Fetch(Table):
    """How the desk goes out to the network."""

    #: Whom a site may write to about its visits; `[site] public_url` alone when empty.
    contact: str = Field(default="", pattern=r"^$|^[\x21-\x7e]+$", examples=["desk@example.org"])
    #: Hosts and networks of one's own that may be asked although they are not public.
    allow: tuple[Annotated[str, AfterValidator(_allowed)], ...] = ()
    #: Connections open side by side.
    at_once: int = Field(default=8, ge=1, le=64)
