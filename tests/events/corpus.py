"""Reports and framed pieces of our own writing: `reports/` has them, this reads them."""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

from briefing.model.article import Article, Paragraph

REPORTS = Path(__file__).parent / "reports"


@dataclass(frozen=True)
class Corpus:
    """Articles, and which pairs of places tell one event."""

    articles: tuple[Article, ...]
    events: tuple[str, ...]

    @property
    def pairs(self) -> set[tuple[int, int]]:
        """The pairs of one event, lower place first."""
        places = combinations(range(len(self.events)), 2)
        return {(one, other) for one, other in places if self.events[one] == self.events[other]}


def reports(*names: str, dated: bool = True) -> Corpus:
    """The reports of these files: `@ event day [language]`, then `# headline` and paragraphs for each."""
    articles: list[Article] = []
    events: list[str] = []
    for name in names:
        for block in re.split(r"^@ ", (REPORTS / name).read_text(), flags=re.MULTILINE)[1:]:
            head, *told = re.split(r"^# ", block, flags=re.MULTILINE)
            event, day, *language = head.split()
            for text in told:
                published = date.fromisoformat(day) if dated else None
                report = piece(f"{event}-{len(articles)}#0", text, published)
                articles.append(replace(report, language=language[0]) if language else report)
                events.append(event)
    return Corpus(tuple(articles), tuple(events))


def framed(name: str) -> list[tuple[Article, ...]]:
    """Pieces of one frame, three for each: `{one|other|third}` is what differs."""
    blocks = re.split(r"^# ", (REPORTS / f"{name}.txt").read_text(), flags=re.MULTILINE)[1:]
    return [
        tuple(piece(f"{name}{number}-{place}#0", filled(block, place)) for place in range(3))
        for number, block in enumerate(blocks)
    ]


def filled(block: str, place: int) -> str:
    """A frame with its news put in."""
    return re.sub(r"\{([^{}]*)\}", lambda found: found[1].split("|")[place], block)


def piece(name: str, text: str, published: date | None = None) -> Article:
    """An article of a headline and paragraphs."""
    headline, *paragraphs = (line for line in text.split("\n") if line.strip())
    return Article(
        id=name,
        headline=headline,
        paragraphs=tuple(Paragraph(text=line) for line in paragraphs),
        published=published,
    )
