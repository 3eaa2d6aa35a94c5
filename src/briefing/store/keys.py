"""The house's signing key: made once, kept in one file that only its owner can read."""

import secrets
from pathlib import Path

from briefing.errors import StoreError
from briefing.store.files import write_whole

_LENGTH = 32


def signing_key(folder: Path) -> bytes:
    """The 32 bytes that sign readers' links and make Message-IDs, made on first use.

    Raises:
        StoreError: when the file is there and is no key, or cannot be read or written.
    """
    path = folder / "signing.key"
    if not path.exists():
        write_whole(path, secrets.token_hex(_LENGTH).encode(), mode=0o600)
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{path} cannot be read as a signing key: {error}. Restore it from a backup; without "
            "it, links in letters already sent stop working."
        ) from error
    if len(key) != _LENGTH:
        raise StoreError(
            f"{path} holds {len(key)} bytes instead of {_LENGTH}; restore it from a backup."
        )
    return key
