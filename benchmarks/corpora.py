"""How well real pages are read: ours beside other readers, on checkouts of public corpora.

Usage: `python -m benchmarks.corpora FOLDER`. FOLDER holds one or more of these checkouts, under any name; none of
them is part of this repository, and nothing is fetched:

- scrapinghub/article-extraction-benchmark: 181 pages with their bodies; scored by its published rule,
- mozilla/readability: test pages with the bodies, titles, by-lines and dates its own reader makes of them,
- adbar/trafilatura: annotated pages with lines that belong to the text and lines that do not.

A headline is right when it is the true title, or the title without the names of site, section or writer behind
it: many true titles of mozilla/readability are the whole <title>. A by-line is right when it names those whom the
true one names; dates, times and addresses, which some true ones hold, are not
asked for.

Trafilatura is always there. readability-lxml and newspaper4k stand beside it where they are installed
(`pip install --group bench`); they run without network. Processor time is that of one process, each reader in
turn on each page, so a busy machine slows all alike.
"""

import gzip
import importlib
import json
import logging
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lxml import html
from trafilatura import bare_extraction

from briefing.articles.split_page import split_page
from briefing.clock import utc_now
from briefing.errors import PageRefused
from briefing.model.article import Verdict
from briefing.model.page import Page

_RUN = 4
_TOKEN = re.compile(r"\w+")
#: Titles as alike as this are the same; smaller test pages are made up for one fault.
_ALIKE, _REAL_PAGE = 0.9, 15_000
#: What stands between a title and the name of its site, its section or its writer.
_NAME_BEHIND = re.compile(r"\s+(?:[|–—·@-]|::)\s|\s?_")
_LEAD_IN = re.compile(r"^\W*(?:by|par|von|por)\s", re.IGNORECASE)
_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2},? \d{4}|\(https?://[^()\s]+\)|\b\d{1,2}:\d\d ?(?:[AP]M)?",
    re.IGNORECASE,
)
_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "td", "blockquote", "pre", "br")


@dataclass
class Sample:
    """A page and what is known of it."""

    name: str
    body: bytes
    text: str | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    title: str = ""
    byline: str = ""
    date: str = ""


@dataclass
class Answer:
    """What a reader makes of a page."""

    text: str = ""
    title: str = ""
    byline: str = ""
    date: str = ""
    pieces: int = 1
    verdict: str = "editorial"


