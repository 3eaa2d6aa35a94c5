"""A Maildir or an mbox → reports."""

import logging
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from mailbox import Maildir, mbox
from pathlib import Path

from briefing.errors import SendError
from briefing.sends.bounces.attached_report import LARGEST
from briefing.sends.bounces.report import read_report
from briefing.sends.bounces.verdict import Kind, Report

_LOG = logging.getLogger("briefing.bounces")


def read_mailbox(
    path: Path, key: bytes, seen: set[str] | None = None
) -> Iterator[tuple[Report, bytes]]:
    """Read the messages of a Maildir or mbox; nothing in it is changed.

    Args:
        path: a folder with `cur` and `new`, or an mbox file.
        key: what Message-IDs and return paths were made with.
        seen: marks of what was read before and is left out; what is read now joins them once whoever reads has
            done with it. An mbox has one mark, and is read whole whenever it has changed.

    Returns:
        What each says, and its bytes; of a message that is too large to read, no digest.

    Raises:
        SendError: when it is neither, or cannot be read.
    """
    seen = set() if seen is None else seen
    if path.is_dir() and (path / "new").is_dir() and (path / "cur").is_dir():
        box: Maildir | mbox = Maildir(str(path), create=False)
    elif path.is_file():
        box = mbox(str(path), create=False)
    else:
        raise SendError(
            f"{path} is not a mailbox. [bounces] mailbox must name a Maildir (a folder with cur and "
            "new) or an mbox file."
        )
    try:
        if isinstance(box, mbox):
            yield from _changed(box, path, key, seen)
            return
        names = set(box.keys())
        seen &= names
        for name in sorted(names - seen):
            content = _content(box, name)
            yield _read(content, key), content
            seen.add(name)
    except OSError as error:
        raise SendError(f"{path} cannot be read: {error.strerror or error}.") from error
    finally:
        box.close()


def _changed(box: mbox, path: Path, key: bytes, seen: set[str]) -> Iterator[tuple[Report, bytes]]:
    """Every message of an mbox that is not as it was when it was read last."""
    stands = path.stat()
    mark = f"{stands.st_size} {stands.st_mtime_ns}"
    if mark in seen:
        return
    for number in sorted(box.keys()):
        content = _content(box, number)
        yield _read(content, key), content
    seen.clear()
    seen.add(mark)


def _content(box: Maildir | mbox, name: str) -> bytes:
    with closing(box.get_file(name)) as file:
        return file.read(LARGEST + 1)


def _read(content: bytes, key: bytes) -> Report:
    """As `read_report`; a fault of ours in reading one message does not cost the others."""
    if len(content) > LARGEST:
        why = f"it is larger than {LARGEST // 1024 // 1024} MB, and stays in the mailbox alone"
        return Report(digest="", about=None, kind=Kind.UNREAD, bounce=None, detail=why)
    try:
        return read_report(content, key)
    except Exception as error:  # noqa: BLE001 - told on the log, and the message kept
        digest = sha256(content).hexdigest()
        _LOG.exception("Message %s of the bounce mailbox could not be read", digest[:16])
        why = f"reading it failed: {type(error).__name__}"
        return Report(digest=digest, about=None, kind=Kind.UNREAD, bounce=None, detail=why)
