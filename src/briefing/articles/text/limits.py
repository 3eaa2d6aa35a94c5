"""Bounds: how many lines and tags a page may have, so that none keeps the edition waiting.

The size of a page is bounded where its bytes are read. What takes the time is how often something
is looked at, so five megabytes of two-letter lines need a bound of their own.
"""

from briefing.errors import PageRefused

#: Of text; of HTML, paragraphs, headings, items and cells. The longest article of the marked pages has under
#: two hundred; of 311 pages of two corpora the one with most has 1,755.
MOST_LINES = 6_000
#: Opening and closing ones. Of the same pages the one with most has 19,252.
MOST_TAGS = 40_000


def check_lines(count: int, page: str) -> None:
    """Refuse a page of too many lines.

    Raises:
        PageRefused: with their number and the most there may be.
    """
    if count > MOST_LINES:
        raise PageRefused(
            f"{page}: the page has {count:,} lines; {MOST_LINES:,} is the most a page may have. "
            "Save the page of one article.",
            page=page,
        )


def check_tags(count: int, page: str) -> None:
    """Refuse an HTML page of too many tags.

    Raises:
        PageRefused: with the most there may be.
    """
    if count > MOST_TAGS:
        raise PageRefused(
            f"{page}: the page has more than {MOST_TAGS:,} tags, the most a page may have. "
            "Save the page of one article.",
            page=page,
        )