@dataclass
class Scores:
    """What one reader got right on one corpus."""

    shares: list[tuple[float, float, float]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """All runs of four tokens; a shorter text is one run."""
    tokens = _TOKEN.findall(text)
    runs = range(max(1, len(tokens) - _RUN + 1))
    return Counter(run for at in runs if (run := tuple(tokens[at : at + _RUN])))


def shares(true: str, found: str) -> tuple[float, float, float]:
    """Right, wrong and missing runs as shares of all, so that no page weighs more than another."""
    ours, theirs = shingles(found), shingles(true)
    right = sum((ours & theirs).values())
    wrong, missing = sum((ours - theirs).values()), sum((theirs - ours).values())
    whole = right + wrong + missing
    return (right / whole, wrong / whole, missing / whole) if whole else (0.0, 0.0, 0.0)


def f1(found: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """F1 of the mean precision and the mean recall, as article-extraction-benchmark has it."""
    told = [_ratio(right, wrong, missing) for right, wrong, missing in found if right + wrong]
    kept = [_ratio(right, missing, wrong) for right, wrong, missing in found if right + missing]
    precision, recall = (statistics.mean(part) if part else 0.0 for part in (told, kept))
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def _ratio(right: float, counted: float, other: float) -> float:
    if counted == other == 0:
        return 1.0
    return right / (right + counted) if right else 0.0


def aeb(folder: Path) -> Iterator[Sample]:
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, known in sorted(truth.items()):
        body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Sample(name=name, body=body, text=known.get("articleBody", ""))


def readability(folder: Path) -> Iterator[Sample]:
    for page in sorted((folder / "test" / "test-pages").iterdir()):
        known = json.loads((page / "expected-metadata.json").read_text("utf-8"))
        body = (page / "source.html").read_bytes()
        yield Sample(
            name=page.name,
            body=body,
            text=_text_of((page / "expected.html").read_text("utf-8")),
            title=(known.get("title") or "") if len(body) > _REAL_PAGE else "",
            byline=known.get("byline") or "",
            date=(known.get("publishedTime") or "")[:10],
        )


def annotated(folder: Path) -> Iterator[Sample]:
    for known in json.loads((folder / "tests" / "evaldata.json").read_text("utf-8")).values():
        places = [folder / "tests" / name / known["file"] for name in ("cache", "eval")]
        path = next((place for place in places if place.is_file()), None)
        if path:
            authors = known.get("author") or ""
            yield Sample(
                name=known["file"],
                body=path.read_bytes(),
                wanted=tuple(known["with"]),
                unwanted=tuple(known["without"]),
                title=known.get("title") or "",
                byline=" ".join(authors) if isinstance(authors, list) else authors,
                date=str(known.get("date") or "")[:10],
            )


#: A file that tells each corpus, and how it is read.
CORPORA: dict[str, tuple[str, Callable[[Path], Iterator[Sample]]]] = {
    "article-extraction-benchmark": ("ground-truth.json", aeb),
    "mozilla/readability": ("test/test-pages", readability),
    "adbar/trafilatura": ("tests/evaldata.json", annotated),
}


def _text_of(markup: str) -> str:
    tree = html.document_fromstring(markup or "<p></p>")
    for element in tree.iter(*_BLOCKS):
        element.tail = f" {element.tail or ''}"
        element.text = f" {element.text or ''}"
    return str(tree.text_content())


def ours(body: bytes) -> Answer:
    try:
        found = split_page(Page(name="page", body=body, media_type="text/html"), now=utc_now())
    except PageRefused:
        return Answer(pieces=0)
    first = found[0]
    return Answer(
        text="\n".join(part.text for part in first.paragraphs),
        title=first.headline,
        byline=" ".join(author.name for author in first.byline),
        date=first.published.isoformat() if first.published else "",
        pieces=len(found),
        verdict="editorial" if first.verdict is Verdict.EDITORIAL else first.verdict.value,
    )


def trafilatura(body: bytes) -> Answer:
    found: Any = bare_extraction(body, include_comments=False, with_metadata=True)
    if found is None:
        return Answer()
    return Answer(found.text or "", found.title or "", found.author or "", found.date or "")


def trafilatura_fast(body: bytes) -> Answer:
    found: Any = bare_extraction(body, include_comments=False, fast=True)
    return Answer(found.text or "" if found else "")


def readability_lxml(body: bytes) -> Answer:
    document = importlib.import_module("readability").Document(body.decode("utf-8", "replace"))
    return Answer(_text_of(document.summary()), document.short_title())


def newspaper4k(body: bytes) -> Answer:
    newspaper = importlib.import_module("newspaper")
    article = newspaper.Article("https://page.example/", fetch_images=False)
    article.download(input_html=body.decode("utf-8", "replace"))
    article.parse()
    day = article.publish_date
    return Answer(
        article.text,
        article.title,
        " ".join(article.authors),
        day.date().isoformat() if day else "",
    )


#: The package of each reader.
READERS: dict[str, tuple[str, Callable[[bytes], Answer]]] = {
    "briefing": ("briefing", ours),
    "trafilatura": ("trafilatura", trafilatura),
    "trafilatura, fast, body alone": ("trafilatura", trafilatura_fast),
    "readability-lxml": ("readability-lxml", readability_lxml),
    "newspaper4k": ("newspaper4k", newspaper4k),
}


def installed() -> dict[str, Callable[[bytes], Answer]]:
    found = {}
    for name, (package, reader) in READERS.items():
        try:
            found[f"{name} {version(package)}"] = reader
        except ModuleNotFoundError:
            print(f"{name} is not installed")
    return found


def measure(samples: Sequence[Sample], reader: Callable[[bytes], Answer]) -> Scores:
    scores = Scores()
    for sample in samples:
        begun = time.process_time()
        try:
            answer = reader(sample.body)
        except Exception as error:  # noqa: BLE001 - a peer that breaks on a page is counted
            answer = Answer()
            scores.counts[f"broke: {type(error).__name__}"] += 1
        scores.seconds.append(time.process_time() - begun)
        _score(scores, sample, answer)
    return scores


def _score(scores: Scores, sample: Sample, answer: Answer) -> None:
    counts = scores.counts
    if sample.text is not None:
        scores.shares.append(shares(sample.text, answer.text))
    whole = _folded(f"{answer.title} {answer.text}")
    for name, lines in (("wanted", sample.wanted), ("unwanted", sample.unwanted)):
        counts[name] += len(lines)
        counts[f"{name} kept"] += sum(_folded(line) in whole for line in lines)
    for name, true, found in (
        ("headline", sample.title, any(_alike(one, answer.title) for one in _titles(sample.title))),
        ("byline", sample.byline, _people(sample.byline) == _people(answer.byline)),
        ("date", sample.date, sample.date == answer.date),
    ):
        counts[f"{name}s"] += bool(true)
        counts[name] += bool(true) and found
    counts["refused"] += answer.pieces == 0
    counts["split"] += answer.pieces > 1
    counts["held"] += answer.verdict != "editorial"


def _folded(text: str) -> str:
    return " ".join(text.split())


def _alike(true: str, found: str) -> bool:
    one, other = (" ".join(_TOKEN.findall(text.casefold())) for text in (true, found))
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _titles(true: str) -> list[str]:
    """A title, and each beginning of it that a name may follow."""
    return [true, *(true[: cut.start()] for cut in _NAME_BEHIND.finditer(true) if cut.start() > 0)]


def _people(written: str) -> list[str]:
    names = _DATED.sub(" ", _LEAD_IN.sub("", written)).casefold()
    return sorted(_TOKEN.findall(names))


def report(name: str, samples: Sequence[Sample]) -> None:
    print(f"\n{name}: {len(samples)} pages")
    print(
        "| reader | F1 | precision | recall | headline | byline | date | refused | split | held | ms | worst s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for reader, read in installed().items():
        scores = measure(samples, read)
        counts = scores.counts
        body = f1(scores.shares) if scores.shares else _snippets(counts)
        told = " | ".join(f"{figure:.3f}" for figure in body)
        fields = " | ".join(
            f"{counts[field]}/{counts[f'{field}s']}" for field in ("headline", "byline", "date")
        )
        pages = " | ".join(str(counts[field]) for field in ("refused", "split", "held"))
        cpu = f"{statistics.mean(scores.seconds) * 1000:.1f} | {max(scores.seconds):.2f}"
        broke = "".join(f" ({what} {n}x)" for what, n in counts.items() if what.startswith("broke"))
        print(f"| {reader}{broke} | {told} | {fields} | {pages} | {cpu} |", flush=True)


def _snippets(counts: Counter[str]) -> tuple[float, float, float]:
    """Of lines that belong to the text, and of others."""
    kept = counts["wanted kept"]
    precision = kept / max(1, kept + counts["unwanted kept"])
    recall = kept / max(1, counts["wanted"])
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    logging.disable(logging.CRITICAL)
    folder = Path(sys.argv[1])
    places = [folder, *(path for path in sorted(folder.iterdir()) if path.is_dir())]
    found = [
        (name, read, place)
        for name, (mark, read) in CORPORA.items()
        for place in places
        if (place / mark).exists()
    ]
    if not found:
        sys.exit(f"{folder} holds no checkout of {', '.join(CORPORA)}; clone one of them into it.")
    trafilatura(b"<html><body><p>Warm up.</p></body></html>")
    for name, read, place in found:
        report(name, list(read(place)))


if __name__ == "__main__":
    main()
