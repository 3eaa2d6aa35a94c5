"""Letters as `.eml` files in a folder: for trying things out, and for other programs to fetch."""

import os
import re
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from briefing.errors import TransportError
from briefing.model.delivery import Delivery, State
from briefing.model.mail import Letter
from briefing.sends.transports.base import Following, MayEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSettings:
    """Where the letters go."""

    path: Path


class FolderTransport:
    """Writes each letter to one file, whole or not at all; a second try replaces the first.

    The folder is its own connection: there is nothing to open.
    """

    connections = 1

    def __init__(self, settings: FolderSettings) -> None:
        self.folder = settings.path

    async def open(self) -> "FolderTransport":
        """Itself."""
        return self

    async def close(self) -> None:
        """Nothing is open."""

    async def post(
        self, letter: Letter, may_end: MayEnd | None = None, _following: Following | None = None
    ) -> Delivery:
        """Write one letter: see `Connection.post`.

        Raises:
            TransportError: when the folder cannot be made or written.
        """
        if may_end is not None and not await may_end:
            return Delivery(recipient=letter.recipient, state=State.SKIPPED)
        path = self.folder / _file_name(letter)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(path, letter.wire)
        except OSError as error:
            raise TransportError(
                f"{path} cannot be written: {error.strerror or error}. "
                "Give the outbox room and this user the right to write there.",
                permanent=True,
            ) from error
        return Delivery(recipient=letter.recipient, state=State.POSTED, detail=str(path))


def _file_name(letter: Letter) -> str:
    """Readable, safe on every file system, one a reader: the address and a mark of the id."""
    readable = re.sub(r"[^A-Za-z0-9.@_-]", "_", letter.recipient)[:80].lstrip(".")
    return f"{readable}.{sha256(letter.message_id.encode()).hexdigest()[:8]}.eml"


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".letter.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o600)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
