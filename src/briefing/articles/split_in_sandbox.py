"""Pages → articles in processes with limits: no stranger's page can keep or break the desk."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter

from briefing.articles.paid.sponsor_rule import Remembered, SponsorRule
from briefing.articles.text.own_furniture import OwnFurniture
from briefing.errors import PageRefused, SourceError
from briefing.model.article import Article
from briefing.model.page import Page
from briefing.sandbox.pool import Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitTask:
    """A page, and how its source is to be read."""

    page: Page
    #: The kind with more fields first: what crosses to the worker is read as the first that fits.
    rules: tuple[Remembered | SponsorRule, ...] = ()
    furniture: OwnFurniture = field(default_factory=OwnFurniture)
    #: Of the source's articles; English when empty.
    language: str = ""
    #: A folder with the newsroom's own rows of the vocabulary; none when empty.
    vocabulary: str = ""


@cache
def split_tasks() -> TypeAdapter[SplitTask]:
    """Made for the first page: that takes a while."""
    return TypeAdapter(SplitTask)


@cache
def pieces() -> TypeAdapter[tuple[Article, ...]]:
    """As `split_tasks`."""
    return TypeAdapter(tuple[Article, ...])


#: A process takes a moment to start; with fewer pages for each another one is not worth it.
_PAGES_EACH, _MOST = 8, 3


async def split_confined(
    tasks: Sequence[SplitTask], now: datetime
) -> tuple[tuple[Article, ...] | PageRefused, ...]:
    """The pieces of every page, or the sentence that refuses it, in the order of the pages."""
    at_once = min(_MOST, 1 + len(tasks) // _PAGES_EACH)
    async with Workers(at_once=at_once) as workers:
        return tuple(await asyncio.gather(*(_split(each, workers, now) for each in tasks)))


async def _split(
    task: SplitTask, workers: Workers, now: datetime
) -> tuple[Article, ...] | PageRefused:
    page = task.page
    # A process is told only what it reads: of a page's arrival it knows nothing.
    bare = replace(page, body=b"", fetched_at=None)
    told = split_tasks().dump_json(replace(task, page=bare)).decode()
    try:
        answer = await workers.do("split", page.body, task=told, now=now.isoformat())
    except SourceError as error:
        return PageRefused(f"{page.name}: {error}", page=page.name)
    if "refused" in answer:
        return PageRefused(str(answer["refused"]), page=page.name)
    return pieces().validate_python(answer["articles"])
