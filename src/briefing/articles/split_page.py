"""Page → articles: the one entry to this room."""

from dataclasses import replace
from datetime import datetime

from briefing.articles.apply_declared import declared_by, with_declared
from briefing.articles.html.body import is_prose
from briefing.articles.html.cards import count_cards
from briefing.articles.html.guess import guessed_day
from briefing.articles.html.is_html import is_markup
from briefing.articles.html.json_ld import says_article
from briefing.articles.html.reader import HtmlPage, read_page
from briefing.articles.html_pieces import pieces_of
from briefing.articles.lines.line import Line, lines_of
from briefing.articles.lines.listing_pages import links_alone, refuse_listing
from briefing.articles.lines.reclassify import settle
from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.articles.paid.verdict import judge
from briefing.articles.pieces.authors import (
    take_column_note,
    take_dateline,
    take_foot_name,
    take_signing_payer,
    take_unmarked_biography,
    unnamed_authors,
)
from briefing.articles.pieces.head import (
    body_from_standfirst,
    drop_pull_quotes,
    paragraphs,
    read_head,
)
from briefing.articles.pieces.piece import Piece, sort_lines
from briefing.articles.pieces.segment import pieces, shared_payers
from briefing.articles.text.decoding import Decoded, decode
from briefing.articles.text.fingerprint import fingerprint
from briefing.articles.text.hard_breaks import unbroken
from briefing.articles.text.markdown import is_markdown, without_marks
from briefing.articles.text.text_browsers import without_references
from briefing.articles.text.word_count import count_words
from briefing.clock import utc_now
from briefing.errors import PageRefused
from briefing.fetching.canonical_url import canonical
from briefing.model.article import Article, Removed
from briefing.model.page import Page

#: A piece with fewer words of text is a stray heading.
_SHORTEST = 3
_LINKED, _HALF = 0.9, 0.5
#: A paragraph of so many words stands on no listing: a notice among a site's menus, an introduction to a list.
_TOLD = 50


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
    decoded = decode(page.body, page.name)
    if not is_markup(decoded.text, page.media_type):
        return _of_text(page, decoded, rules)
    now = now or utc_now()
    told = (page.declared.headline if page.declared else None) or ""
    read = read_page(decoded.text, page.name, page.url or "", now, told)
    if read and (listed := _listed(read)):
        raise PageRefused(
            f"{page.name}: this is a listing of {listed}, not an article; save the pages it leads to.",
            page=page.name,
        )
    found, leftovers = _with_text(pieces_of(read)) if read else ([], ())
    if read is None or not found:
        raise _without_article(page, read)
    known = (
        found[0].published or read.metadata.published or (page.declared and page.declared.published)
    )
    texts = [block.element for piece in read.pieces for block in piece.body if is_prose(block)]
    if not known and (day := guessed_day(read.tree, texts, page.url or "", now)):
        read.metadata.take("published", day, "a guess from the page")
        read.metadata.date_basis = "guessed"
    said, origins = declared_by(read.metadata)
    found[0].is_signed_unseen = bool(said.authors)
    _tell_sender(page, found)
    articles = _articles(page, found, decoded, rules)
    articles[0] = replace(articles[0], removed=(*articles[0].removed, *leftovers))
    return with_declared(articles, said, origins)


def _listed(read: HtmlPage) -> str:
    """Of what a page consists that does not say it is an article, and only leads to others; or nothing."""
    if says_article(read.metadata.types):
        return ""
    body = [block for piece in read.pieces for block in piece.body]
    if cards := count_cards(body):
        return f"{cards} articles"
    links = sum(block.linked > _LINKED for block in body)
    told = [block.words for block in body if is_prose(block) and block.linked < _HALF]
    if any(words >= _TOLD for words in told):
        return ""
    words = sum(told)
    return f"{links} links" if links_alone(links, words) else ""


def _without_article(page: Page, read: HtmlPage | None) -> PageRefused:
    links = sum(block.linked > _LINKED for block in read.rest) if read else 0
    what = f"{links} links and no paragraph" if links else "no paragraph"
    return PageRefused(
        f"{page.name}: no article was found on this page; it holds {what}. Save the page of one "
        "article.",
        page=page.name,
    )


