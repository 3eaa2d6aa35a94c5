"""Reading ahead: pages that came between drafts are split when they come, for the inbox and for the next draft."""

from collections.abc import Sequence

from briefing.actions.context import Desk
from briefing.actions.editions.sponsor_rulings import ruled, rulings_of
from briefing.actions.gather.gather import split_kept
from briefing.actions.gather.keep_pieces import keep_split
from briefing.actions.gather.read_sources import ReadSource
from briefing.model.page import Page

#: Pages of one reading; the rest waits for a draft.
_MOST = 200


def read_ahead(desk: Desk, read: Sequence[ReadSource]) -> None:
    """Split what a reading gave and write down its pieces.

    Args:
        desk: the desk.
        read: what the sources gave.
    """
    pages = [page for source in read for page in source.pages if isinstance(page, Page)]
    if pages:
        house = ruled(desk, rulings_of(desk))
        keep_split(desk, split_kept(house, pages[:_MOST], desk.clock()))
