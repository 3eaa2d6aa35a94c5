"""Fates: what a draft made of each page, one state a page, with the reason in words."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from briefing.actions.gather.gather import SplitPage
from briefing.editions.ranking import dropped_before
from briefing.model.edition import Edition, Item
from briefing.model.source_record import EntryState

#: States of what an edition took.
TAKEN = (EntryState.USED, EntryState.HELD)
_FIGURES = re.compile(r"\b\d[\d,]* (?=[a-z])")
#: How most refusals begin, and what the name of the state says already.
_FOUND_NONE = "no article was found on this page; "
#: A page of several pieces has the state that says most: first come first.
_ORDER = (
    EntryState.USED,
    EntryState.HELD,
    EntryState.EVENT,
    EntryState.REPEATED,
    EntryState.ASIDE,
    EntryState.PRINTED,
    EntryState.REFUSED,
    EntryState.NEW,
)


class Fate(NamedTuple):
    """What became of a page."""

    state: EntryState
    #: For counting and reading; the same for pages that fared alike.
    reason: str
    #: The edition that it is about; empty where it is about none.
    edition: str = ""
    #: The headline of the story that tells it; empty where none does.
    told_by: str = ""


def fates_of(
    pages: Iterable[SplitPage], old: Mapping[str, str], edition: Edition | None
) -> dict[str, Fate]:
    """What became of each page that could be read, by its name.

    Args:
        pages: what was drafted from.
        old: the articles that an earlier edition printed, by id, with its name.
        edition: what was made of the others; None when nothing was.
    """
    placed = _placed(edition) if edition else {}
    found = {}
    for page in pages:
        pieces = [_of(article.id, old, placed) for article in page.articles]
        refused = Fate(EntryState.REFUSED, _refusal(page))
        found[page.name] = min(pieces or [refused], key=lambda fate: _ORDER.index(fate.state))
    return found


def _refusal(page: SplitPage) -> str:
    """What the page is instead of an article: without its name and figures, and without what somebody could do."""
    said = (page.refusal or "no article on it").removeprefix(f"{page.name}: ")
    told = said.removeprefix(_FOUND_NONE).partition(". ")[0].partition("; save")[0]
    return _FIGURES.sub("", told).rstrip(".")


def fates_in(edition: Edition) -> dict[tuple[str, str], Fate]:
    """What an edition made of each page, by source and name; of several pieces what says most."""
    found: dict[tuple[str, str], list[Fate]] = {}
    placed = _placed(edition)
    for item in (*edition.items, *edition.sponsored, *edition.held, *edition.dropped):
        key = (item.article.source, item.article.page)
        found.setdefault(key, []).append(placed[item.id])
    return {
        key: min(fates, key=lambda fate: _ORDER.index(fate.state)) for key, fates in found.items()
    }


def _of(article: str, old: Mapping[str, str], placed: Mapping[str, Fate]) -> Fate:
    if article in placed:
        return placed[article]
    if article in old:
        return Fate(EntryState.PRINTED, "printed by an earlier edition", old[article])
    return Fate(EntryState.NEW, "no edition was made")


def _placed(edition: Edition) -> dict[str, Fate]:
    used, held = (*edition.items, *edition.sponsored), edition.held
    return {
        **{item.id: _aside(item, edition) for item in edition.dropped},
        **{item.id: Fate(EntryState.USED, "printed", edition.id) for item in used},
        **{item.id: Fate(EntryState.HELD, "waits for a person", edition.id) for item in held},
    }


def _aside(item: Item, edition: Edition) -> Fate:
    teller = next((one.headline for one in edition.items if _tells(one, item)), "")
    if item.article.duplicate_of:
        return Fate(EntryState.REPEATED, "the same as another piece", edition.id, teller)
    if item.aside:
        return Fate(EntryState.EVENT, "told by another story", edition.id, teller)
    why = "an editor dropped it before" if dropped_before(item.article) else "more than max_items"
    return Fate(EntryState.ASIDE, why, edition.id)


def _tells(story: Item, item: Item) -> bool:
    return any(told.id == item.id for told in story.also_in)
