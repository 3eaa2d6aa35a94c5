"""A manifest: all that is needed to build an edition's letters again, and to tell why they are others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter

from briefing.actions.manifests.inputs import Inputs
from briefing.articles.paid.sponsor_rule import Remembered
from briefing.model.approval import Approval
from briefing.model.article import Article
from briefing.model.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page without its bytes."""

    page: Page
    #: Of the bytes; `KeptPages` has them.
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedBefore:
    """What earlier editions had printed: their names, by an article's place among all that were read."""

    left_out: Mapping[int, str] = field(default_factory=dict)
    #: Those that had changed since, and are printed again.
    updated: Mapping[int, str] = field(default_factory=dict)

    def fresh(self, articles: Sequence[Article]) -> list[Article]:
        """The articles to print; one that has changed since is marked."""
        return [
            replace(article, flags=(*article.flags, f"updated since {self.updated[place]}"))
            if place in self.updated
            else article
            for place, article in enumerate(articles)
            if place not in self.left_out
        ]

    def old(self, articles: Sequence[Article]) -> tuple[tuple[str, str], ...]:
        """The headline of each article that is left out, and the edition that printed it."""
        return tuple((articles[place].headline, name) for place, name in self.left_out.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftManifest:
    """What an edition was made of and with."""

    #: When its sources were read; its day decides which dates are still to come.
    at: datetime
    slot: datetime
    pages: tuple[PageRecord, ...]
    printed_before: PrintedBefore
    #: What its readers had been sent lately: edition and version, oldest first.
    told: tuple[tuple[str, int], ...]
    #: What editors had decided about paid copy.
    rulings: tuple[Remembered, ...]
    inputs: Inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord:
    """A letter without its body."""

    header: str
    #: Of the whole letter, as it goes over the wire.
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the letters of an edition were made of and with."""

    edition: str
    #: SHA-256 of the email, as approvals have it.
    hash: str
    #: Which version of the edition they show.
    version: int
    approvals: tuple[Approval, ...]
    #: None where a program made it that kept none.
    draft: DraftManifest | None
    email: Inputs | None
    letters: Inputs
    #: Of the letter to `SAMPLE_READER`.
    sample: LetterRecord


# What reads and writes each as JSON takes a while to make, so it is made when the first one comes.
@cache
def drafts_json() -> TypeAdapter[DraftManifest]:
    """Of what a draft was made of."""
    return TypeAdapter(DraftManifest)


@cache
def inputs_json() -> TypeAdapter[Inputs]:
    """Of what an email was made with."""
    return TypeAdapter(Inputs)


@cache
def manifests_json() -> TypeAdapter[Manifest]:
    """Of all that letters were made of."""
    return TypeAdapter(Manifest)
