"""Digests that were made before: an article that has not changed keeps the one of the last draft."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from briefing.actions.last_results import LastResults, fingerprint
from briefing.digests.settings import FAILED, DigestSettings
from briefing.model.article import Article
from briefing.model.digest import Digest

#: Rooms whose code decides what a digest says.
_MAKERS = ("digests", "languages", "model")


def digest_again(
    articles: Iterable[Article], settings: DigestSettings, file: Path
) -> list[tuple[Article, Digest]]:
    """Each article with what `make_digest` says of it; only what is new or changed is digested.

    Args:
        articles: in the order of the edition's sources.
        settings: the engine and the length.
        file: where the digests of the last draft are kept.

    Raises:
        DigestError: when the engine's name is unknown.
    """
    last = LastResults(file, digests_json())
    marked = [(article, fingerprint(_MAKERS, settings, article)) for article in articles]
    stories = [(article, last.get(mark) or _made(article, settings)) for article, mark in marked]
    made = zip(marked, stories, strict=True)
    # An engine may fail for want of memory, so it gets another chance.
    last.keep({mark: digest for (_, mark), (_, digest) in made if not _has_failed(digest)})
    return stories


def digest_afresh(
    articles: Iterable[Article], settings: DigestSettings
) -> list[tuple[Article, Digest]]:
    """Each article with its digest, whatever was kept. Errors as `digest_again`."""
    return [(article, _made(article, settings)) for article in articles]


@cache
def digests_json() -> TypeAdapter[dict[str, Digest]]:
    """What reads and writes digests by fingerprint as JSON."""
    return TypeAdapter(dict[str, Digest])


def _made(article: Article, settings: DigestSettings) -> Digest:
    from briefing.digests.make import make_digest  # noqa: PLC0415 - the engines are slow to import

    return make_digest(article, settings)


def _has_failed(digest: Digest) -> bool:
    return any(FAILED in flag for flag in digest.flags)
