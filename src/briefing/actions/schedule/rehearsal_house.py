"""The copy of the house in which a rehearsal goes on: nothing in it reaches readers or the real store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage, rmtree

from briefing.actions.context import Desk, open_desk
from briefing.actions.open_store import house_folder
from briefing.config import Config
from briefing.errors import SendError
from briefing.store import copy_for_rehearsal, room_of_copy

#: Bytes that a morning needs besides the database and its copy: letters' rows, a backup, pages of sources.
ROOM = 256 * 1024 * 1024


@contextmanager
def rehearsal_house(desk: Desk, port: int) -> Iterator[Desk]:
    """A desk over a copy of the house whose only way out is a port of this machine.

    Args:
        desk: the real one; nothing of it is changed.
        port: of the sink.

    Raises:
        StoreError: when the copy cannot be made.
    """
    folder = house_folder(desk.config) / "rehearsal"
    rmtree(folder, ignore_errors=True)
    try:
        copy_for_rehearsal(
            desk.store.database,
            house_folder(desk.config),
            folder,
            desk.clock(),
        )
        with open_desk(_config(desk.config, folder, port), desk.clock) as room:
            yield room
    finally:
        rmtree(folder, ignore_errors=True)


def _config(config: Config, folder: Path, port: int) -> Config:
    """The house's own, but for where it keeps things, whom it asks for a word, and where letters go."""
    smtp = config.send.smtp.model_copy(
        update={
            "host": "127.0.0.1",
            "port": port,
            "security": "none",
            "username": "",
            "rate": None,
            "domain_rates": {},
            "warm_up": None,
        }
    )
    retry = config.send.retry.model_copy(update={"first_wait": 0, "longest_wait": 1})
    send = {
        "transport": "smtp",
        "engine": "local",
        "on_doubt": "resend",
        "smtp": smtp,
        "retry": retry,
    }
    parts = {
        "data": config.data.model_copy(update={"path": str(folder)}),
        "database": config.database.model_copy(update={"url": ""}),
        "send": config.send.model_copy(
            update=send | {"resolver": config.send.resolver.model_copy(update={"kind": "none"})}
        ),
        "alerts": config.alerts.model_copy(update={"email": "", "webhook": ""}),
        "doctor": config.doctor.model_copy(update={"before_sending": "off"}),
        "briefings": {
            name: one.model_copy(update={"approval": "automatic"})
            for name, one in config.briefings.items()
        },
    }
    return config.model_copy(update=parts)


def refuse_full_disk(desk: Desk) -> None:
    """Let nothing be copied where the morning itself would find no room.

    Raises:
        SendError: with how much there is, and how much it takes.
    """
    folder = house_folder(desk.config)
    free, wanted = disk_usage(folder).free, room_of_copy(desk.store.database) + ROOM
    if free < wanted:
        raise SendError(
            f"{folder} has {free // 1024**2:,} MB free, and a morning may need {wanted // 1024**2:,} MB: make "
            "room, or no letter's fate can be written down."
        )
