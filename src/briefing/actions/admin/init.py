"""Making a working folder: config, templates and sample pages, ready to run and to change."""

import shutil
from datetime import datetime
from pathlib import Path

from briefing.actions.open_store import house_folder, leading, sending_alone, the_store
from briefing.config import Config
from briefing.errors import StoreError, why
from briefing.shipped import shipped
from briefing.store import Database, begin_again

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
        raise StoreError(
            f"{folder} cannot be filled: {why(error)}. Name a folder you own."
        ) from error
    return tuple(folder / part for part in _PARTS)


def begin_new_house(config: Config, now: datetime) -> tuple[Path, int]:
    """Begin again where a house's database or key is lost for good; what is left of it is put away.

    Who left stays gone, as far as the book of departures or the old database can still say.

    Returns:
        Where the remains are, and how many departures go on to count.

    Raises:
        StoreError: when somebody works with the house, or a file cannot be moved.
    """
    with leading(config), sending_alone(config):
        done = begin_again(Database(config.database_url), house_folder(config), now)
        with the_store(config, now, is_new=True):
            return done
