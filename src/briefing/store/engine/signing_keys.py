"""The house's signing keys, in one file that only its owner can read."""

import secrets
from pathlib import Path

from briefing.errors import StoreError, why
from briefing.store.engine.atomic_write import write_whole

KEY_FILE = "signing.key"
_LENGTH = 32


def make_signing_key(path: Path) -> None:
    """Write a file with one new key.

    Raises:
        StoreError: when it cannot be written.
    """
    write_whole(path, secrets.token_hex(_LENGTH).encode() + b"\n", mode=0o600)


def signing_keys(folder: Path) -> tuple[bytes, ...]:
    """The keys that sign readers' links, 32 bytes each.

    The first line signs; those below it are old ones that still hold. To rotate, put a new line of
    64 hexadecimal digits on top; take an old one out once its links need not work any more.
    Message-IDs and suppression marks are made with the last line, because they must never change.

    Raises:
        StoreError: when the file is not there, holds no keys, or cannot be read.
    """
    path = folder / KEY_FILE
    if not path.exists():
        path = path.with_suffix(".new")  # of a house whose first start is under way
    try:
        keys = tuple(bytes.fromhex(line) for line in path.read_text("ascii").split())
    except OSError as error:
        raise StoreError(
            f"{folder / KEY_FILE} cannot be read: {error.strerror}. If it is lost, bring it back "
            "from where you keep it; without it, links in letters already sent stop working."
        ) from error
    except ValueError as error:
        raise StoreError(
            f"{path} cannot be read as signing keys: {why(error)}. Bring it back from a copy; without "
            "it, links in letters already sent stop working."
        ) from error
    if not keys or any(len(key) != _LENGTH for key in keys):
        raise StoreError(
            f"{path} must hold one key a line, {_LENGTH * 2} hexadecimal digits each; "
            "bring it back from a copy."
        )
    return keys