def _of_text(page: Page, decoded: Decoded, rules: tuple[SponsorRule, ...]) -> tuple[Article, ...]:
    lines = lines_of(_as_written(decoded.text), page.name)
    refuse_listing(page.name, lines)
    found, leftovers = _with_text(_read(pieces(settle(lines))))
    if not found:
        many = f"{len(lines)} lines" if len(lines) != 1 else "one line"
        raise PageRefused(
            f"{page.name}: no article was found on this page; it holds {many} of "
            "headings, captions or links. Save the page of one article.",
            page=page.name,
        )
    _tell_sender(page, found)
    articles = _articles(page, found, decoded, rules)
    articles[0] = replace(articles[0], removed=(*leftovers, *articles[0].removed))
    return tuple(articles)


def _as_written(text: str) -> str:
    """The text without what a program made of it: numbers of links, breaks at a width, and marks for its look."""
    whole = unbroken(without_references(text))
    return without_marks(whole) if is_markdown(whole) else whole


def _tell_sender(page: Page, found: list[Piece]) -> None:
    if page.declared:
        found[0].sender = page.declared.sender


def _articles(
    page: Page, found: list[Piece], decoded: Decoded, rules: tuple[SponsorRule, ...]
) -> list[Article]:
    return [_article(page, index, piece, decoded, rules) for index, piece in enumerate(found)]


def _read(cut: list[list[Line]]) -> list[Piece]:
    """Each piece parsed; a payer named between two of them is held against both, and proves neither."""
    read = [_parse(lines) for lines in cut]
    for lines, piece, below in zip(cut, read, read[1:], strict=False):
        shared = shared_payers(lines)
        doubtful = [payer for payer in piece.payers if payer.text in shared]
        piece.payers = [payer for payer in piece.payers if payer.text not in shared]
        piece.doubtful += doubtful
        below.doubtful += doubtful
    return read


def _parse(lines: list[Line]) -> Piece:
    """Read the lines of one piece; every line ends in exactly one field or in `removed`."""
    piece = Piece()
    piece.paragraphs = paragraphs(read_head(piece, sort_lines(piece, lines)))
    drop_pull_quotes(piece)
    body_from_standfirst(piece)
    piece.authors = unnamed_authors(piece.authors)
    take_signing_payer(piece)
    take_unmarked_biography(piece)
    take_column_note(piece)
    take_foot_name(piece)
    take_dateline(piece)
    return piece


def _with_text(read: list[Piece]) -> tuple[list[Piece], tuple[Removed, ...]]:
    """The pieces that have a body; what stood in the others stays on record with the first."""
    found = [piece for piece in read if _is_article(piece)]
    leftovers: list[Removed] = []
    for piece in read:
        if not _is_article(piece):
            leftovers += [
                Removed(text=text, reason="no article around it") for text in _texts(piece)
            ]
            leftovers += piece.removed
    return found, tuple(leftovers)


def _texts(piece: Piece) -> list[str]:
    texts = (
        *piece.labels,
        piece.headline,
        piece.standfirst or "",
        *piece.captions,
        *(paragraph.text for paragraph in piece.paragraphs),
    )
    return [text for text in texts if text]


def _is_article(piece: Piece) -> bool:
    words = sum(count_words(paragraph.text) for paragraph in piece.paragraphs)
    return bool(piece.headline) and words >= _SHORTEST


def _article(
    page: Page, index: int, piece: Piece, decoded: Decoded, rules: tuple[SponsorRule, ...]
) -> Article:
    mark = fingerprint("\n\n".join(paragraph.text for paragraph in piece.paragraphs))
    address = canonical(page.url or piece.address or "").partition("#")[0] or None
    return Article(
        id=f"{page.name}#{index}",
        headline=piece.headline,
        paragraphs=tuple(piece.paragraphs),
        fingerprint=mark,
        standfirst=piece.standfirst,
        standfirst_truncated=piece.standfirst_truncated,
        byline=tuple(piece.authors),
        captions=tuple(piece.captions),
        pictures=piece.pictures,
        section=piece.section,
        updates=piece.updates,
        labels=tuple(piece.labels),
        credit=piece.credit.text if piece.credit else None,
        published=piece.published,
        updated=piece.updated,
        date_basis="declared" if piece.published else "none",
        url=page.url,
        canonical_url=address,
        source=page.source,
        sponsorship=judge(piece, rules, address, mark),
        removed=(*piece.removed, *piece.elsewhere),
        origins=tuple(piece.origins),
        flags=(*decoded.flags, *dict.fromkeys(piece.flags)),
    )
