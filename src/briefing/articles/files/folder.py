"""Files → pages."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from briefing.articles.files.eml import mail_page
from briefing.errors import PageRefused
from briefing.model.page import Page

_MEDIA_TYPES = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".eml": "message/rfc822",
}


def read_page(path: Path, *, source: str = "") -> Page:
    """One saved page.

    Raises:
        PageRefused: when the file cannot be read, or is a letter without text.
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
    page = Page(
        name=path.stem, body=body, media_type=media_type, source=source, fetched_at=saved_at
    )
    return mail_page(page) if media_type == "message/rfc822" else page


def read_folder(folder: Path, *, source: str = "") -> tuple[Page | PageRefused, ...]:
    """All pages and letters of a folder in the order of their names; an unreadable one is its refusal.

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
    for path in paths:
        try:
            page = read_page(path, source=source)
            found.append(replace(page, name=path.name) if page.name in names else page)
            names.add(page.name)
        except PageRefused as refusal:
            found.append(refusal)
    return tuple(found)
