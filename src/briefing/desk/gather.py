"""Gathering: from saved pages to the articles on them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.articles import (
    SponsorRule,
    as_record,
    mark_duplicates,
    read_folder,
    read_page,
    split_page,
)
from briefing.config import Briefing, Config
from briefing.desk.progress import Progress, Quiet
from briefing.errors import PageRefused
from briefing.model.article import Article
from briefing.model.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPage:
    """A page and what became of it: its pieces, or the sentence that refuses it."""

    name: str
    articles: tuple[Article, ...] = ()
    refusal: str | None = None
    #: False when the file could not even be read.
    readable: bool = True


def gather(
    config: Config, briefing: Briefing, progress: Progress | None = None
) -> tuple[SplitPage, ...]:
    """Read and split every page of the briefing's sources, in the order they are named.

    Raises:
        PageRefused: when a source's folder cannot be read at all.
    """
    found: list[Page | PageRefused] = []
    for name in briefing.sources:
        found += read_folder(config.path(config.sources[name].path), source=name)
    return _split_all(found, config.sponsors.rule, progress or Quiet())


def split_files(
    paths: Sequence[Path], rules: tuple[SponsorRule, ...] = (), progress: Progress | None = None
) -> tuple[SplitPage, ...]:
    """Read and split saved pages named one by one."""
    return _split_all([_read(path) for path in paths], rules, progress or Quiet())


def _read(path: Path) -> Page | PageRefused:
    try:
        return read_page(path)
    except PageRefused as refusal:
        return refusal


def _split_all(
    found: Sequence[Page | PageRefused], rules: tuple[SponsorRule, ...], progress: Progress
) -> tuple[SplitPage, ...]:
    """Split pages, one refused page leaving the others be, and mark pieces that repeat."""
    tracked = progress.track(found, "Reading pages", len(found))
    pages = [_split(page, rules) for page in tracked]
    marked = iter(mark_duplicates([article for page in pages for article in page.articles]))
    return tuple(
        SplitPage(
            name=page.name,
            articles=tuple(next(marked) for _ in page.articles),
            refusal=page.refusal,
            readable=page.readable,
        )
        for page in pages
    )


def _split(page: Page | PageRefused, rules: tuple[SponsorRule, ...]) -> SplitPage:
    if isinstance(page, PageRefused):
        return SplitPage(name=page.page, refusal=str(page), readable=False)
    try:
        return SplitPage(name=page.name, articles=split_page(page, rules=rules))
    except PageRefused as refusal:
        return SplitPage(name=page.name, refusal=str(refusal))


def records_json(pages: Sequence[SplitPage]) -> str:
    """The pieces of each page by the page's name; a refused page has none."""
    records = {page.name: [as_record(article) for article in page.articles] for page in pages}
    return json.dumps(records, ensure_ascii=False, indent=2)
