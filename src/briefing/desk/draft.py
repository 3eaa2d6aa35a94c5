"""Drafting: from a briefing's sources to an edition in the drafts folder."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from briefing.config import Config
from briefing.desk.gather import SplitPage, gather
from briefing.desk.progress import Progress, Quiet
from briefing.digests import make_digest
from briefing.editions import EditionSettings, assemble
from briefing.errors import EditionError
from briefing.model.edition import Edition
from briefing.store import Drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """An edition and the pages it was made from."""

    edition: Edition
    pages: tuple[SplitPage, ...]


def draft(config: Config, name: str, now: datetime, progress: Progress | None = None) -> Drafted:
    """Read a briefing's sources, digest every piece and keep the edition they make.

    Args:
        config: the house.
        name: the briefing's key in config.toml.
        now: an aware time; its day in the briefing's own zone names the edition.
        progress: shown while pages are read and digested.

    Raises:
        PageRefused: when a source cannot be read at all.
        EditionError: when there are too few stories for an edition.
    """
    briefing = config.briefing(name)
    show = progress or Quiet()
    pages = gather(config, briefing, show)
    articles = [article for page in pages for article in page.articles]
    if not articles:
        raise EditionError(_nothing_found(config, name, pages))
    stories = [
        (article, make_digest(article, config.digest))
        for article in show.track(articles, "Digesting", len(articles))
    ]
    settings = EditionSettings(
        briefing=name,
        title=briefing.title,
        min_items=briefing.min_items,
        max_items=briefing.max_items,
    )
    slot = now.astimezone(ZoneInfo(briefing.time_zone)).replace(second=0, microsecond=0)
    edition = assemble(stories, settings, slot)
    Drafts(config.drafts).save_edition(edition)
    return Drafted(edition=edition, pages=pages)


def as_json_text(drafted: Drafted) -> str:
    """The edition and the pages behind it as one JSON object, for programs."""
    return TypeAdapter(Drafted).dump_json(drafted, indent=2).decode()


def _nothing_found(config: Config, name: str, pages: tuple[SplitPage, ...]) -> str:
    sources = config.briefing(name).sources
    folders = ", ".join(str(config.path(config.sources[source].path)) for source in sources)
    reasons = "".join(f"\n  {page.name}: {page.refusal}" for page in pages)
    found = f"none of the {len(pages)} pages holds an article:{reasons}" if pages else "no pages"
    return f"{name} has nothing to print; in {folders} there are {found}"
