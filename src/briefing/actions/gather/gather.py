"""Gathering: from sources, or saved pages, to the articles in them."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.gather.read_sources import ReadSource, SourceReader
from briefing.actions.progress import Progress, Quiet
from briefing.articles.apply_declared import with_declared
from briefing.articles.duplicates import mark_duplicates
from briefing.articles.extract_in_sandbox import with_extracts
from briefing.articles.files.folder import read_page
from briefing.articles.html.site_rules import Cleared, OwnFurniture, clear
from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.articles.split_page import split_page
from briefing.articles.to_json import as_record
from briefing.clock import utc_now
from briefing.config import Briefing, Config, Source
from briefing.errors import PageRefused
from briefing.model.article import Article
from briefing.model.page import Page

#: Bytes within which an HTML page shows that it is one.
_HEAD = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPage:
    """A page and what became of it: its pieces, or the sentence that refuses it."""

    name: str
    articles: tuple[Article, ...] = ()
    refusal: str | None = None
    #: False when the file, feed or address could not even be read.
    readable: bool = True
    #: The name of the configured source it came from.
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the sources of a briefing gave."""

    pages: tuple[SplitPage, ...]
    #: One for each source, in the order they are named.
    sources: tuple[ReadSource, ...]


def gather(desk: Desk, briefing: Briefing, progress: Progress | None = None) -> Gathered:
    """Read and split every page of the briefing's sources, in the order they are named.

    A source that cannot be read is a page that is refused with a sentence; the others go on.
    """
    now = desk.clock()
    read = SourceReader(desk.config, desk.store, now).read(briefing.sources)
    found: list[Page | PageRefused] = []
    for source in read:
        found += [*source.pages, *(PageRefused(fault, page=source.name) for fault in source.faults)]
    pages = _split_all(
        _extracted(found, now), desk.config.sponsors.rule, progress or Quiet(), desk.config
    )
    return Gathered(pages=pages, sources=read)


def split_files(
    paths: Sequence[Path], rules: tuple[SponsorRule, ...] = (), progress: Progress | None = None
) -> tuple[SplitPage, ...]:
    """Read and split saved pages named one by one."""
    found = _extracted([_read(path) for path in paths], utc_now())
    return _split_all(found, rules, progress or Quiet())


def _extracted(found: Sequence[Page | PageRefused], now: datetime) -> list[Page | PageRefused]:
    """The same, in the same order, each page of HTML read by the other reader too."""
    pages = [page for page in found if isinstance(page, Page)]
    if not any(b"<" in page.body[:_HEAD] for page in pages):
        return list(found)
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        known = iter(runner.run(with_extracts(pages, now)))
    return [next(known) if isinstance(page, Page) else page for page in found]


def _read(path: Path) -> Page | PageRefused:
    try:
        return read_page(path)
    except PageRefused as refusal:
        return refusal


def _split_all(
    found: Sequence[Page | PageRefused],
    rules: tuple[SponsorRule, ...],
    progress: Progress,
    config: Config | None = None,
) -> tuple[SplitPage, ...]:
    """Split pages, one refused page leaving the others be, and mark pieces that repeat."""
    tracked = progress.track(found, "Reading pages", len(found))
    pages = [_split(page, rules, _source(config, page)) for page in tracked]
    marked = iter(mark_duplicates([article for page in pages for article in page.articles]))
    return tuple(
        replace(page, articles=tuple(next(marked) for _ in page.articles)) for page in pages
    )


def _source(config: Config | None, page: Page | PageRefused) -> Source | None:
    return config.sources.get(page.source) if config and isinstance(page, Page) else None


def _split(
    page: Page | PageRefused, rules: tuple[SponsorRule, ...], source: Source | None
) -> SplitPage:
    if isinstance(page, PageRefused):
        return SplitPage(name=page.page, refusal=str(page), readable=False)
    try:
        articles = _articles(page, rules, source)
    except PageRefused as refusal:
        return SplitPage(name=page.name, refusal=str(refusal), source=page.source)
    return SplitPage(name=page.name, articles=articles, source=page.source)


def _articles(
    page: Page, rules: tuple[SponsorRule, ...], source: Source | None
) -> tuple[Article, ...]:
    """The pieces of a page, by the rules and with the language of its source."""
    own = OwnFurniture(selectors=source.remove_css, lines=source.remove_lines) if source else None
    cleared = clear(page, own) if own else Cleared(page)
    first, *others = split_page(cleared.page, rules=rules)
    first = replace(
        first,
        removed=(*cleared.removed, *first.removed),
        flags=(*dict.fromkeys((*cleared.flags, *first.flags)),),
    )
    articles = (first, *others)
    if page.declared is not None:
        articles = with_declared(articles, page.declared)
    if source and source.language:
        articles = tuple(replace(article, language=source.language) for article in articles)
    return articles


def records_json(pages: Sequence[SplitPage]) -> str:
    """The pieces of each page by the page's name; a refused page has none."""
    records = {page.name: [as_record(article) for article in page.articles] for page in pages}
    return json.dumps(records, ensure_ascii=False, indent=2)
