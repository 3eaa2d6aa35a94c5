"""Drafting: from a briefing's sources to an edition in the drafts folder."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from briefing.actions.context import Desk
from briefing.actions.editions.digest_again import Digested, digest_again
from briefing.actions.editions.events.rulings import standing
from briefing.actions.editions.follow_ups import carried_on, told_lately
from briefing.actions.editions.past_pieces import PastPieces
from briefing.actions.editions.retellings_again import retellings_again
from briefing.actions.editions.sponsor_rulings import ruled, rulings_of
from briefing.actions.editions.standing_blocks import read_block_feeds, standing_blocks
from briefing.actions.gather.gather import Gathered, SplitPage, gather
from briefing.actions.gather.keep_pieces import keep_earlier, tell_entries
from briefing.actions.gather.refresh_sources import note_readings
from briefing.actions.gather.source_status import place
from briefing.actions.manifests.inputs import draft_inputs
from briefing.actions.manifests.keep_manifest import keep_draft, record_pages
from briefing.actions.manifests.manifest import DraftManifest, EarlierEditions, PrintedBefore
from briefing.actions.progress import Progress, Quiet
from briefing.counted import counted
from briefing.editions import Background, EditionSettings, assemble, edited, edition_id, habits_of
from briefing.errors import EditionError
from briefing.model.article import Article
from briefing.model.digest import Digest
from briefing.model.edition import Edition, Retelling, Treated, Treatment
from briefing.model.page import Page
from briefing.model.ruling import EventRuling
from briefing.store import MEMORY, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """An edition and the pages it was made from."""

    edition: Edition
    pages: tuple[SplitPage, ...]
    #: Headlines left out because an earlier edition printed them, and the name of that edition.
    printed_before: tuple[tuple[str, str], ...] = ()
    #: Articles left out because their text took more time or memory than it may: why, by their ids.
    undigested: Mapping[str, str] = field(default_factory=dict)
    #: A sentence for each editor's change that no longer fits what the sources say, and for each
    #: standing block that cannot be read.
    lost: tuple[str, ...] = ()

    @property
    def unread(self) -> dict[str, str]:
        """Each source, page or article that could not even be read, with all that is said of it."""
        found: dict[str, list[str]] = {}
        for page in self.pages:
            if page.refusal and not page.readable:
                found.setdefault(page.name, []).append(page.refusal)
        return {name: " ".join(said) for name, said in found.items()} | dict(self.undigested)


def draft(
    desk: Desk,
    name: str,
    progress: Progress | None = None,
    *,
    slot: datetime | None = None,
    repeat: bool = False,
    actor: str = "briefing",
) -> Drafted:
    """Read a briefing's sources, digest every piece and keep the edition they make.

    What editors changed in an earlier draft of the same edition stays changed.

    Args:
        desk: the desk.
        name: the briefing's key in config.toml.
        slot: the local time the edition is for; its day names it. `now` in the briefing's own zone
            when left out.
        progress: shown while pages are read and digested.
        repeat: also print what an earlier edition has printed.
        actor: who asked for it.

    Raises:
        EditionError: when there are too few stories for an edition.
    """
    now = desk.clock()
    briefing = desk.config.briefing(name)
    show = progress or Quiet()
    rulings, events = rulings_of(desk), standing(desk)
    gathered = gather(ruled(desk, rulings), briefing, show, events)
    pages = gathered.pages
    articles = [article for page in pages for article in page.articles]
    if not articles:
        note_readings(desk, gathered)
        raise EditionError(_nothing_found(desk, name, pages))
    slot = (slot or briefing.slot_by_hand(now)).replace(second=0, microsecond=0)
    own = edition_id(name, slot, by_hour=briefing.is_by_hour)
    past = desk.store.memory.of(name, now.timestamp() - MEMORY, but=own)
    printed = PrintedBefore() if repeat else _printed(articles, past)
    fresh, old = printed.fresh(articles), printed.old(articles)
    if not fresh:
        note_readings(desk, gathered, old=printed.names(articles))
        raise EditionError(_all_old(name, old))
    earlier = EarlierEditions(told=told_lately(desk, name, own, now), habits=habits_of(past))
    digested = _digested(desk, name, show.track(fresh, "Digesting", len(fresh)))
    edition = _laid_out(desk, name, slot, digested, events, earlier)
    note_readings(desk, gathered, old=printed.names(articles), edition=edition)
    manifest = DraftManifest(
        at=now,
        slot=slot,
        pages=record_pages(desk, _pages(gathered)),
        printed_before=printed,
        earlier=earlier,
        rulings=rulings,
        events=events,
        inputs=draft_inputs(desk, name),
    )
    kept, lost = _kept(desk, edition, manifest, actor)
    return Drafted(
        edition=kept, pages=pages, printed_before=old, lost=lost, undigested=digested.refused
    )


def _digested(desk: Desk, name: str, articles: Iterable[Article]) -> Digested:
    return digest_again(articles, desk.config.digest, _last(desk, "digests", name))


def _laid_out(
    desk: Desk,
    name: str,
    slot: datetime,
    digested: Digested,
    events: tuple[EventRuling, ...],
    earlier: EarlierEditions,
) -> Edition:
    others = _compared(desk, name, digested, events)
    return lay_out(desk, name, slot, digested.stories, others, earlier)


def _compared(
    desk: Desk, name: str, digested: Digested, events: tuple[EventRuling, ...]
) -> Mapping[str, tuple[Retelling, ...]]:
    articles = [article for article, _ in digested.stories]
    return retellings_again(articles, _last(desk, "retellings", name), events)


def _last(desk: Desk, what: str, name: str) -> Path:
    """Where what the last draft of a briefing made is kept."""
    return desk.config.path(desk.config.data.path) / what / f"{name}.json"


def lay_out(
    desk: Desk,
    name: str,
    slot: datetime,
    stories: list[tuple[Article, Digest]],
    others: Mapping[str, tuple[Retelling, ...]],
    earlier: EarlierEditions,
) -> Edition:
    """Put articles and their digests in order, as config.toml has it.

    Args:
        desk: the desk.
        name: the briefing's key in config.toml.
        slot: the local time the edition is for.
        stories: in page order.
        others: those that each of them stands for.
        earlier: what it takes from the editions before it.

    Raises:
        EditionError: when there are too few stories for an edition.
    """
    briefing = desk.config.briefing(name)
    settings = EditionSettings(
        briefing=name,
        title=briefing.title,
        by_hour=briefing.is_by_hour,
        min_items=briefing.min_items,
        max_items=briefing.max_items,
    )
    carried = carried_on(desk, name, stories, others, earlier.told)
    return assemble(
        stories, settings, slot, Background(habits=earlier.habits, carried=carried, also_in=others)
    )


def as_json_text(drafted: Drafted) -> str:
    """The edition and the pages behind it as one JSON object, for programs."""
    return TypeAdapter(Drafted).dump_json(drafted, indent=2).decode()


def _pages(gathered: Gathered) -> Iterator[Page]:
    for source in gathered.sources:
        yield from (page for page in source.pages if isinstance(page, Page))


def _kept(
    desk: Desk, edition: Edition, manifest: DraftManifest, actor: str
) -> tuple[Edition, tuple[str, ...]]:
    """Keep the edition with what earlier ones have to correct; as editors' changes make it."""
    waiting = desk.store.corrections.waiting(edition.briefing, edition.id)
    read_block_feeds(desk, edition.briefing)
    blocks, faults = standing_blocks(desk, edition.briefing, edition.slot)
    corrections = tuple(each.text for each in waiting)
    base = replace(edition, corrections=corrections, blocks=blocks)
    keep_draft(desk, base, manifest)
    at = manifest.at.timestamp()
    desk.store.drafts.begin(base, said="drafted from its sources", actor=actor, at=at)
    version = desk.store.drafts.version(edition.id)
    done = edited(version.base, version.changes)
    tell_entries(desk, base, done.edition)
    keep_earlier(desk, edition.briefing)
    return done.edition, (*done.lost, *faults)


