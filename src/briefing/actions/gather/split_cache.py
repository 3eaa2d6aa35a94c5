"""Pages that were split before: the same page, read the same way by the same code, has the same pieces.

A house reads its folders and feeds again for each draft, and most pages are those of the last time. To split a
page takes a process with limits and some hundred patterns; to read its pieces again takes neither.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from briefing.actions.event_loop import in_plain_loop
from briefing.actions.last_results import fingerprint, folder_fingerprint
from briefing.articles.split_in_sandbox import SplitTask, pieces, split_confined
from briefing.errors import PageRefused, StoreError
from briefing.model.article import Article
from briefing.store import write_whole

#: What became of a page: its pieces, or the sentence that refuses it.
Split = tuple[Article, ...] | PageRefused

#: Rooms whose code decides what the pieces of a page are.
_READERS = ("articles", "languages", "model", "sandbox")
#: Seconds after which pieces that nobody asked for are forgotten.
_OLD = 30 * 24 * 3600


def split_again(
    tasks: Sequence[SplitTask], now: datetime, folder: Path | None
) -> tuple[Split, ...]:
    """What `split_confined` says of each page, in order; only pages that are new or changed are split.

    Args:
        tasks: the pages, and how each is read.
        now: aware; its day is part of what a page gives, because dates to come are not believed.
        folder: where pieces are kept from run to run; None keeps none. What cannot be kept is split
            again the next time.
    """
    if folder is None:
        return _confined(tasks, now)
    files = [folder / _key(task, now) for task in tasks]
    kept = [_kept(file) for file in files]
    fresh = iter(
        _confined([task for task, one in zip(tasks, kept, strict=True) if one is None], now)
    )
    found = tuple(next(fresh) if one is None else one for one in kept)
    new = [(file, one) for file, was, one in zip(files, kept, found, strict=True) if was is None]
    _keep(folder, new, now)
    return found


def _confined(tasks: Sequence[SplitTask], now: datetime) -> tuple[Split, ...]:
    return in_plain_loop(lambda: split_confined(tasks, now)) if tasks else ()


def _kept(file: Path) -> tuple[Article, ...] | None:
    try:
        found = pieces().validate_json(file.read_bytes())
        # Asked for just now: see `_OLD`.
        os.utime(file)
    except (OSError, ValidationError):
        return None
    return found


def _keep(folder: Path, new: Sequence[tuple[Path, Split]], now: datetime) -> None:
    # A refusal may be for want of time or memory, so the page is read again.
    whole = [(file, one) for file, one in new if not isinstance(one, PageRefused)]
    with suppress(StoreError, OSError):
        for file, articles in whole:
            write_whole(file, pieces().dump_json(articles), mode=0o600)
        if whole:
            _forget_old(folder, now.timestamp() - _OLD)


def _forget_old(folder: Path, before: float) -> None:
    for file in folder.iterdir():
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)


def _key(task: SplitTask, now: datetime) -> str:
    words = folder_fingerprint(Path(task.vocabulary)) if task.vocabulary else ""
    return f"{fingerprint(_READERS, words, now.date(), task)}.json"
