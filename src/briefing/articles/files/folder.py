"""Files → pages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from briefing.errors import PageRefused
from briefing.model.page import Page

_FEED, _LETTER, _MAILBOX = "application/feed", "message/rfc822", "application/mbox"
_ARCHIVE, _HTML = "multipart/related", "text/html"
_MEDIA_TYPES = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".eml": _LETTER,
    ".mbox": _MAILBOX,
    ".mhtml": _ARCHIVE,
    ".mht": _ARCHIVE,
    ".xml": _FEED,
    ".rss": _FEED,
    ".rdf": _FEED,
    ".atom": _FEED,
    ".json": _FEED,
}
#: Files of mail's format, which hold pages.
_CARRIERS = (_LETTER, _MAILBOX, _ARCHIVE)
#: What may stand before the first element of an XML document, and that element. Each part is taken
#: whole or not at all (an atomic group): a text that begins with a line of blanks would otherwise
#: be tried at every way of cutting those blanks into twenty, which never ends.
_PROLOGUE = (
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?[^>]{0,500}>|<!--.{0,5000}?-->|<!DOCTYPE[^>]{0,500}>){0,20}+"
)
_FEED_STARTS = re.compile(
    _PROLOGUE + rb"<(?:[a-z]{1,20}:)?(?:rss|feed|rdf)\b[^>]", re.IGNORECASE | re.DOTALL
)
_HTML_STARTS = re.compile(_PROLOGUE + rb"<html\b", re.IGNORECASE | re.DOTALL)


def read_page(path: Path, *, source: str = "") -> Page:
    """One saved file as it is; a letter or a feed in it is opened by `read_pages`.

    Raises:
        PageRefused: when the file cannot be read.
    """
    try:
        media_type = _MEDIA_TYPES.get(path.suffix.lower(), "text/plain")
        saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        body = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise PageRefused(
            f"{path.stem}: {path} cannot be read: {reason}. Correct the name or the file's rights.",
            page=path.stem,
        ) from error
    return Page(
        name=path.stem,
        body=body,
        media_type=_as_it_starts(media_type, body),
        source=source,
        fetched_at=saved_at,
    )


def _as_it_starts(media_type: str, body: bytes) -> str:
    """A feed is one whatever its name says, and a web page saved as .xml is not one."""
    if media_type in _CARRIERS:
        return media_type
    if _FEED_STARTS.match(body):
        return _FEED
    return "text/html" if media_type == _FEED and _HTML_STARTS.match(body) else media_type


def read_pages(
    paths: Iterable[Path], *, source: str = ""
) -> tuple[tuple[Page | PageRefused, ...], ...]:
    """The pages of each file: a letter holds those attached to it, a mailbox and a feed hold many.

    What cannot be read is its refusal, and leaves the others be.
    """
    files = [_read(path, source) for path in paths]
    feeds = iter(_feeds([file for file in files if _is_feed(file)]))
    return tuple(next(feeds) if _is_feed(file) else _opened(file) for file in files)


def _read(path: Path, source: str) -> Page | PageRefused:
    try:
        return read_page(path, source=source)
    except PageRefused as refusal:
        return refusal


def _is_feed(file: Page | PageRefused) -> bool:
    return isinstance(file, Page) and file.media_type == _FEED


def _feeds(files: list[Page | PageRefused]) -> tuple[tuple[Page | PageRefused, ...], ...]:
    if not files:
        return ()
    # It brings what asks the network, which no other file needs.
    from briefing.articles.feeds.saved_feed import saved_feeds  # noqa: PLC0415

    return saved_feeds([file for file in files if isinstance(file, Page)])


def _opened(file: Page | PageRefused) -> tuple[Page | PageRefused, ...]:
    if isinstance(file, PageRefused) or file.media_type not in (*_CARRIERS, _HTML):
        return (file,)
    # They bring a parser of markup, which no other file needs here.
    from briefing.articles.files.eml import letter_pages  # noqa: PLC0415
    from briefing.articles.files.mbox import mailbox_pages  # noqa: PLC0415
    from briefing.articles.files.story_pages import saved_letter  # noqa: PLC0415
    from briefing.articles.files.web_archive import archived_page  # noqa: PLC0415

    try:
        if file.media_type == _HTML:
            return saved_letter(file)
        if file.media_type == _ARCHIVE:
            return (archived_page(file),)
        return letter_pages(file) if file.media_type == _LETTER else mailbox_pages(file)
    except PageRefused as refusal:
        return (refusal,)


def read_folder(folder: Path, *, source: str = "") -> tuple[Page | PageRefused, ...]:
    """All pages, letters and feeds of a folder in the order of their names; an unreadable one is its refusal.

    Where one page was saved as both, the second goes by its whole name, so that no two share ids.

    Raises:
        PageRefused: when the folder itself is not there or cannot be listed.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _MEDIA_TYPES)
    except OSError as error:
        raise PageRefused(
            f"{folder} cannot be read: {error.strerror or error}. Make the folder, or correct the "
            "source's path in config.toml."
        ) from error
    found: list[Page | PageRefused] = []
    names: set[str] = set()
    for path, pages in zip(paths, read_pages(paths, source=source), strict=True):
        found += _renamed(path, pages, names)
    return tuple(found)


def _renamed(
    path: Path, pages: tuple[Page | PageRefused, ...], names: set[str]
) -> Iterator[Page | PageRefused]:
    for page in pages:
        if not isinstance(page, Page):
            yield page
            continue
        is_taken = page.name in names
        names.add(page.name)
        name = f"{path.name}{page.name.removeprefix(path.stem)}" if is_taken else page.name
        yield replace(page, name=name)
