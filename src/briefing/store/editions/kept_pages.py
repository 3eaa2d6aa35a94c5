"""Pages as they were read, each once, by the SHA-256 of its bytes: what an edition was made from.

They are files and not rows: a house's nightly copies of its database would each hold all of them.
"""

import zlib
from hashlib import sha256
from pathlib import Path

from briefing.errors import StoreError
from briefing.store.engine.atomic_write import write_whole


class KeptPages:
    """A folder of packed pages."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, body: bytes) -> None:
        """Keep the bytes of a page, unless they are there already.

        Raises:
            StoreError: when they cannot be written.
        """
        path = self._path(sha256(body).hexdigest())
        if not path.exists():
            write_whole(path, zlib.compress(body))

    def body(self, content_hash: str) -> bytes:
        """The bytes of a page.

        Raises:
            StoreError: when they are not there, or are not those that were kept.
        """
        path = self._path(content_hash)
        try:
            body = zlib.decompress(path.read_bytes())
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error.strerror}") from error
        except zlib.error as error:
            raise StoreError(f"{path} is damaged: {error}") from error
        if sha256(body).hexdigest() != content_hash:
            raise StoreError(f"{path} holds other bytes than were read then")
        return body

    def _path(self, content_hash: str) -> Path:
        return self._folder / content_hash[:2] / f"{content_hash}.z"
