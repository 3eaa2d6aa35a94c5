"""An edition: the lead, the items and the sponsored slots of one day's briefing."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from briefing.model.article import Article
from briefing.model.digest import Digest, Sentence, count_words


class EditionStatus(StrEnum):
    """How far an edition has come."""

    DRAFT = "draft"
    HELD = "held"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"


class BlockKind(StrEnum):
    """What a block of an edition is: which stories it holds, or what people write in it."""

    INTRO = "intro"
    SECONDS = "seconds"
    LEAD = "lead"
    NEED_TO_KNOW = "need-to-know"
    NUMBERS = "numbers"
    COMMENT = "comment"
    TODAY = "today"
    ALSO = "also"
    IN_BRIEF = "in-brief"
    QUOTE = "quote"
    FINALLY = "and-finally"
    TEXT = "text"


#: Blocks that hold stories. The lead is the first story, whatever it says of itself.
STORY_BLOCKS = (
    BlockKind.LEAD,
    BlockKind.NEED_TO_KNOW,
    BlockKind.COMMENT,
    BlockKind.ALSO,
    BlockKind.IN_BRIEF,
    BlockKind.FINALLY,
)
#: Blocks that people write.
WRITTEN_BLOCKS = (
    BlockKind.INTRO,
    BlockKind.NUMBERS,
    BlockKind.TODAY,
    BlockKind.QUOTE,
    BlockKind.FINALLY,
)
#: Paid copy stands behind none of these: it would be first, or next to the lead.
UNPAID_BLOCKS = (BlockKind.INTRO, BlockKind.SECONDS, BlockKind.LEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBlock:
    """A part of an edition that people write, or that stands in every edition out of a file."""

    #: Its kind, or of a standing block its name in config.toml.
    name: str
    kind: BlockKind
    #: As it was written: paragraphs in a small Markdown, or lines of two columns parted by `|`.
    text: str
    #: Who signs it; of a quotation, who said it.
    by: str = ""
    #: Of a standing block; the language's own words for its kind when empty.
    title: str = ""
    #: The file that a standing block was read from; empty where the desk wrote it.
    origin: str = ""


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
    #: The event that it told of, and the headline it had; empty in editions from before there were any.
    event: str = ""
    headline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A story that carries on another: where readers read of it last, and what is new since."""

    #: The edition that printed the earlier story, its local day, and the headline it had there.
    edition: str
    day: date
    headline: str
    #: Its event, and how many editions have told of that.
    event: str = ""
    times: int = 1
    #: True when it led that edition.
    led: bool = False
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
class PrintedPicture:
    """A picture that an editor put to a story: kept by its bytes, and served by this house."""

    #: Of the JPEG that readers get; its address contains it.
    sha256: str
    width: int
    height: int
    #: Bytes.
    size: int
    #: What it shows, for those who do not see it.
    alt: str
    #: Who made it, or whose it is.
    credit: str
    #: The address it was fetched from, or the name of the file.
    origin: str = ""

    @property
    def path(self) -> str:
        """Where this house serves it."""
        return f"/pictures/{self.sha256}.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story as the briefing prints it."""

    article: Article
    digest: Digest
    kicker: str
    headline: str
    #: The paragraph as printed: the digest's text until an editor rewrites it.
    #: An editor's has blank lines between its paragraphs, and a small Markdown in them.
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
    #: Why it matters, in the desk's words.
    matters: str = ""
    #: The block that an editor put a story in, or that a paid piece follows; empty: the design's choice.
    block: str = ""
    #: Where readers read on, as an editor gave it; empty: the article's own address.
    link: str = ""
    #: The event that it tells of, from edition to edition; empty in editions from before there were any.
    event: str = ""
    #: What an editor chose to show with it; letters print it where their design does.
    picture: PrintedPicture | None = None

    @property
    def papers(self) -> tuple[str, ...]:
        """Who else printed it, each house once; those that nothing names are left out."""
        houses = {report.house: report.publisher for report in self.also_in if report.publisher}
        return tuple(houses.values())

    @property
    def id(self) -> str:
        """The article's id names the item too."""
        return self.article.id

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses that may lead to it, the best first; none has been looked at."""
        return tuple(filter(None, (self.link, self.article.canonical_url, self.article.url)))


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
    #: What people wrote between the stories, and standing blocks.
    blocks: tuple[WrittenBlock, ...] = ()
    #: Names of blocks as an editor put them; those it does not name stand where the design has them.
    order: tuple[str, ...] = ()
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
        """Words of the editorial items and of what the desk wrote: what a reader came for."""
        told = (*(f"{item.headline} {item.paragraph}" for item in self.items), *self._written)
        return sum(map(count_words, told))

    @property
    def _written(self) -> tuple[str, ...]:
        return tuple(block.text for block in self.blocks)

    @property
    def minutes(self) -> int:
        """Reading time, see `minutes_of`."""
        return minutes_of(self.words)
