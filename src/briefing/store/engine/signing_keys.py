"""The house's signing keys: made once, kept in one file that only its owner can read."""

import secrets
from pathlib import Path

from briefing.errors import StoreError
from briefing.store.engine.atomic_write import write_whole

_LENGTH = 32


def signing_keys(folder: Path) -> tuple[bytes, ...]:
    """The keys that sign readers' links, 32 bytes each, the first made on first use.

    The first line signs; those below it are old ones that still hold. To rotate, put a new line of
    64 hexadecimal digits on top; take an old one out once its links need not work any more.
    Message-IDs and suppression marks are made with the last line, because they must never change.

    Raises:
        StoreError: when the file is there and holds no keys, or cannot be read or written.
    """
    path = folder / "signing.key"
    if not path.exists():
        write_whole(path, secrets.token_hex(_LENGTH).encode() + b"\n", mode=0o600)
    try:
        keys = tuple(bytes.fromhex(line) for line in path.read_text("ascii").split())
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{path} cannot be read as signing keys: {error}. Restore it from a backup; without "
            "it, links in letters already sent stop working."
        ) from error
    if not keys or any(len(key) != _LENGTH for key in keys):
        raise StoreError(
            f"{path} must hold one key a line, {_LENGTH * 2} hexadecimal digits each; "
            "restore it from a backup."
        )
    return keys
