"""The layout of an edition: which block of a design holds which stories, and where paid copy stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefing.emails.blocks.design import Design
from briefing.model.article import Verdict
from briefing.model.edition import (
    STORY_BLOCKS,
    UNPAID_BLOCKS,
    BlockKind,
    Edition,
    Item,
    WrittenBlock,
)

#: In blocks that take what is left, the best first.
_REST = (BlockKind.ALSO, BlockKind.IN_BRIEF, BlockKind.NEED_TO_KNOW)
#: Blocks that may go on behind a paid piece.
_PARTED = (BlockKind.NEED_TO_KNOW, BlockKind.ALSO, BlockKind.IN_BRIEF, BlockKind.COMMENT)
#: So many stories are read in sixty seconds; with fewer the letter itself is short enough.
_SECONDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidBlock:
    """One block as it is printed; one that is empty is not laid."""

    name: str
    kind: BlockKind
    stories: tuple[Item, ...] = ()
    #: What people wrote in it.
    written: WrittenBlock | None = None
    #: Pieces between this block and the next that the newsroom does not speak in.
    paid: tuple[Item, ...] = ()
    #: The second half of a block that a paid piece parts; it has no title of its own.
    goes_on: bool = False


def lay_out(edition: Edition, design: Design) -> tuple[LaidBlock, ...]:
    """The blocks of an edition in print order; empty for a design of one list.

    A story stands in the block an editor put it in, where the design has that block; the others fill
    the design's blocks in its order. Paid copy stands behind a block: never first, never next to the
    lead and never two in a row, as long as there are blocks enough to keep it apart.
    """
    if not design.blocks:
        return ()
    stories = _stories(edition, design)
    laid = [
        LaidBlock(
            name=name,
            kind=kind,
            stories=tuple(stories.get(name, ())),
            written=written_in(edition, name),
        )
        for name, kind in print_order(edition, design)
    ]
    printed = tuple(filter(_is_printed, laid))
    return _with_paid(_room_for(printed, len(edition.sponsored)), edition.sponsored)


def unprinted(edition: Edition, design: Design) -> tuple[WrittenBlock, ...]:
    """What people wrote in blocks that a design does not have; it is kept, and not printed."""
    return tuple(block for block in edition.blocks if block.kind not in design.blocks)


def print_order(edition: Edition, design: Design) -> list[tuple[str, BlockKind]]:
    """Names and kinds of all blocks, empty ones too, as the editor ordered them, else the design."""
    standing = [block for block in edition.blocks if block.name != block.kind]
    kinds = {kind.value: kind for kind in design.blocks}
    kinds |= {block.name: block.kind for block in standing if block.kind in design.blocks}
    declared = _declared(design, standing)
    asked = [name for name in edition.order if name in kinds]
    order: list[str] = list(asked)
    for place, name in enumerate(declared):
        if name not in asked:
            before = [other for other in declared[:place] if other in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, name)
    return [(name, kinds[name]) for name in order]


def _declared(design: Design, standing: Sequence[WrittenBlock]) -> list[str]:
    """The design's order, each standing block behind the one of its kind."""
    names: list[str] = []
    for kind in design.blocks:
        names += [kind.value, *(block.name for block in standing if block.kind is kind)]
    return names


def _stories(edition: Edition, design: Design) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {kind.value: [] for kind in design.blocks}
    found[BlockKind.LEAD] = list(edition.items[:1])
    room = {kind: design.most.get(kind) for kind in design.blocks if kind in _takes(design)}
    for item in edition.items[1:]:
        is_placed = item.block in STORY_BLOCKS[1:] and item.block in found
        block = item.block if is_placed else _next_free(room, design)
        found[block].append(item)
        if not is_placed and room[BlockKind(block)] is not None:
            room[BlockKind(block)] = (room[BlockKind(block)] or 0) - 1
    found[BlockKind.SECONDS] = _seconds(edition, design)
    return found


def _takes(design: Design) -> tuple[BlockKind, ...]:
    """Blocks that stories come into by themselves, in print order."""
    taking = tuple(kind for kind in design.blocks if kind in _REST)
    return taking or (BlockKind.LEAD,)


def _next_free(room: dict[BlockKind, int | None], design: Design) -> str:
    for kind, left in room.items():
        if left is None or left > 0:
            return kind
    return _takes(design)[-1]


def _seconds(edition: Edition, design: Design) -> list[Item]:
    """The newsroom's own first stories; what a body issued itself is not among them."""
    own = [item for item in edition.items if item.article.verdict is Verdict.EDITORIAL]
    is_long = len(own) > _SECONDS
    return own[:_SECONDS] if is_long and BlockKind.SECONDS in design.blocks else []


def written_in(edition: Edition, name: str) -> WrittenBlock | None:
    """What people wrote in the block of that name."""
    return next((block for block in edition.blocks if block.name == name), None)


def _is_printed(laid: LaidBlock) -> bool:
    return bool(laid.stories or (laid.written and laid.written.text))


def _with_paid(laid: tuple[LaidBlock, ...], paid: Iterable[Item]) -> tuple[LaidBlock, ...]:
    """Each paid piece behind the block an editor chose, else spread over those that are free."""
    free = [place for place, block in enumerate(laid) if _may_follow(laid, place)]
    behind: dict[int, list[Item]] = {}
    waiting: list[Item] = []
    for item in paid:
        chosen = [place for place in free if laid[place].name == item.block and place not in behind]
        if chosen:
            behind[chosen[0]] = [item]
        else:
            waiting.append(item)
    left = [place for place in free if place not in behind]
    for item, place in zip(waiting, _spread(left, len(waiting)), strict=False):
        behind[place] = [item]
    # More than there are places: nothing is lost, and the checks say where two stand together.
    last = len(laid) - 1
    behind[last] = [*behind.get(last, []), *waiting[len(left) :]]
    return tuple(
        replace(block, paid=tuple(behind.get(place, ()))) for place, block in enumerate(laid)
    )


def _room_for(laid: tuple[LaidBlock, ...], count: int) -> tuple[LaidBlock, ...]:
    """The blocks, long ones parted until so many paid pieces stand apart, or none can be parted."""
    while sum(_may_follow(laid, place) for place in range(len(laid))) < count:
        long = [block for block in laid if block.kind in _PARTED and len(block.stories) > 1]
        if not long:
            break
        longest = max(long, key=lambda block: len(block.stories))
        half = (len(longest.stories) + 1) // 2
        first = replace(longest, stories=longest.stories[:half])
        rest = replace(longest, stories=longest.stories[half:], written=None, goes_on=True)
        at = laid.index(longest)
        laid = (*laid[:at], first, rest, *laid[at + 1 :])
    return laid


def _may_follow(laid: Sequence[LaidBlock], place: int) -> bool:
    """Behind this block nothing paid is first or next to the lead."""
    after = laid[place + 1].kind if place + 1 < len(laid) else None
    return laid[place].kind not in UNPAID_BLOCKS and after is not BlockKind.LEAD


def _spread(places: Sequence[int], count: int) -> list[int]:
    """So many of the places, evenly apart."""
    if count >= len(places):
        return list(places)
    return [places[(2 * at + 1) * len(places) // (2 * count)] for at in range(count)]
