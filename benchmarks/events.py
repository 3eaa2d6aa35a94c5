"""Events: how right the gathering of reports is, on our own reports and on news of other things.

`python -m benchmarks.events [DATA]`: precision, recall and F1 over pairs for each file of `tests/events/reports`,
with and without dates; and of the 503 news articles of `../shared/data` how many are put into an event at all:
nearly all of them are of other days and years, so few should be.
"""

import json
import sys
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from tests.events.corpus import framed, reports

from briefing.events.features import gist_of
from briefing.events.happenings import happenings
from briefing.model.article import Article, Paragraph

FILES = (
    "events.txt",
    "held_out.txt",
    "more_events.txt",
    "second_held_out.txt",
    "third_held_out.txt",
    "fourth_held_out.txt",
    "fifth_held_out.txt",
    "sixth_held_out.txt",
)


def groups(articles: Sequence[Article]) -> list[tuple[int, ...]]:
    """The events that were found, by places."""
    found = happenings([gist_of(article) for article in articles])
    return [(each.best, *each.others) for each in found]


def pairs(articles: Sequence[Article]) -> set[tuple[int, int]]:
    """The pairs of one event, lower place first."""
    return {tuple(sorted(pair)) for group in groups(articles) for pair in combinations(group, 2)}  # type: ignore[misc]


def gathered(*names: str, dated: bool) -> str:
    """A line on the reports of these files."""
    corpus = reports(*names, dated=dated)
    found, right = pairs(corpus.articles), corpus.pairs
    both = len(found & right)
    what = f"{len(set(corpus.events)):3} events, {len(corpus.articles):3} reports"
    of = f"{what} {'with' if dated else 'without':7} dates"
    f1 = 2 * both / (len(found) + len(right))
    return f"{of}: F1 {f1:.3f}, precision {both / len(found):.3f}, recall {both / len(right):.3f}"


def main(data: Path) -> None:
    """Print all lines."""
    for names in (*((name,) for name in FILES), FILES):
        for dated in (True, False):
            print(f"{names[0] if len(names) == 1 else 'all':20} {gathered(*names, dated=dated)}")
    frames = [
        one for name in ("framed", "second_framed") for three in framed(name) for one in three
    ]
    print(f"{len(frames)} framed pieces of other news: {len(pairs(frames))} pairs put together")
    file = data / "digests" / "articles.jsonl"
    if file.is_file():
        articles = [_article(json.loads(line)) for line in file.open()]
        begun = time.process_time()
        found = groups(articles)
        took = time.process_time() - begun
        put, most = sum(map(len, found)), max(map(len, found))
        print(
            f"{len(articles)} news articles: {put} put into an event, at most {most}, in {took:.1f} s"
        )


def _article(row: dict[str, str]) -> Article:
    return Article(
        id=row["id"],
        headline=row["title"],
        paragraphs=tuple(Paragraph(text=text) for text in row["text"].split("\n\n")),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
