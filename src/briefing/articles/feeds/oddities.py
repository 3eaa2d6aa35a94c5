"""Oddities: what a feed does that its editor should know of, although it can be read."""

from collections.abc import Iterator

from briefing.articles.feeds.feed import Feed
from briefing.counted import counted

#: Fewer entries with another id than before were given one by hand.
_MANY = 3


def oddities(feed: Feed, renamed: int) -> Iterator[str]:
    """Sentences on a feed, each to follow its address.

    Args:
        feed: as it was read.
        renamed: entries that were known and have another id than at the reading before.
    """
    if feed.warning:
        yield f"breaks the rules of its format and was read all the same: {feed.warning}"
    if feed.left_out:
        total = len(feed.entries) + feed.left_out
        yield f"has {counted(total, 'entry', 'entries')}, and the newest {len(feed.entries):,} were read"
    if renamed >= _MANY:
        yield (
            f"gave {renamed:,} of its entries other ids than before; they are known again by "
            "their addresses and words"
        )
    untrue = [entry for entry in feed.entries if "cannot be true" in entry.published.flag]
    if untrue:
        yield (
            f"dates {len(untrue):,} of its entries in the future or long ago, such as "
            f"{untrue[0].published.raw!r}; they are taken as of when they were first seen"
        )
