"""The body of an answer, decompressed within a limit."""

import zlib
from collections.abc import AsyncIterator

from briefing.errors import SourceError

#: gzip and zlib are told apart by their first bytes.
_ANY_FRAME = 47
#: How gzip begins (RFC 1952 section 2.3.1): some servers pack a feed and say nothing of it.
_GZIP = b"\x1f\x8b\x08"
_STEP = 64 * 1024


async def read_body(parts: AsyncIterator[bytes], encoding: str, largest: int) -> bytes:
    """Join the parts as they come, decompressed.

    Never more than the limit and one step of 64 KiB is held, whatever the parts swell to.

    Raises:
        SourceError: when the body is larger, or packed in a way nobody asked for.
    """
    packing = encoding.strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise SourceError(f"packs its answer as {packing[:60]!r}, and was asked for gzip at most")
    unpack = None if packing in ("", "identity") else zlib.decompressobj(_ANY_FRAME)
    body = bytearray()
    async for part in parts:
        if unpack is None and not body and part.startswith(_GZIP):
            unpack = zlib.decompressobj(_ANY_FRAME)
        if unpack is None:
            body += part
        else:
            _unpack(unpack, part, body, largest)
        if len(body) > largest:
            raise SourceError(f"sends more than the {largest:,} bytes that it may")
    if unpack is not None and not unpack.eof:
        raise SourceError("broke off in the middle of its packed answer")
    return bytes(body)


def _unpack(unpack: "zlib._Decompress", part: bytes, body: bytearray, largest: int) -> None:
    while part and len(body) <= largest and not unpack.eof:
        try:
            body += unpack.decompress(part, _STEP)
        except zlib.error as error:
            raise SourceError(f"says that its answer is packed, and it is not: {error}") from error
        part = unpack.unconsumed_tail
