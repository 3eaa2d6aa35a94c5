"""Digesting in bulk: JSON lines in, JSON lines out, on all cores; and what is explained of it."""

import json
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from briefing.articles.files.folder import read_pages
from briefing.articles.split_page import split_page
from briefing.config import Config
from briefing.digests.make import digest_text, explain, explain_text
from briefing.digests.settings import OLD_NAMES, DigestSettings
from briefing.errors import PageRefused
from briefing.model.digest import Explained, paragraph_of

#: Records a worker is handed at a time: few enough to stream, enough to pay for the hand-over.
_BATCH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article of the input."""

    id: str | int
    text: str
    title: str | None = None
    language: str | None = None


_RECORD = TypeAdapter(Record)


#: A headline, and each sentence below it.
Explanation = tuple[str, tuple[Explained, ...]]


class BadRecord(str):
    """A line of the input that could not be digested, as a sentence."""

    __slots__ = ()


def digest_lines(lines: Iterable[str], settings: DigestSettings) -> Iterator[str]:
    """Digest records one line each, in the order they came.

    Args:
        lines: JSON objects `{id, title?, language?, text}`.
        settings: engine and window.

    Yields:
        `{id, summary, sentences: [{text, start, end}], engine, flags}` as one line of JSON, or a
        `BadRecord` in the place of a line that is no such object.
    """
    work = partial(_digest_batch, settings=settings)
    batches = _batches(enumerate(lines, 1))
    yield from work(next(batches, []))
    yield from _on_all_cores(work, batches)


def _batches(lines: Iterator[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    while batch := list(islice(lines, _BATCH)):
        yield batch


def _on_all_cores(
    work: "partial[list[str]]", batches: Iterator[list[tuple[int, str]]]
) -> Iterator[str]:
    """Keep every core busy while never holding more than a few batches; few records need no pool."""
    second = next(batches, None)
    if second is None:
        return
    cores = os.cpu_count() or 1
    # Spawned, not forked: a progress bar's thread may be running, and a fork would copy its locks.
    with ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: deque[Future[list[str]]] = deque([pool.submit(work, second)])
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > 3 * cores:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _digest_batch(batch: list[tuple[int, str]], settings: DigestSettings) -> list[str]:
    return [_digest_line(number, line, settings) for number, line in batch if line.strip()]


def read_record(number: int, line: str) -> Record | BadRecord:
    """One line of the input; a `BadRecord` when it is not what it should be."""
    try:
        return _RECORD.validate_json(line)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        return BadRecord(
            f"Line {number} is not a record {{id, title?, text}}: {_fault(fault)}. It was left out."
        )


def _fault(fault: ErrorDetails) -> str:
    """What is wrong with a line, without the words of whoever reads JSON."""
    if fault["type"] == "json_invalid":
        return "it is not JSON"
    if not fault["loc"]:
        return "it is not an object in { }"
    name = fault["loc"][0]
    return f"{name} {'is missing' if fault['type'] == 'missing' else 'must be text in quotation marks'}"


def _digest_line(number: int, line: str, settings: DigestSettings) -> str:
    record = read_record(number, line)
    if isinstance(record, BadRecord):
        return record
    language = record.language or "en"
    sentences, flags = digest_text(record.text, record.title or "", settings, language)
    digest = {
        "id": record.id,
        "summary": paragraph_of(sentences),
        "sentences": [{"text": s.text, "start": s.start, "end": s.end} for s in sentences],
        "engine": settings.engine,
        "flags": list(flags),
    }
    return json.dumps(digest, ensure_ascii=False)


def digest_settings(config: Config | None, engine: str | None) -> DigestSettings:
    """The settings of config.toml, or the defaults without one; `engine` overrides."""
    settings = config.digest if config else DigestSettings()
    name = engine or settings.engine
    return replace(settings, engine=OLD_NAMES.get(name, name))


def explain_page(path: Path, settings: DigestSettings) -> Iterator[Explanation]:
    """Each piece of a saved page with all its sentences, their ratings and reasons.

    Raises:
        PageRefused: when the page cannot be read or holds no article.
    """
    for page in read_pages([path])[0]:
        if isinstance(page, PageRefused):
            raise page
        for article in split_page(page):
            yield article.headline, explain(article, settings)


def explain_lines(
    lines: Iterable[str], settings: DigestSettings
) -> Iterator[Explanation | BadRecord]:
    """As `explain_page`, of records as `digest_lines` takes them; a record without a title has its id."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        record = read_record(number, line)
        if isinstance(record, BadRecord):
            yield record
            continue
        title = record.title or ""
        found = explain_text(record.text, title, settings, record.language or "en")
        yield title or str(record.id), found
