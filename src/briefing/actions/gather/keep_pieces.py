"""Pieces for the inbox: what was read and what was printed, written down so that it can be shown and searched."""

from collections.abc import Iterable

from briefing.actions.context import Desk
from briefing.actions.gather.fates import TAKEN, Fate, fates_in
from briefing.actions.gather.gather import SplitPage
from briefing.actions.resolve_name import the_draft
from briefing.model.article import Article
from briefing.model.edition import Edition, Item
from briefing.model.mailing import MailingStatus
from briefing.model.source_record import EntryState, FoundPiece

#: Characters of the two lines, and of the text that a piece is found by.
_LINES, _TEXT = 230, 1_500


def keep_split(desk: Desk, pages: Iterable[SplitPage]) -> None:
    """Write down the pieces of pages, as a draft has read them."""
    found = [_read(article) for page in pages for article in page.articles]
    desk.store.pieces.note_read(found, desk.clock().timestamp())


def keep_printed(desk: Desk, edition: Edition) -> None:
    """Write down what an edition says, once it leaves."""
    pieces = [_printed(item, edition) for item in (*edition.items, *edition.sponsored)]
    desk.store.pieces.note_printed(edition.id, pieces)


def keep_earlier(desk: Desk, briefing: str, most: int = 200) -> None:
    """Write down what a briefing's editions said that left before this was kept, the newest first."""
    known = desk.store.pieces.editions()
    listed = desk.store.mailings.listed(briefing, MailingStatus)
    for name in [one.edition for one in listed if one.edition not in known][:most]:
        keep_printed(desk, the_draft(desk, name))


def tell_entries(desk: Desk, before: Edition, after: Edition) -> None:
    """Write down what an editor's change made of the entries that it moved."""
    was, told = fates_in(before), dict[str, dict[str, Fate]]()
    for (source, page), fate in fates_in(after).items():
        old = was.get((source, page))
        if source and old is not None and old.state is not fate.state:
            is_dropped = fate.state is EntryState.ASIDE and old.state in TAKEN
            told.setdefault(source, {})[page] = (
                fate._replace(reason="an editor dropped it") if is_dropped else fate
            )
    for source, states in told.items():
        desk.store.entries.tell(source, states)


def _read(article: Article) -> FoundPiece:
    return FoundPiece(
        name=article.id,
        page=article.page,
        headline=article.headline,
        source=article.source,
        lines=_cut(article.standfirst or article.text, _LINES),
        section=article.section or "",
        language=article.language,
        verdict=article.verdict,
        at=article.saved.timestamp() if article.saved else 0.0,
        text=f"{article.standfirst or ''} {article.text[:_TEXT]}",
    )


def _printed(item: Item, edition: Edition) -> FoundPiece:
    article = item.article
    return FoundPiece(
        name=item.id,
        page=article.page,
        headline=item.headline,
        source=article.source,
        lines=_cut(item.paragraph, _LINES),
        section=article.section or "",
        language=article.language,
        verdict=article.verdict,
        at=edition.slot.timestamp(),
        edition=edition.id,
        text=f"{item.kicker} {item.paragraph} {item.matters} {item.note}",
    )


def _cut(text: str, most: int) -> str:
    """The beginning, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[: most - 1].rpartition(" ")[0] or line[: most - 1]
    return f"{head}…"
