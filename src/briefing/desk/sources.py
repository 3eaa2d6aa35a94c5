"""Sources: how each stands, reading them now, and what the last reading gave and left out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from briefing.articles.silence import Silence, silence
from briefing.clock import utc_now
from briefing.config import Config, FeedSource, PagesSource
from briefing.desk.gather import Gathered
from briefing.desk.opening import the_store
from briefing.desk.reading import Reader, ReadSource
from briefing.errors import ConfigError
from briefing.model.article import Article
from briefing.model.edition import Edition
from briefing.model.source_record import Copy, Reading
from briefing.store import Store

_NO_ARTICLE = "no article on it"
_REPEAT = "the same as another piece"
_PRINTED = "printed by an earlier edition"
_SURPLUS = "more than max_items"


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


def place(config: Config, name: str) -> str:
    """Where a source is: its folder or address."""
    source = config.sources[name]
    if isinstance(source, PagesSource):
        return str(config.path(source.path))
    if isinstance(source, FeedSource):
        return source.url
    more = len(source.urls) - 1
    return source.urls[0] + (f" and {more} more" if more else "")


def states(config: Config, now: datetime | None = None) -> tuple[SourceState, ...]:
    """How every source of config.toml stands, without asking any of them."""
    moment = now or utc_now()
    with the_store(config, moment) as store:
        return tuple(state(config, store, name, moment) for name in config.sources)


def source_faults(config: Config, store: Store, briefing: str) -> tuple[str, ...]:
    """What went wrong when the sources of a briefing were read last."""
    names = config.briefing(briefing).sources if briefing in config.briefings else ()
    readings = (store.sources.reading(name) for name in names)
    return tuple(reading.fault for reading in readings if reading and reading.fault)


def read_now(config: Config, names: Sequence[str] = ()) -> tuple[ReadSource, ...]:
    """Read sources whether they are due or not; all when none is named.

    Raises:
        ConfigError: when there is no such source.
    """
    unknown = [name for name in names if name not in config.sources]
    if unknown:
        known = ", ".join(sorted(config.sources))
        raise ConfigError((f"There is no source {unknown[0]!r}; config.toml has: {known}.",))
    now = utc_now()
    with the_store(config, now) as store:
        read = Reader(config, store, now, at_once=True).read(tuple(names or config.sources))
        for source in read:
            store.sources.note_reading(_reading(source, now))
    return read


def note_readings(
    config: Config,
    gathered: Gathered,
    *,
    fresh: Sequence[Article] = (),
    edition: Edition | None = None,
    now: datetime,
) -> None:
    """Write down what a draft made of each of its sources.

    Args:
        config: the house.
        gathered: what they gave.
        fresh: those of its articles that no earlier edition has printed.
        edition: what was made of these; None when nothing was.
        now: aware.
    """
    kept = (*edition.items, *edition.sponsored, *edition.held) if edition else ()
    used = Counter(item.article.source for item in kept)
    surplus = Counter(item.article.source for item in (edition.dropped if edition else ()))
    known = {article.id for article in fresh}
    with the_store(config, now) as store:
        for source in gathered.sources:
            rules = Counter(dict(source.dropped))
            for page in gathered.pages:
                if page.source == source.name:
                    rules[_NO_ARTICLE] += page.refusal is not None
                    for article in page.articles:
                        repeats = article.duplicate_of is not None
                        rules[_REPEAT if repeats else _PRINTED] += (
                            repeats or article.id not in known
                        )
            rules[_SURPLUS] += surplus[source.name]
            reading = replace(_reading(source, now), used=used[source.name])
            counted = tuple((rule, count) for rule, count in rules.items() if count)
            store.sources.note_reading(replace(reading, dropped=counted))


def _reading(source: ReadSource, now: datetime) -> Reading:
    return Reading(
        source=source.name,
        at=now.timestamp(),
        found=source.found,
        dropped=source.dropped,
        fault=" ".join(source.faults),
    )


def state(config: Config, store: Store, name: str, now: datetime) -> SourceState:
    """How one source stands."""
    source, reading = config.sources[name], store.sources.reading(name)
    own = _own(source, store.sources.copies(name))
    faults = [f"{copy.address} {copy.fault}" for copy in own if copy.fault]
    if isinstance(source, PagesSource):
        faults = [reading.fault] if reading and reading.fault else []
        last_good = reading.at if reading and not reading.fault else 0.0
    else:
        last_good = max((copy.good_at for copy in own), default=0.0)
    quiet = None
    if isinstance(source, FeedSource) and not faults:
        quiet = silence(store.sources.seen(name), now.timestamp())
    word = _word(len(faults), len(own), last_good)
    return SourceState(
        name=name,
        kind=source.kind,
        place=place(config, name),
        state="silent" if quiet else word,
        last_good=last_good,
        next_try=min((copy.next_try for copy in own), default=0.0),
        failures=max((copy.failures for copy in own), default=0),
        reading=reading,
        remarks=(
            *faults,
            *([silent(quiet)] if quiet else ()),
            *(f"{copy.address} {copy.note}" for copy in own if copy.note),
        ),
        briefings=tuple(key for key, one in config.briefings.items() if name in one.sources),
        silence=quiet,
    )


def silent(found: Silence) -> str:
    """What is told of a feed that is silent."""
    since = datetime.fromtimestamp(found.since, UTC)
    days = max(1, round(found.longest / 86_400))
    return (
        f"has brought nothing new since {since:%-d %B %Y}; before that, never for more than "
        f"{'a day' if days == 1 else f'{days} days'}"
    )


def _word(faults: int, addresses: int, last_good: float) -> str:
    if faults:
        return "partly" if faults < addresses else "failing"
    return "ok" if last_good else "new"


def _own(source: object, copies: tuple[Copy, ...]) -> list[Copy]:
    """The copies of addresses that config.toml names; pages of entries are not among them."""
    if isinstance(source, PagesSource):
        return []
    named = (source.url,) if isinstance(source, FeedSource) else getattr(source, "urls", ())
    return [copy for copy in copies if copy.address in named]
