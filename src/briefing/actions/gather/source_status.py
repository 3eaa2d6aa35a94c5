"""Sources: how each stands, and what the last reading gave and left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from briefing.actions.context import Desk
from briefing.articles.feeds.staleness import Flood, Silence, flood_of, silence
from briefing.config import FeedSource, PagesSource, UrlsSource
from briefing.counted import counted
from briefing.model.source_record import Copy, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How a source stands."""

    name: str
    kind: str
    #: Its folder or address; of several, the first and how many more.
    place: str
    #: ok; partly, when only some of its addresses could be read; failing; silent; new.
    state: str
    #: Seconds since 1970; 0 is never.
    last_good: float
    next_try: float
    failures: int
    reading: Reading | None
    #: What went wrong, and what its editor should know.
    remarks: tuple[str, ...]
    #: The briefings that print it.
    briefings: tuple[str, ...]
    #: None unless it is a feed that has brought nothing new for longer than it ever took.
    silence: Silence | None


def place(desk: Desk, name: str) -> str:
    """Where a source is: its folder or address."""
    source = desk.config.sources[name]
    if isinstance(source, PagesSource):
        return str(desk.config.path(source.path))
    if isinstance(source, FeedSource):
        return source.url
    more = len(source.urls) - 1
    return source.urls[0] + (f" and {more} more" if more else "")


def states(desk: Desk) -> tuple[SourceState, ...]:
    """How every source of config.toml stands, without asking any of them."""
    return tuple(state(desk, name) for name in desk.config.sources)


def source_faults(desk: Desk, briefing: str) -> tuple[str, ...]:
    """What went wrong when the sources of a briefing were read last."""
    names = desk.config.briefing(briefing).sources if briefing in desk.config.briefings else ()
    readings = (desk.store.sources.reading(name) for name in names)
    return tuple(reading.fault for reading in readings if reading and reading.fault)


def state(desk: Desk, name: str) -> SourceState:
    """How one source stands."""
    now = desk.clock()
    source, reading = desk.config.sources[name], desk.store.sources.reading(name)
    own = own_copies(source, desk.store.sources.copies(name))
    faults = [f"{copy.address} {copy.fault}" for copy in own if copy.fault]
    if isinstance(source, PagesSource):
        faults = [reading.fault] if reading and reading.fault else []
        last_good = reading.at if reading and not reading.fault else 0.0
    else:
        last_good = max((copy.good_at for copy in own), default=0.0)
    quiet = None
    seen = desk.store.entries.seen(name)
    if not isinstance(source, UrlsSource) and not faults:
        quiet = silence(seen, now.timestamp())
    word = _word(len(faults), len(own), last_good)
    return SourceState(
        name=name,
        kind=source.kind,
        place=place(desk, name),
        state="silent" if quiet else word,
        last_good=last_good,
        next_try=min((copy.next_try for copy in own), default=0.0),
        failures=max((copy.failures for copy in own), default=0),
        reading=reading,
        remarks=(
            *faults,
            *([silent(quiet)] if quiet else ()),
            *([flooded(flood)] if (flood := flood_of(seen, now.timestamp())) else ()),
            *(f"{copy.address} {copy.note}" for copy in own if copy.note),
            *(
                f"{one.address}: its hub {one.hub} {one.fault}"
                for one in desk.store.hubs.failing(name)
            ),
        ),
        briefings=tuple(key for key, one in desk.config.briefings.items() if name in one.sources),
        silence=quiet,
    )


def flooded(found: Flood) -> str:
    """What is told of a source that has brought very much at once."""
    at = datetime.fromtimestamp(found.at, UTC)
    return (
        f"brought {counted(found.entries, 'new entry', 'new entries')} at once on {at:%-d %B %Y}; "
        "drafts take the newest (most), and `briefing entries` lists them all"
    )


def silent(found: Silence) -> str:
    """What is told of a feed that is silent."""
    since = datetime.fromtimestamp(found.since, UTC)
    days = max(1, round(found.longest / 86_400))
    return (
        f"has brought nothing new since {since:%-d %B %Y}; before that, never for more than "
        f"{counted(days, 'day')}"
    )


def _word(faults: int, addresses: int, last_good: float) -> str:
    if faults:
        return "partly" if faults < addresses else "failing"
    return "ok" if last_good else "new"


def own_copies(source: object, copies: Iterable[Copy]) -> list[Copy]:
    """The copies of addresses that config.toml names; pages of entries are not among them."""
    if isinstance(source, PagesSource):
        return []
    named = (source.url,) if isinstance(source, FeedSource) else getattr(source, "urls", ())
    return [copy for copy in copies if copy.address in named]
