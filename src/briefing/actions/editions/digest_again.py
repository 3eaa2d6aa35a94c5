"""Digests that were made before: an article that has not changed keeps the one of the last draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from briefing.actions.event_loop import in_plain_loop
from briefing.actions.last_results import LastResults, fingerprint
from briefing.digests.digest_in_sandbox import digest_confined, refuse_unknown_engine
from briefing.digests.settings import FAILED, DigestSettings
from briefing.errors import DigestError
from briefing.model.article import Article
from briefing.model.digest import Digest

#: Rooms whose code decides what a digest says.
_MAKERS = ("digests", "languages", "model")


@dataclass(frozen=True, slots=True, kw_only=True)
class Digested:
    """What became of articles."""

    #: Those that could be digested, in their order.
    stories: list[tuple[Article, Digest]]
    #: Why each of the others could not be within its limits of time and memory, by its id.
    refused: dict[str, str]


def digest_again(articles: Iterable[Article], settings: DigestSettings, file: Path) -> Digested:
    """Each article with what `make_digest` says of it; only what is new or changed is digested.

    Args:
        articles: in the order of the edition's sources.
        settings: the engine and the length.
        file: where the digests of the last draft are kept.

    Raises:
        DigestError: when the engine's name is unknown.
    """
    last = LastResults(file, digests_json())
    marks = [(article, fingerprint(_MAKERS, settings, article)) for article in articles]
    fresh = iter(_made([one for one, mark in marks if last.get(mark) is None], settings))
    found = [(one, mark, last.get(mark) or next(fresh)) for one, mark in marks]
    # An engine may fail for want of memory, so it gets another chance.
    kept = {mark: made for _, mark, made in found if isinstance(made, Digest)}
    last.keep({mark: made for mark, made in kept.items() if not _has_failed(made)})
    return _sorted((article, made) for article, _, made in found)


def digest_afresh(articles: Iterable[Article], settings: DigestSettings) -> Digested:
    """Each article with its digest, whatever was kept. Errors as `digest_again`."""
    every = list(articles)
    return _sorted(zip(every, _made(every, settings), strict=True))


def _sorted(found: Iterable[tuple[Article, Digest | DigestError]]) -> Digested:
    pairs = list(found)
    return Digested(
        stories=[(article, made) for article, made in pairs if isinstance(made, Digest)],
        refused={one.id: str(made) for one, made in pairs if isinstance(made, DigestError)},
    )


@cache
def digests_json() -> TypeAdapter[dict[str, Digest]]:
    """What reads and writes digests by fingerprint as JSON."""
    return TypeAdapter(dict[str, Digest])


def _made(
    articles: Sequence[Article], settings: DigestSettings
) -> tuple[Digest | DigestError, ...]:
    """What `make_digest` says of each, in processes with limits."""
    refuse_unknown_engine(settings)
    return in_plain_loop(lambda: digest_confined(articles, settings)) if articles else ()


def _has_failed(digest: Digest) -> bool:
    return any(FAILED in flag for flag in digest.flags)
