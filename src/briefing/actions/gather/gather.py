"""Gathering: from sources, or saved pages, to the articles in them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.gather.own_vocabulary import own_vocabulary, refuse_faulty_rows
from briefing.actions.gather.read_sources import ReadSource, SourceReader
from briefing.actions.gather.split_cache import Split, split_again
from briefing.actions.progress import Progress, Quiet
from briefing.articles.files.folder import read_pages
from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.articles.split_in_sandbox import SplitTask
from briefing.articles.text.own_furniture import OwnFurniture
from briefing.articles.to_json import as_record
from briefing.clock import utc_now
from briefing.config import Briefing, Config
from briefing.errors import PageRefused
from briefing.events.decisions import Decisions
from briefing.events.duplicates import mark_duplicates
from briefing.languages import base_of
from briefing.model.article import Article
from briefing.model.page import Page
from briefing.model.ruling import EventRuling


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


def gather(
    desk: Desk,
    briefing: Briefing,
    progress: Progress | None = None,
    rulings: Sequence[EventRuling] = (),
) -> Gathered:
    """Read and split every page of the briefing's sources, in the order they are named.

    A source that cannot be read is a page that is refused with a sentence; the others go on.

    Args:
        desk: the desk, with its editors' decisions on who speaks.
        briefing: whose sources.
        progress: shown while pages are read.
        rulings: what editors joined and told apart, oldest first.
    """
    now = desk.clock()
    refuse_faulty_rows(desk.config)
    read = SourceReader(desk.config, desk.store, now).read(briefing.sources)
    found: list[Page | PageRefused] = []
    for source in read:
        found += [*source.pages, *(PageRefused(fault, page=source.name) for fault in source.faults)]
    quiet = progress or Quiet()
    split = split_again(_tasks(found, desk.config), now, _cache(desk.config))
    return Gathered(pages=_joined(found, split, quiet, rulings), sources=read)


def split_afresh(
    desk: Desk, pages: Sequence[Page], now: datetime, rulings: Sequence[EventRuling] = ()
) -> tuple[SplitPage, ...]:
    """Split pages as a draft did then, whatever is kept of earlier times.

    Args:
        desk: the desk, with its editors' decisions.
        pages: in the order they were read.
        now: when they were read; aware.
        rulings: what editors had joined and told apart, oldest first.
    """
    refuse_faulty_rows(desk.config)
    split = split_again(_tasks(pages, desk.config), now, None)
    return _joined(pages, split, Quiet(), rulings)


def split_kept(desk: Desk, pages: Sequence[Page], now: datetime) -> tuple[SplitPage, ...]:
    """Split pages before a draft asks for them, and keep what they gave for it.

    Args:
        desk: the desk, with its editors' decisions.
        pages: in the order they were read.
        now: aware.
    """
    refuse_faulty_rows(desk.config)
    split = split_again(_tasks(pages, desk.config), now, _cache(desk.config))
    return _joined(pages, split, Quiet())


def split_files(
    paths: Sequence[Path],
    rules: tuple[SponsorRule, ...] = (),
    vocabulary: Path | None = None,
    progress: Progress | None = None,
) -> tuple[SplitPage, ...]:
    """Read and split saved pages named one by one.

    Args:
        paths: the files.
        rules: people's decisions about who paid.
        vocabulary: a folder with the newsroom's own rows, proved before; see `refuse_faulty_rows`.
        progress: shown while pages are read.
    """
    found = [page for pages in read_pages(paths) for page in pages]
    tasks = [
        SplitTask(page=page, rules=rules, vocabulary=str(vocabulary or ""))
        for page in found
        if isinstance(page, Page)
    ]
    return _joined(found, split_again(tasks, utc_now(), None), progress or Quiet())


def _cache(config: Config) -> Path:
    """Where what pages gave is kept from draft to draft."""
    return config.path(config.data.path) / "split"


def _tasks(found: Sequence[Page | PageRefused], config: Config) -> list[SplitTask]:
    return [_task(page, config) for page in found if isinstance(page, Page)]


def _joined(
    found: Sequence[Page | PageRefused],
    split: Iterable[Split],
    progress: Progress,
    rulings: Sequence[EventRuling] = (),
) -> tuple[SplitPage, ...]:
    """Each page with what became of it, and pieces that repeat marked; one refused page leaves the others be."""
    each = iter(split)
    tracked = progress.track(found, "Reading pages", len(found))
    pages = _apart(
        [_page(page, next(each) if isinstance(page, Page) else page) for page in tracked]
    )
    articles = [article for page in pages for article in page.articles]
    marked = iter(mark_duplicates(articles, Decisions.of(articles, rulings).apart))
    return tuple(
        replace(page, articles=tuple(next(marked) for _ in page.articles)) for page in pages
    )


def _task(page: Page, config: Config) -> SplitTask:
    source, rules = config.sources.get(page.source), config.sponsors.rule
    words = str(own_vocabulary(config) or "")
    if source is None:
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
    articles = tuple(replace(article, saved=page.fetched_at) for article in found)
    return SplitPage(name=page.name, articles=articles, source=page.source)


def _apart(pages: Sequence[SplitPage]) -> list[SplitPage]:
    """No two pieces have one id, though two sources hold a page of the same name, such as index.html."""
    names: set[str] = set()
    apart = []
    for page in pages:
        if page.name in names and page.source:
            told = tuple(replace(one, id=f"{one.id}-{page.source}") for one in page.articles)
            apart.append(replace(page, articles=told))
        else:
            apart.append(page)
        names.add(page.name)
    return apart


def records_json(pages: Sequence[SplitPage]) -> str:
    """The pieces of each page by the page's name; a refused page has none."""
    records = {page.name: [as_record(article) for article in page.articles] for page in pages}
    return json.dumps(records, ensure_ascii=False, indent=2)
