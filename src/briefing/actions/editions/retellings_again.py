"""Retellings that were found before: the same articles tell of the same events again."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from briefing.actions.last_results import LastResults, fingerprint
from briefing.model.article import Article
from briefing.model.edition import Retelling
from briefing.model.ruling import EventRuling

#: By the id of each story that stands for others, those others.
Retellings = dict[str, tuple[Retelling, ...]]
#: Rooms whose code decides which articles tell of one event.
_FINDERS = ("actions/editions", "articles", "digests", "events", "languages", "model")


def retellings_again(
    articles: Sequence[Article], file: Path, rulings: Sequence[EventRuling] = ()
) -> Retellings:
    """What `retellings` finds in these articles; they are compared only where one is new or changed.

    Args:
        articles: all that may be printed, in page order.
        file: where what the last draft found is kept.
        rulings: what editors joined and told apart, oldest first.
    """
    last = LastResults(file, retellings_json())
    mark = fingerprint(_FINDERS, *articles, *rulings)
    found = last.get(mark)
    if found is None:
        from briefing.actions.editions.retellings import retellings  # noqa: PLC0415 - as digests

        found = retellings(articles, rulings)
    last.keep({mark: found})
    return found


@cache
def retellings_json() -> TypeAdapter[dict[str, Retellings]]:
    """What reads and writes retellings by fingerprint as JSON."""
    return TypeAdapter(dict[str, Retellings])
