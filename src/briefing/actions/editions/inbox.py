"""The inbox: every entry read since a briefing's last edition, what became of it, and all that can be searched."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.actions.context import Desk
from briefing.actions.editions.add_story import add_again, add_pages
from briefing.actions.editions.edit import Sheet, sheet
from briefing.errors import EditionError
from briefing.model.edition import Edition, Item
from briefing.model.mailing import MailingStatus
from briefing.model.source_record import EntryState, FoundPiece, InboxEntry, InboxQuery

#: Entries on one page.
PAGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """One entry as an editor reads it."""

    source: str
    #: Its headline, or what else it is known by.
    title: str
    #: How it begins, in some two lines; empty before anybody has split its page.
    lines: str
    verdict: str
    section: str
    language: str
    #: Seconds since 1970: when it came out, else when it was seen; and whether it says so itself.
    moment: float
    is_dated: bool
    state: EntryState
    #: Why, in words.
    reason: str
    #: The edition that its state is about.
    edition: str
    url: str
    #: The name of its page, under which it can be added.
    page: str
    is_kept: bool
    #: Headlines of the other pieces on its page.
    others: tuple[str, ...] = ()
    #: Its piece in the open edition, and whether it was left out there.
    item: str = ""
    is_left_out: bool = False
    #: Other sources that carry it, by name where they are known.
    also_in: int = 0
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntry:
    """A piece that a search found, and what can be done with it in the open edition."""

    piece: FoundPiece
    #: Its piece there, and whether it was left out there; empty when it is not in it.
    item: str = ""
    is_left_out: bool = False
    #: True when it can be added: its page is kept, or an edition printed it.
    is_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """A page of an inbox."""

    rows: tuple[ReadEntry, ...]
    #: How many entries are in each state; the sum is how many there are.
    counts: Mapping[EntryState, int]
    #: How many of them are shown over all pages.
    total: int
    sections: tuple[str, ...]
    languages: tuple[str, ...]
    #: The edition that can still be changed, and its version; empty without one.
    edition: str
    version: int
    #: When the last edition left, in seconds since 1970; 0 without one.
    since: float


def open_edition(desk: Desk, briefing: str) -> Sheet | None:
    """The newest edition of a briefing while its words may change; None without one."""
    names = desk.store.drafts.latest(briefing, 1)
    if not names or desk.store.mailings.find(names[0]) is not None:
        return None
    return sheet(desk, names[0])


def last_left(desk: Desk, briefing: str) -> float:
    """When a briefing's last edition left, in seconds since 1970; 0 when none has."""
    listed = desk.store.mailings.listed(briefing, MailingStatus)
    return max((one.frozen_at for one in listed), default=0.0)


def inbox(desk: Desk, briefing: str, asked: InboxQuery, page: int = 0) -> Inbox:
    """What was read, newest first.

    Args:
        desk: the desk.
        briefing: its key in config.toml.
        asked: which entries; its sources are the briefing's, or some of them.
        page: counted from 0.
    """
    stands = open_edition(desk, briefing)
    standing = _standing(stands.edition) if stands else {}
    counts = desk.store.pieces.counts(asked)
    shown = desk.store.pieces.inbox(asked, PAGE, page * PAGE)
    sections, languages = desk.store.pieces.kinds(asked)
    wanted = asked.states or tuple(counts)
    return Inbox(
        rows=tuple(_row(one, standing) for one in shown),
        counts=counts,
        total=sum(counts.get(state, 0) for state in wanted),
        sections=sections,
        languages=languages,
        edition=stands.edition.id if stands else "",
        version=stands.version if stands else 0,
        since=last_left(desk, briefing),
    )


def search(desk: Desk, briefing: str, written: str) -> tuple[FoundEntry, ...]:
    """Pieces that were read lately or printed ever in which these words stand, newest first.

    Args:
        desk: the desk.
        briefing: whose open edition they may be put into.
        written: what somebody typed.
    """
    hits = desk.store.pieces.search(written, tuple(desk.config.sources))
    # A piece that was printed under its own headline stands there once, not as it was read too.
    printed = {(one.name, one.headline) for one in hits if one.edition}
    found = [one for one in hits if one.edition or (one.name, one.headline) not in printed]
    stands = open_edition(desk, briefing)
    standing = _by_id(stands.edition) if stands else {}
    kept = desk.store.entries.kept({one.page for one in found if not one.edition})
    return tuple(
        FoundEntry(
            piece=one,
            item=one.name if one.name in standing else "",
            is_left_out=standing.get(one.name, False),
            is_kept=bool(one.edition) or (one.source, one.page) in kept,
        )
        for one in found
    )


def add_printed(
    desk: Desk, edition_id: str, printed_in: str, item: str, *, seen: int, actor: str
) -> Sheet:
    """Put a story that another edition printed into an edition, in its source's own words.

    Raises:
        StoreError: when there is no such edition.
        EditionError: when the other one has no such story, the edition has it already, or its letters
            have begun to leave.
    """
    before = sheet(desk, printed_in).edition
    printed = (*before.items, *before.sponsored)
    found = next((one for one in printed if one.id == item), None)
    if found is None:
        raise EditionError(f"{printed_in} did not print {item!r}. Search for it once more.")
    return add_again(desk, edition_id, found, seen=seen, actor=actor)


def add_entry(
    desk: Desk, edition_id: str, source: str, page: str, *, seen: int, actor: str
) -> Sheet:
    """Put what stands on an entry's kept page into an edition.

    Raises:
        EditionError: when the page is not kept any more, or as `add_pages`.
    """
    found = desk.store.entries.pages(source, [page])
    if page not in found:
        raise EditionError(
            f"The page {page!r} of {source} is not kept any more. Paste its address instead."
        )
    return add_pages(desk, edition_id, [found[page]], seen=seen, actor=actor)


def _standing(edition: Edition) -> dict[str, tuple[Item, bool]]:
    """The open edition's pieces by the name of their page: the first, printed before left out."""
    found: dict[str, tuple[Item, bool]] = {}
    for item in (*edition.items, *edition.sponsored, *edition.held):
        found.setdefault(item.article.page, (item, False))
    for item in edition.dropped:
        found.setdefault(item.article.page, (item, True))
    return found


def _by_id(edition: Edition) -> dict[str, bool]:
    """The ids of an edition's pieces, and whether each was left out."""
    printed = (*edition.items, *edition.sponsored, *edition.held)
    return dict.fromkeys((one.id for one in edition.dropped), True) | dict.fromkeys(
        (one.id for one in printed), False
    )


def _row(one: InboxEntry, standing: Mapping[str, tuple[Item, bool]]) -> ReadEntry:
    entry = one.entry
    first = one.pieces[0] if one.pieces else FoundPiece(name="", page="", headline="")
    item, is_left_out = standing.get(entry.name, (None, False))
    return ReadEntry(
        source=one.source,
        title=first.headline or entry.headline or entry.name or entry.url or entry.guid,
        lines=first.lines,
        verdict=item.article.verdict if item else first.verdict,
        section=first.section,
        language=first.language,
        moment=entry.moment or entry.first,
        is_dated=bool(entry.moment),
        state=entry.state,
        reason=entry.reason,
        edition=entry.edition,
        url=entry.url,
        page=entry.name,
        is_kept=entry.kept,
        others=tuple(piece.headline for piece in one.pieces[1:]),
        item=item.id if item else "",
        is_left_out=is_left_out,
        also_in=len(item.also_in) if item else 0,
        papers=item.papers if item else (),
    )
