"""What an HTML document declares of its article where readers do not see it."""

import html
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from briefing.articles.html.declared.json_ld import says_article
from briefing.articles.text.feed_dates import read_date
from briefing.model.page import Declared

#: In characters, of one value.
LONGEST = 300


@dataclass(slots=True)
class Metadata:
    """What was found, each with where it stood."""

    headline: str = ""
    #: Every headline that is declared, with its origin, the most trusted first.
    titles: list[tuple[str, str]] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    #: As in `Article.date_basis`.
    date_basis: str = "none"
    canonical_url: str = ""
    section: str = ""
    description: str = ""
    site: str = ""
    #: The text of the article, for a page that shows none without its scripts.
    body: str = ""
    #: False where the page shows no text, and the declared one is read.
    is_shown: bool = True
    #: Address and description of the picture that stands for the page.
    picture: tuple[str, str] = ("", "")
    #: False when the page says that only subscribers get all of it.
    is_free: bool | None = None
    #: What the structured data, a meta element or the title says of who paid.
    labels: tuple[str, ...] = ()
    #: What its tags say of it.
    doubts: tuple[str, ...] = ()
    #: What names the page a press release: a type, a genre or a section that says so.
    release: str = ""
    #: The house that publishes it.
    publisher: str = ""
    #: The types of its structured data.
    types: frozenset[str] = frozenset()
    origins: dict[str, str] = field(default_factory=dict)
    #: What the page's carrier says of it, which counts where the page says nothing.
    carried: Declared = field(default_factory=Declared)

    def take(self, name: str, value: object, where: str) -> None:
        """Keep the first value of a field."""
        if value and not getattr(self, name):
            setattr(self, name, value)
            self.origins[name] = where

    def guess(self, day: date | None) -> None:
        """Keep a day that nobody declares, and that it is guessed."""
        if day:
            self.take("published", day, "a guess from the page")
            self.date_basis = "guessed"

    @property
    def signers(self) -> tuple[str, ...]:
        """Who signs, as the page or its carrier says."""
        return self.authors or self.carried.authors

    @property
    def is_dated(self) -> bool:
        """The page or its carrier says when it came out."""
        return bool(self.published or self.carried.published)

    @property
    def is_article(self) -> bool:
        """The page declares an article, and not that it lists several or presents their writer."""
        return says_article(self.types)

    def declared(self) -> Declared:
        """What an article may take from it."""
        return Declared(
            authors=self.authors,
            published=self.published,
            updated=self.updated,
            date_basis=self.date_basis,
            canonical_url=self.canonical_url or None,
        )


class Document(NamedTuple):
    """What each source of metadata looks at."""

    tree: Any
    url: str
    now: datetime
    title: str
    #: What its meta elements say, by their names.
    meta: dict[str, list[str]]

    def first(self, name: str) -> str:
        """The first line that its meta elements of this name say."""
        return one_line(next(iter(self.meta.get(name, [])), ""))

    def day(self, written: object) -> date | None:
        """A day as written in metadata; none that is guessed or ahead."""
        read = read_date(str(written or "")[:LONGEST], self.now)
        return read.moment.date() if read.moment and read.basis != "guessed" else None


def one_line(written: object) -> str:
    """One line of text; what stands escaped twice in metadata is written once."""
    if not isinstance(written, str):
        return ""
    text = html.unescape(written) if "&" in written else written
    return " ".join(text.split())[:LONGEST]
