"""What a design sees of an edition's blocks, in print order, paid pieces among them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from briefing.emails.blocks.columns import columns_of, shares
from briefing.emails.blocks.layout import LaidBlock
from briefing.emails.blocks.markdown import told
from briefing.languages.furniture import Furniture
from briefing.model.edition import BlockKind, Item, WrittenBlock

#: Under which name the language's table has a kind's title; the others have none.
_TITLES = {
    BlockKind.SECONDS: "seconds",
    BlockKind.NEED_TO_KNOW: "need_to_know",
    BlockKind.NUMBERS: "numbers",
    BlockKind.COMMENT: "comment",
    BlockKind.TODAY: "today",
    BlockKind.ALSO: "also_today",
    BlockKind.IN_BRIEF: "in_brief",
    BlockKind.QUOTE: "quote",
    BlockKind.FINALLY: "and_finally",
}
#: A block of this kind holds one piece that somebody paid for.
PAID = "paid"
Story = dict[str, Any]


def blocks_of(
    laid: Sequence[LaidBlock],
    stories: Mapping[str, Story],
    words: Furniture,
    show: Callable[[str], str],
) -> list[dict[str, Any]]:
    """Each block with its title, its stories and what people wrote; each paid piece as one more.

    Args:
        laid: the blocks in print order.
        stories: what a design sees of each piece, by its id.
        words: the newsroom's own words.
        show: how text of the newsroom is set.
    """
    return [each for block in laid for each in _printed(block, stories, words, show)]


def _printed(
    block: LaidBlock,
    stories: Mapping[str, Story],
    words: Furniture,
    show: Callable[[str], str],
) -> Iterator[dict[str, Any]]:
    written = block.written or WrittenBlock(name=block.name, kind=block.kind, text="")
    yield {
        "name": block.name,
        "kind": block.kind.value,
        "title": "" if block.goes_on else title_of(written, words, show),
        "goes_on": block.goes_on,
        "stories": [stories[item.id] for item in block.stories],
        "by": show(written.by),
        **_words(written, show),
    }
    for item in block.paid:
        yield _empty(item, stories)


def _empty(item: Item, stories: Mapping[str, Story]) -> dict[str, Any]:
    return {
        "name": PAID,
        "kind": PAID,
        "title": "",
        "goes_on": False,
        "stories": [stories[item.id]],
        "by": "",
        "paragraphs": [],
        "texts": [],
        "rows": [],
    }


def title_of(block: WrittenBlock, words: Furniture, show: Callable[[str], str]) -> str:
    """What stands above a block: a standing block's own title, or the language's for its kind."""
    if block.title:
        return show(block.title)
    key = _TITLES.get(block.kind)
    return show(words.letter[key]) if key else ""


def _words(block: WrittenBlock, show: Callable[[str], str]) -> dict[str, Any]:
    """What a person wrote: paragraphs for either part, and rows of two columns with their bars."""
    has_columns = block.kind in (BlockKind.NUMBERS, BlockKind.TODAY)
    pairs = columns_of(block.text if has_columns else "")
    paragraphs = told(pairs.rest if has_columns else block.text, show)
    bars = shares(tuple(left for left, _ in pairs.rows)) if block.kind is BlockKind.NUMBERS else ()
    return {
        "paragraphs": [each.html for each in paragraphs],
        "texts": [each.text for each in paragraphs],
        "rows": [
            {"left": show(left), "share": share, **_right(right, show)}
            for (left, right), share in zip(pairs.rows, bars or [0] * len(pairs.rows), strict=True)
        ],
    }


def _right(written: str, show: Callable[[str], str]) -> dict[str, Any]:
    """The second column, one line of Markdown, for either part."""
    (line,) = told(written, show)
    return {"right": line.html, "text": line.text}
