"""Articles → digests in processes with limits: no stranger's text can keep or break the desk."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pydantic import TypeAdapter

from briefing.digests.settings import ENGINE_NAMES, OLD_NAMES, DigestSettings
from briefing.errors import DigestError, SourceError
from briefing.model.article import Article
from briefing.model.digest import Digest
from briefing.sandbox.pool import Workers

#: A process takes a moment to start; with fewer articles for each another one is not worth it.
_ARTICLES_EACH, _MOST = 20, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTask:
    """An article, and how it is digested."""

    article: Article
    settings: DigestSettings


@cache
def digest_tasks() -> TypeAdapter[DigestTask]:
    """Made for the first article: that takes a while."""
    return TypeAdapter(DigestTask)


@cache
def digests() -> TypeAdapter[Digest]:
    """As `digest_tasks`."""
    return TypeAdapter(Digest)


def refuse_unknown_engine(settings: DigestSettings) -> None:
    """Let only engines pass that there are.

    Raises:
        DigestError: naming those there are.
    """
    if OLD_NAMES.get(settings.engine, settings.engine) not in ENGINE_NAMES:
        known = ", ".join(sorted(ENGINE_NAMES))
        raise DigestError(f"There is no engine {settings.engine!r}; known: {known}.")


async def digest_confined(
    articles: Sequence[Article], settings: DigestSettings, workers: Workers | None = None
) -> tuple[Digest | DigestError, ...]:
    """The digest of every article, or the sentence that says why there is none, in their order."""
    at_once = min(_MOST, 1 + len(articles) // _ARTICLES_EACH)
    async with workers or Workers(at_once=at_once) as open_workers:
        work = (_digest(article, settings, open_workers) for article in articles)
        return tuple(await asyncio.gather(*work))


async def _digest(
    article: Article, settings: DigestSettings, workers: Workers
) -> Digest | DigestError:
    # When it was saved says nothing of what it says.
    bare = replace(article, saved=None)
    task = digest_tasks().dump_json(DigestTask(article=bare, settings=settings))
    try:
        answer = await workers.do("digest", task)
    except SourceError as error:
        return DigestError(f"{article.headline!r} ({article.id}): its text {error}.")
    return digests().validate_python(answer["digest"])
