"""Batches of rows ↔ frames between two processes, a column of good rows each.

A column is one text: it is handed over and taken apart in half the time of its values. And whoever hears the
next batch in a thread lets the others go on after each frame.
"""

import pickle
from array import array
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from briefing.errors import SubscriberError
from briefing.subscribers.list_rows import BadRow, GoodRows, RowBatch

#: Stands where good rows follow, column by column.
_FOLLOW = None


def frames_of(batch: RowBatch) -> Iterator[bytes]:
    """What `batch_heard` makes a batch of again."""
    runs = [_FOLLOW if isinstance(run, GoodRows) else run for run in batch.runs]
    yield _pickled((runs, batch.bad))
    for run in batch.runs:
        if isinstance(run, GoodRows):
            yield array("L", run.lines).tobytes()
            yield from map(_text_frame, (run.emails, run.keys, run.names))
            yield from _tag_frames(run.tags)


def last_frame(reason: str = "") -> bytes:
    """What stands where no batch follows: because there is none, or for a reason, a sentence."""
    return _pickled(reason)


def batch_heard(hear: Callable[[], bytes]) -> RowBatch | None:
    """The batch of which these are the next frames; None when there is no more.

    Raises:
        SubscriberError: with the reason for which there is no more.
    """
    said: str | tuple[list[Any], list[BadRow]] = pickle.loads(hear())  # noqa: S301 - our own process
    if isinstance(said, str):
        if said:
            raise SubscriberError(said)
        return None
    runs, bad = said
    return RowBatch([_good_rows(hear) if run is _FOLLOW else run for run in runs], bad)


def _good_rows(hear: Callable[[], bytes]) -> GoodRows:
    lines = [*array("L", hear())]
    emails, keys, names = (_texts(hear()) for _ in range(3))
    known: list[tuple[str, ...]] = pickle.loads(hear())  # noqa: S301 - our own process
    tags = [*map(known.__getitem__, array("L", hear()))]
    return GoodRows(lines, emails, keys, names, tags)


def _text_frame(values: list[str]) -> bytes:
    text = "\n".join(values)
    is_plain = text.count("\n") == len(values) - 1
    return _pickled(text if is_plain else values)


def _texts(frame: bytes) -> list[str]:
    said: str | list[str] = pickle.loads(frame)  # noqa: S301 - our own process
    return said.split("\n") if isinstance(said, str) else said


def _tag_frames(tags: list[tuple[str, ...]]) -> Iterator[bytes]:
    """Those that differ, of which a list has few, and then which of them each row has."""
    places = {value: place for place, value in enumerate(dict.fromkeys(tags))}
    yield _pickled([*places])
    yield array("L", map(places.__getitem__, tags)).tobytes()


def _pickled(what: Any) -> bytes:
    said = BytesIO()
    pickler = pickle.Pickler(said, pickle.HIGHEST_PROTOCOL)
    # Nothing is said by a sign of having been said before: to look for that takes most of the time.
    pickler.fast = True
    pickler.dump(what)
    return said.getvalue()
