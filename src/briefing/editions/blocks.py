"""Blocks: what people write between the stories, which story stands where, and in which order."""

from dataclasses import replace
from urllib.parse import urlsplit

from briefing.editions.written import line, rows
from briefing.errors import EditionError
from briefing.model.article import Verdict
from briefing.model.change import OrderBlocks, SetBlock, SetLink, WriteBlock
from briefing.model.edition import (
    STORY_BLOCKS,
    UNPAID_BLOCKS,
    WRITTEN_BLOCKS,
    BlockKind,
    Edition,
    Item,
    WrittenBlock,
)


def written(edition: Edition, change: WriteBlock) -> Edition:
    """The edition with a block's words.

    Raises:
        EditionError: when nobody may write a block of that name, or the words are too long.
    """
    text = rows(change.text, f"The block {change.block}")
    by = line(change.by, "The name below a block")
    stands = next((block for block in edition.blocks if block.name == change.block), None)
    if stands is None and change.block not in WRITTEN_BLOCKS:
        raise EditionError(
            f"There is no block {change.block!r} to write in; there are: {', '.join(WRITTEN_BLOCKS)}"
            f"{''.join(f', {block.name}' for block in edition.blocks if block.title)}."
        )
    if not text:
        kept = tuple(block for block in edition.blocks if block.name != change.block)
        return replace(edition, blocks=kept)
    if stands is None:
        new = WrittenBlock(name=change.block, kind=BlockKind(change.block), text=text, by=by)
        return replace(edition, blocks=(*edition.blocks, new))
    changed = replace(stands, text=text, by=by, origin="")
    swapped = tuple(changed if block is stands else block for block in edition.blocks)
    return replace(edition, blocks=swapped)


def ordered(edition: Edition, change: OrderBlocks) -> Edition:
    """The edition with its blocks in another order.

    Raises:
        EditionError: when a block is named that no edition has, or one twice.
    """
    own = {block.name for block in edition.blocks}
    for name in change.blocks:
        if name not in own and name not in tuple(BlockKind):
            raise EditionError(f"There is no block {name!r}; there are: {_known(edition)}.")
    if len(set(change.blocks)) != len(change.blocks):
        raise EditionError("A block stands in that order twice; name each once.")
    return replace(edition, order=change.blocks)


def placed_in(edition: Edition, item: Item, change: SetBlock) -> Item:
    """The story as one of a block; a paid piece as what follows it.

    Raises:
        EditionError: when that block holds no stories, or paid copy may not follow it.
    """
    name = change.block
    if not name:
        return replace(item, block="")
    if item.article.verdict is not Verdict.SPONSORED:
        if name not in STORY_BLOCKS:
            raise EditionError(
                f"The block {name!r} holds no stories; {item.headline!r} can stand in: "
                f"{', '.join(STORY_BLOCKS)}."
            )
        if edition.lead is not None and item.id == edition.lead.id and name != BlockKind.LEAD:
            raise EditionError(f"{item.headline!r} is the lead; put another story first instead.")
        return replace(item, block=name)
    if name in UNPAID_BLOCKS:
        raise EditionError(
            f"{item.headline!r} was paid for: it stands neither first nor next to the lead. "
            f"Choose another place than behind {name!r}."
        )
    if name not in tuple(BlockKind) and name not in {block.name for block in edition.blocks}:
        raise EditionError(f"There is no block {name!r}; there are: {_known(edition)}.")
    return replace(item, block=name)


def linked(item: Item, change: SetLink) -> Item:
    """The story with another address to read on at.

    Raises:
        EditionError: when it is not an address of the web.
    """
    link = "".join(change.link.split())
    if link and not _is_web(link):
        raise EditionError(
            f"{link[:80]!r} is not an address of the web; give one that begins with https://."
        )
    return replace(item, link=link)


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _known(edition: Edition) -> str:
    return ", ".join(dict.fromkeys((*BlockKind, *(block.name for block in edition.blocks))))
