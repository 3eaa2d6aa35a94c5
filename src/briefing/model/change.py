"""A change to an edition: a value that an editor asks for, kept, and made again after a rebuild."""

from dataclasses import dataclass

from briefing.model.article import Verdict
from briefing.model.edition import Item, PrintedPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Put a story at another place, counted from 0; places past the end mean the end."""

    item: str
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeLead:
    """Put a story first."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Take a story, or a paid piece, out of the edition; it can be restored."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """Bring a dropped piece back, as the last of its block."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Let a story stand for another one, which is kept aside; restoring that one undoes it."""

    item: str
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """Put a story into the edition that its sources did not give, as the last of its block."""

    story: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """Give a story other words; what is None stays. A new paragraph is no longer verbatim."""

    item: str
    headline: str | None = None
    kicker: str | None = None
    paragraph: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseSentences:
    """Make a story's paragraph of these sentences of its source, in the source's order.

    They are named by their words: places move when a source is read again, words do not.
    """

    item: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNote:
    """Print a note of the desk below a story; an empty one takes it away."""

    item: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintFollowUp:
    """Have the letter say what is new since a story was printed, or not."""

    item: str
    printed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMatters:
    """Say below a story why it matters; an empty line takes it away."""

    item: str
    matters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLink:
    """Say where readers read on; an empty one leads to the article's own address again."""

    item: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPicture:
    """Show a picture with a story; None takes it away."""

    item: str
    picture: PrintedPicture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBlock:
    """Put a story into a block, or a paid piece behind one; an empty name leaves it to the design."""

    item: str
    block: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteBlock:
    """Give a block these words; empty ones take it away."""

    block: str
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBlocks:
    """Print the blocks in this order; none leaves it to the design again."""

    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """Say who speaks in a piece: the newsroom, a body that issued it, or somebody who paid."""

    item: str
    verdict: Verdict
    #: Who paid, or who issued it.
    sponsor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSubject:
    """Give the edition another subject line; an empty one follows the lead again."""

    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPreheader:
    """Give the edition another preheader; an empty one follows the stories again."""

    preheader: str


Change = (
    Move
    | MakeLead
    | Drop
    | Restore
    | Add
    | Join
    | Rewrite
    | ChooseSentences
    | SetNote
    | PrintFollowUp
    | SetMatters
    | SetLink
    | SetPicture
    | SetBlock
    | WriteBlock
    | OrderBlocks
    | Decide
    | SetSubject
    | SetPreheader
)
#: By the name they are kept under.
CHANGES: dict[str, type[Change]] = {
    kind.__name__: kind
    for kind in (
        Move,
        MakeLead,
        Drop,
        Restore,
        Add,
        Join,
        Rewrite,
        ChooseSentences,
        SetNote,
        PrintFollowUp,
        SetMatters,
        SetLink,
        SetPicture,
        SetBlock,
        WriteBlock,
        OrderBlocks,
        Decide,
        SetSubject,
        SetPreheader,
    )
}
