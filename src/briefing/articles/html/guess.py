"""A guess at the day a page came out, where nothing declares it; it is shown as a guess."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime

from lxml import html

from briefing.articles.html.other_pages import cards_in
from briefing.articles.html.tree import OUT
from briefing.articles.text.feed_dates import read_date


def guessed_day(
    tree: html.HtmlElement, body: Sequence[html.HtmlElement], url: str, now: datetime
) -> date | None:
    """The day that htmldate, which comes with trafilatura, reads out of a page's text and addresses.

    Args:
        tree: the document.
        body: elements of running text: a date in them is that of what they tell; one in a card is its page's.
        url: where it was found; empty when nobody knows.
        now: aware; a date ahead of it does not count.
    """
    # Half a second, and most pages declare their date.
    from trafilatura import extract_metadata  # noqa: PLC0415, TID251

    around = {above for element in body for above in element.iterancestors()}
    cards = set(cards_in([*tree.iter("time", "h2", "h3", "h4")]).values()) - around
    for element in (*body, *cards):
        element.set(OUT, "1")
    copy = deepcopy(tree)
    for element in list(copy.iter()):
        if element.get(OUT) is not None and element.getparent() is not None:
            element.drop_tree()
    try:
        found = extract_metadata(copy, url or None, extensive=False).date
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError):
        return None  # a fault of the guesser: the page has no date
    read = read_date(str(found or ""), now)
    return read.moment.date() if read.moment else None
