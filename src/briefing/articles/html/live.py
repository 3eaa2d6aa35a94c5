"""Live blogs: one piece of many updates, each with the time it was written at."""

from dataclasses import dataclass
from datetime import datetime

from lxml import html

from briefing.articles.html.blocks import Block, Blocks
from briefing.model.article import Author

#: The type of structured data that declares one (schema.org).
DECLARED = "LiveBlogPosting"
_FEWEST, _TIME_WORDS, _LINKED = 2, 8, 0.9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HtmlUpdate:
    """One update: when, and its blocks."""

    at: datetime | None
    blocks: list[Block]
    authors: tuple[Author, ...] = ()


def updates_of(root: html.HtmlElement, blocks: Blocks) -> list[HtmlUpdate]:
    """The updates of a piece that is declared a live blog, in the order of the page; none of others.

    An update is the largest element around a time that holds no other time.
    """
    times = [time for time in root.iter("time") if time.get("datetime")]
    found = [_update(time, blocks) for time in times]
    told = [update for update in found if any(block.is_prose for block in update.blocks)]
    return told if len(told) >= _FEWEST else []


def _update(time: html.HtmlElement, blocks: Blocks) -> HtmlUpdate:
    box = time
    while (above := box.getparent()) is not None and len(list(above.iter("time"))) == 1:
        box = above
    said = " ".join(time.text_content().split())
    inside = [
        block
        for block in blocks.of(box)
        if not (said and said in block.text and block.words <= _TIME_WORDS)
        and not block.authors
        and block.linked < _LINKED
    ]
    authors = tuple(author for block in blocks.of(box) for author in block.authors)
    return HtmlUpdate(at=_moment(time.get("datetime") or ""), blocks=inside, authors=authors)


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written.strip())
    except ValueError:
        return None
