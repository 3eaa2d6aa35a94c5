"""A manifest: all that is needed to build an edition's letters again, and to tell why they are others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter

from briefing.actions.manifests.inputs import Inputs
from briefing.articles.paid.sponsor_rule import Remembered
from briefing.editions import Habits
from briefing.model.approval import Approval
from briefing.model.article import (
    CHANGED_SINCE_DROPPED,
    DROPPED_FROM,
    LED_BEFORE,
    UPDATED_SINCE,
    Article,
)
from briefing.model.page import Page
from briefing.model.ruling import EventRuling


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page without its bytes."""

    page: Page
    #: Of the bytes; `KeptPages` has them.
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedBefore:
    """What became of articles in earlier editions: their names, by a place among all that were read."""

    #: Printed as they are.
    left_out: Mapping[int, str] = field(default_factory=dict)
    #: Those that had changed since, and are printed again.
    updated: Mapping[int, str] = field(default_factory=dict)
    #: Of those, the ones that led.
    led: Mapping[int, str] = field(default_factory=dict)
    #: Dropped by an editor, and unchanged; changed since.
    dropped: Mapping[int, str] = field(default_factory=dict)
    changed: Mapping[int, str] = field(default_factory=dict)

    def fresh(self, articles: Sequence[Article]) -> list[Article]:
        """The articles to print, each with a flag for what became of it before."""
        return [
            replace(article, flags=(*article.flags, *self._flags(place)))
            for place, article in enumerate(articles)
            if place not in self.left_out
        ]

    def _flags(self, place: int) -> Iterator[str]:
        for begins, places in (
            (UPDATED_SINCE, self.updated),
            (LED_BEFORE, self.led),
            (DROPPED_FROM, self.dropped),
            (CHANGED_SINCE_DROPPED, self.changed),
        ):
            if place in places:
                yield f"{begins}{places[place]}"

    def old(self, articles: Sequence[Article]) -> tuple[tuple[str, str], ...]:
        """The headline of each article that is left out, and the edition that printed it."""
        return tuple((articles[place].headline, name) for place, name in self.left_out.items())

    def names(self, articles: Sequence[Article]) -> dict[str, str]:
        """By the id of each article that is left out, the edition that printed it."""
        return {articles[place].id: name for place, name in self.left_out.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierEditions:
    """What a new edition takes from those before it."""

    #: What its readers had been sent lately: edition and version, oldest first.
    told: tuple[tuple[str, int], ...]
    #: What the desk had printed and dropped.
    habits: Habits


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftManifest:
    """What an edition was made of and with."""

    #: When its sources were read; its day decides which dates are still to come.
    at: datetime
    slot: datetime
    pages: tuple[PageRecord, ...]
    printed_before: PrintedBefore
    earlier: EarlierEditions
    #: What editors had decided about paid copy.
    rulings: tuple[Remembered, ...]
    inputs: Inputs
    #: What they had joined and told apart.
    events: tuple[EventRuling, ...] = ()


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
