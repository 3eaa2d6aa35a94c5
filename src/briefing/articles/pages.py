"""Files → pages."""

from pathlib import Path

from briefing.errors import PageRefused
from briefing.model.page import Page


def read_page(path: Path, *, source: str = "") -> Page:
    """One saved page.

    Raises:
        PageRefused: when the file cannot be read.
    """
    try:
        return Page(name=path.stem, body=path.read_bytes(), source=source)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PageRefused(
            f"{path.stem}: {path} cannot be read: {reason}. Correct the name or the file's rights.",
            page=path.stem,
        ) from error


def read_folder(folder: Path, *, source: str = "") -> tuple[Page | PageRefused, ...]:
    """All `.txt` pages of a folder in the order of their names; an unreadable one is its refusal.

    Raises:
        PageRefused: when the folder itself is not there or cannot be listed.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".txt")
    except OSError as error:
        raise PageRefused(
            f"{folder} cannot be read: {error.strerror or error}. Make the folder, or correct the "
            "source's path in config.toml."
        ) from error
    found: list[Page | PageRefused] = []
    for path in paths:
        try:
            found.append(read_page(path, source=source))
        except PageRefused as refusal:
            found.append(refusal)
    return tuple(found)
