"""A guess at the day a page came out, where nothing declares it; it is shown as a guess."""

from copy import deepcopy
from datetime import date, datetime

from briefing.articles.html.markup.tree import OUT
from briefing.articles.html.page import HtmlPage
from briefing.articles.text.feed_dates import read_date


def guessed_day(page: HtmlPage, now: datetime) -> date | None:
    """The day that htmldate, which comes with trafilatura, reads out of a page's text and addresses.

    A date in running text is that of what it tells, and one in a card is that of the card's page.

    Args:
        page: that is read.
        now: aware; a date ahead of it does not count.
    """
    # Half a second, and most pages declare their date.
    from trafilatura import extract_metadata  # noqa: PLC0415, TID251

    tree = page.document.tree
    texts = [block.element for block in page.body if block.is_prose]
    around = {above for element in texts for above in element.iterancestors()}
    headed = tree.iter("time", "h2", "h3", "h4")
    cards = {page.cards[element] for element in headed if element in page.cards} - around
    for element in (*texts, *cards):
        element.set(OUT, "1")
    copy = deepcopy(tree)
    for element in list(copy.iter()):
        if element.get(OUT) is not None and element.getparent() is not None:
            element.drop_tree()
    try:
        found = extract_metadata(copy, page.document.url or None, extensive=False).date
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError):
        return None  # a fault of the guesser: the page has no date
    read = read_date(str(found or ""), now)
    return read.moment.date() if read.moment else None
