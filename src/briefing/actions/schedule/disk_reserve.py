"""Room on the disk that waits for the hour of a slot: kept while there is plenty, given when there is none."""

from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.open_store import house_folder
from briefing.model.subscriber import Standing
from briefing.store import give_reserve, keep_reserve


def keep_room(desk: Desk) -> None:
    """Keep as much as a morning takes; a database on another machine's disk needs none here.

    Raises:
        StoreError: when it cannot be made.
    """
    if desk.store.database.file is not None:
        counts = [desk.store.subscribers.counts(name) for name in desk.config.lists]
        most = max((count.get(Standing.ACTIVE, 0) for count in counts), default=0)
        keep_reserve(house_folder(desk.config), most)


def give_room(folder: Path) -> str:
    """Give that room up if the disk is full; a sentence for ops when it was, "" otherwise.

    Args:
        folder: the house's; on a full disk no desk may open.
    """
    if not give_reserve(folder):
        return ""
    return (
        f"The disk of {folder} is full. What was kept free for this goes to the letters of today: make "
        "room before the next edition."
    )
