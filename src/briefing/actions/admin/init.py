"""Making a working folder: config, templates and sample pages, ready to run and to change."""

import shutil
from pathlib import Path

from briefing.errors import StoreError
from briefing.shipped import shipped

_PARTS = ("config.toml", "templates", "seeds")


def make_house(folder: Path) -> tuple[Path, ...]:
    """Copy the shipped config, templates and seeds into a folder.

    Returns:
        What was made.

    Raises:
        StoreError: when one of them is there already (nothing is touched then), or the folder
            cannot be written.
    """
    there = [folder / part for part in _PARTS if (folder / part).exists()]
    if there:
        raise StoreError(
            f"{there[0]} is there already and init overwrites nothing; name an empty folder."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part in _PARTS:
            source = shipped(part)
            if source.is_dir():
                shutil.copytree(source, folder / part)
            else:
                shutil.copyfile(source, folder / part)
    except OSError as error:
        raise StoreError(f"{folder} cannot be filled: {error}. Name a folder you own.") from error
    return tuple(folder / part for part in _PARTS)