def _printed(articles: list[Article], past: tuple[Treated, ...]) -> PrintedBefore:
    """What became of the articles in earlier editions, and which have changed since."""
    places: dict[str, dict[int, str]] = {name: {} for name in _FATES}
    known = PastPieces(past)
    for number, article in enumerate(articles):
        before = known.before(article)
        if before is not None:
            changed = before.words != words_of(article)
            was_dropped = before.treatment is Treatment.DROPPED
            places[_FATES[2 * was_dropped + changed]][number] = before.edition
            if before.treatment is Treatment.LED and changed:
                places["led"][number] = before.edition
    return PrintedBefore(**places)


#: Fields of `PrintedBefore`: printed or dropped, each as it was and changed since; and led.
_FATES = ("left_out", "updated", "dropped", "changed", "led")


def _all_old(name: str, old: tuple[tuple[str, str], ...]) -> str:
    editions = ", ".join(sorted({edition for _, edition in old}))
    return (
        f"{name} has nothing new to print: all {counted(len(old), 'article')} of its sources went out before "
        f"({editions}). Add new pages, or print them again with --repeat."
    )


def _nothing_found(desk: Desk, name: str, pages: tuple[SplitPage, ...]) -> str:
    sources = desk.config.briefing(name).sources
    places = ", ".join(place(desk, source) for source in sources)
    reasons = "".join(f"\n  {page.name}: {page.refusal}" for page in pages)
    if not pages:
        step = "Save one there, or follow a feed: `briefing sources add ADDRESS`."
        return f"{name} has nothing to print; in {places} there are no pages. {step}"
    found = f"{counted(len(pages), 'page holds', 'pages hold')} no article:{reasons}"
    return f"{name} has nothing to print; in {places} {found}"
