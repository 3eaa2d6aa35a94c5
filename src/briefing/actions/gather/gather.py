"""Gathering: from sources, or saved pages, to the articles in them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.gather.own_vocabulary import own_vocabulary, refuse_faulty_rows
from briefing.actions.gather.read_sources import ReadSource, SourceReader
from briefing.actions.gather.split_cache import split_again
from briefing.actions.progress import Progress, Quiet
from briefing.articles.duplicates import mark_duplicates
from briefing.articles.extract_in_sandbox import SplitTask
from briefing.articles.files.folder import read_pages
from briefing.articles.html.site_rules import OwnFurniture
from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.articles.to_json import as_record
from briefing.clock import utc_now
from briefing.config import Briefing, Config
from briefing.errors import PageRefused
from briefing.languages import base_of
from briefing.model.article import Article
from briefing.model.page import Page


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
    refuse_faulty_rows(desk.config)
    read = SourceReader(desk.config, desk.store, now).read(briefing.sources)
    found: list[Page | PageRefused] = []
    for source in read:
        found += [*source.pages, *(PageRefused(fault, page=source.name) for fault in source.faults)]
    quiet = progress or Quiet()
    pages = _split_all(found, desk.config.sponsors.rule, quiet, desk.config, now)
    return Gathered(pages=pages, sources=read)


def split_files(
    paths: Sequence[Path], rules: tuple[SponsorRule, ...] = (), progress: Progress | None = None
) -> tuple[SplitPage, ...]:
    """Read and split saved pages named one by one."""
    found = [page for pages in read_pages(paths) for page in pages]
    return _split_all(found, rules, progress or Quiet(), None, utc_now())


def _split_all(
    found: Sequence[Page | PageRefused],
    rules: tuple[SponsorRule, ...],
    progress: Progress,
    config: Config | None,
    now: datetime,
) -> tuple[SplitPage, ...]:
    """Split pages, one refused page leaving the others be, and mark pieces that repeat."""
    tasks = [_task(page, rules, config) for page in found if isinstance(page, Page)]
    folder = config.path(config.data.path) / "split" if config else None
    split = iter(split_again(tasks, now, folder))
    tracked = progress.track(found, "Reading pages", len(found))
    pages = [_page(page, next(split) if isinstance(page, Page) else page) for page in tracked]
    marked = iter(mark_duplicates([article for page in pages for article in page.articles]))
    return tuple(
        replace(page, articles=tuple(next(marked) for _ in page.articles)) for page in pages
    )


def _task(page: Page, rules: tuple[SponsorRule, ...], config: Config | None) -> SplitTask:
    source = config.sources.get(page.source) if config else None
    words = str(own_vocabulary(config) or "") if config else ""
    if config is None or source is None:
        return SplitTask(page=page, rules=rules, vocabulary=words)
    return SplitTask(
        page=page,
        rules=rules,
        vocabulary=words,
        furniture=OwnFurniture(selectors=source.remove_css, lines=source.remove_lines),
        # A source that names no language prints the newsroom's.
        language=source.language or base_of(config.site.language),
    )


def _page(page: Page | PageRefused, found: tuple[Article, ...] | PageRefused) -> SplitPage:
    if isinstance(page, PageRefused):
        return SplitPage(name=page.page, refusal=str(page), readable=False)
    if isinstance(found, PageRefused):
        return SplitPage(name=page.name, refusal=str(found), source=page.source)
    return SplitPage(name=page.name, articles=found, source=page.source)


def records_json(pages: Sequence[SplitPage]) -> str:
    """The pieces of each page by the page's name; a refused page has none."""
    records = {page.name: [as_record(article) for article in page.articles] for page in pages}
    return json.dumps(records, ensure_ascii=False, indent=2)
