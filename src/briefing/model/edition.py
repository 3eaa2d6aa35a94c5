"""An edition: the lead, the items and the sponsored slots of one day's briefing."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from briefing.model.article import Article
from briefing.model.digest import Digest, Sentence


class EditionStatus(StrEnum):
    """How far an edition has come."""

    DRAFT = "draft"
    HELD = "held"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"


class Treatment(StrEnum):
    """What a desk did with a piece in an edition that was sent."""

    LED = "led"
    PRINTED = "printed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """A piece of an edition that was sent, and what the desk did with it."""

    edition: str
    treatment: Treatment
    fingerprint: str
    url: str
    #: SHA-256 of its words: another value under the same address is an update.
    words: str
    section: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A story that carries on another: where readers read of it last, and what is new since."""

    #: The edition that printed the earlier story, its local day, and the headline it had there.
    edition: str
    day: date
    headline: str
    #: A sentence of the new article, word for word; None where none says anything new by itself.
    news: Sentence | None = None
    #: True when the letter says it; the desk always does.
    printed: bool = False


class Relation(StrEnum):
    """Why one item stands for another piece."""

    #: The same piece again.
    SAME = "same"
    #: The same event in other words.
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling:
    """A piece that an item stands for besides its own article."""

    #: The id of its article.
    id: str
    headline: str
    relation: Relation
    #: Who printed it; empty when nothing says.
    publisher: str = ""
    #: What pieces of one house have in common; empty when nothing says.
    house: str = ""
    url: str = ""
    #: Why it was put there, in words.
    reason: str = ""
    #: Sentences, word for word, of what no other report of the event says.
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story as the briefing prints it."""

    article: Article
    digest: Digest
    kicker: str
    headline: str
    #: The paragraph as printed: the digest's text until an editor rewrites it.
    paragraph: str
    #: True while every word of the paragraph is the source's own.
    verbatim: bool = True
    note: str = ""
    follow_up: FollowUp | None = None
    #: Why it was drafted where it stands, in words; see `editions.ranking`.
    why: str = ""
    #: The other pieces it stands for, as papers in the order of their pages.
    also_in: tuple[Retelling, ...] = ()
    #: Of a dropped item: why no person dropped it, in words.
    aside: str = ""

    @property
    def papers(self) -> tuple[str, ...]:
        """Who else printed it, each house once; those that nothing names are left out."""
        houses = {report.house: report.publisher for report in self.also_in if report.publisher}
        return tuple(houses.values())

    @property
    def id(self) -> str:
        """The article's id names the item too."""
        return self.article.id


def minutes_of(words: int) -> int:
    """Reading time at 240 words a minute, at least one."""
    return max(1, round(words / 240))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One day's briefing."""

    #: `<briefing>-<slot>`, for instance `staggers-2026-11-23`; fit for a file name.
    id: str
    #: The key of the briefing in config.toml.
    briefing: str
    title: str
    #: The local time the edition is for.
    slot: datetime
    #: The first is the lead. Issued pieces stand among them, and first only where an editor put them.
    items: tuple[Item, ...]
    sponsored: tuple[Item, ...] = ()
    #: Pieces whose verdict is open; they are in no block until a person decides.
    held: tuple[Item, ...] = ()
    dropped: tuple[Item, ...] = ()
    subject: str = ""
    preheader: str = ""
    #: What was wrong in earlier editions; told at the head of this one.
    corrections: tuple[str, ...] = ()
    status: EditionStatus = EditionStatus.DRAFT

    @property
    def lead(self) -> Item | None:
        """The first story, if there is one."""
        return self.items[0] if self.items else None

    @property
    def words(self) -> int:
        """Words of the items: what a reader came for."""
        return sum(len(f"{item.headline} {item.paragraph}".split()) for item in self.items)

    @property
    def minutes(self) -> int:
        """Reading time, see `minutes_of`."""
        return minutes_of(self.words)
