"""A report as it is attached → its bytes, however it is packed and whatever it would grow to."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from briefing.counted import counted
from briefing.errors import SendError, why

#: Bytes of an unpacked report; a large receiver's day has about 2 MB.
LARGEST = 16 * 1024 * 1024
_GZIP, _ZIP, _ENCRYPTED = b"\x1f\x8b", b"PK\x03\x04", 1
_TOO_LARGE = f"it unpacks to more than {LARGEST // 1024 // 1024} MB"


def unpacked(content: bytes) -> bytes:
    """What is in a gzip or zip file; other bytes as they are.

    Raises:
        SendError: when it is broken, or larger than `LARGEST`; no more than that is ever unpacked.
    """
    if content.startswith(_GZIP):
        content = _of_gzip(content)
    elif content.startswith(_ZIP):
        content = _of_zip(content)
    if len(content) > LARGEST:
        raise SendError(_TOO_LARGE)
    return content


def _of_gzip(content: bytes) -> bytes:
    # RFC 1952: 16 tells zlib to expect gzip's header.
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        found = unpacking.decompress(content, LARGEST + 1)
    except zlib.error as error:
        raise SendError(f"it cannot be unpacked: {error}") from error
    if not unpacking.eof and len(found) <= LARGEST:
        raise SendError("it cannot be unpacked: its end is missing")
    return found


def _of_zip(content: bytes) -> bytes:
    try:
        with ZipFile(BytesIO(content)) as archive:
            files = [one for one in archive.infolist() if not one.is_dir()]
            if len(files) != 1:
                raise SendError(f"it holds {counted(len(files), 'file')}, and a report is one")
            only = files[0]
            if only.flag_bits & _ENCRYPTED or only.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise SendError("it is packed in a way that reports are not")
            with archive.open(only) as packed:
                return packed.read(LARGEST + 1)
    except (BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise SendError(f"it cannot be unpacked: {why(error)}") from error
