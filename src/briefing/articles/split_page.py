"""Page → articles: the one entry to this room."""

from datetime import datetime

from briefing.articles.html.document import read_document
from briefing.articles.html.markup.is_html import is_markup
from briefing.articles.html_pieces import html_pieces
from briefing.articles.make_articles import articles_of
from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.articles.text.decoding import decode
from briefing.articles.text_pieces import text_pieces
from briefing.clock import utc_now
from briefing.errors import naming
from briefing.model.article import Article
from briefing.model.page import Page


def split_page(
    page: Page, *, rules: tuple[SponsorRule, ...] = (), now: datetime | None = None
) -> tuple[Article, ...]:
    """Take a page apart into its pieces, each with its verdict and a record of all that was dropped.

    Repeats are not marked: `mark_duplicates` does that over all pages at once.

    Args:
        page: the page as saved or fetched.
        rules: people's decisions about who paid; see `SponsorRule`.
        now: aware; a page that is dated ahead of it has no date. The present when left out.

    Raises:
        PageRefused: when the page is empty, binary, too much, or a listing; the sentence says which.
    """
    with naming(page.name):
        decoded = decode(page.body)
        at = now or utc_now()
        is_html = is_markup(decoded.text, page.media_type)
        document = read_document(page, decoded.text, at) if is_html else None
        if document and not document.is_export:
            found = html_pieces(document, at)
        else:
            found = text_pieces(document.blocks.as_text() if document else decoded.text)
        return articles_of(page, found, decoded.flags, rules)
