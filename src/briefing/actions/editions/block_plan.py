"""The plan of an edition's blocks for the desk: what stands in each, empty ones too, and who may write where."""

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.actions.context import Desk
from briefing.emails.blocks.block_view import title_of
from briefing.emails.blocks.design import design_of
from briefing.emails.blocks.layout import lay_out, print_order, unprinted, written_in
from briefing.emails.printable import plain
from briefing.errors import TemplateError
from briefing.languages.furniture import Furniture, furniture
from briefing.model.edition import (
    STORY_BLOCKS,
    UNPAID_BLOCKS,
    WRITTEN_BLOCKS,
    BlockKind,
    Edition,
    WrittenBlock,
)

#: What the language's table has no words for, because no reader sees them.
_NAMES = {BlockKind.INTRO: "Intro", BlockKind.LEAD: "Lead", BlockKind.TEXT: "Standing text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBlock:
    """One block as the desk shows it."""

    name: str
    kind: BlockKind
    title: str
    stories: int = 0
    text: str = ""
    by: str = ""
    #: The file that a standing block was read from.
    origin: str = ""
    takes_words: bool = False
    takes_stories: bool = False
    #: Paid copy may stand behind it.
    takes_paid: bool = False
    #: False where somebody wrote in a block that the design does not have.
    is_printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPlan:
    """All blocks of an edition in print order, and the title of the block that each piece stands in."""

    blocks: tuple[PlannedBlock, ...] = ()
    stands_in: dict[str, str]

    @property
    def order(self) -> tuple[str, ...]:
        """The names in print order."""
        return tuple(block.name for block in self.blocks if block.is_printed)


def block_plan(desk: Desk, edition: Edition) -> BlockPlan:
    """How the design lays the edition out; without blocks where it has one list, or cannot be read."""
    try:
        design = design_of(desk.config.design(desk.config.briefing(edition.briefing).template))
    except TemplateError:  # its sentence stands where the letter would be
        return BlockPlan(stands_in={})
    words = furniture(desk.config.site.language)
    laid = lay_out(edition, design)
    counts = {name: 0 for name, _ in print_order(edition, design)}
    for each in laid:
        counts[each.name] += len(each.stories)
    planned = [
        _planned(name, kind, written_in(edition, name), words, counts[name])
        for name, kind in (print_order(edition, design) if design.blocks else ())
        if kind is not BlockKind.TEXT or written_in(edition, name)
    ]
    titles = {block.name: block.title for block in planned}
    stands = {
        item.id: titles[each.name]
        for each in laid
        if each.kind is not BlockKind.SECONDS
        for item in each.stories
    }
    behind = {item.id: f"behind {titles[each.name]}" for each in laid for item in each.paid}
    lost = (_unprinted(block) for block in unprinted(edition, design))
    return BlockPlan(blocks=(*planned, *lost), stands_in=stands | behind)


def moved(order: Iterable[str], name: str, by: int) -> tuple[str, ...]:
    """The order with one block a place up (-1) or down (1)."""
    names = list(order)
    if name in names:
        at = names.index(name)
        names.insert(min(max(0, at + by), len(names) - 1), names.pop(at))
    return tuple(names)


def place_next(plan: BlockPlan, edition: Edition, name: str, by: int) -> int:
    """Where a story goes that an arrow moves: past the next story of its own block.

    At the end of its block, and in a design of one list, it goes past the next story of all.

    Args:
        plan: of the edition.
        edition: as it stands.
        name: the story; one of its items.
        by: -1 for up, 1 for down.
    """
    order = [item.id for item in edition.items]
    at, block = order.index(name), plan.stands_in.get(name)
    places = [
        place
        for place, other in enumerate(order)
        if (place - at) * by > 0 and plan.stands_in.get(other) == block
    ]
    if not places:
        return max(0, at + by)
    return places[0] if by > 0 else places[-1]


def _planned(
    name: str, kind: BlockKind, written: WrittenBlock | None, words: Furniture, stories: int
) -> PlannedBlock:
    found = written or WrittenBlock(name=name, kind=kind, text="")
    return PlannedBlock(
        name=name,
        kind=kind,
        title=title_of(found, words, plain) or _NAMES.get(kind, name),
        stories=stories,
        text=found.text,
        by=found.by,
        origin=found.origin,
        takes_words=kind in WRITTEN_BLOCKS or name != kind,
        takes_stories=kind in STORY_BLOCKS,
        takes_paid=kind not in UNPAID_BLOCKS,
    )


def _unprinted(block: WrittenBlock) -> PlannedBlock:
    return PlannedBlock(
        name=block.name,
        kind=block.kind,
        title=block.title or block.name,
        text=block.text,
        by=block.by,
        origin=block.origin,
        takes_words=True,
        is_printed=False,
    )
