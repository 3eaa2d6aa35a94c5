"""What guards every public page: what browsers may do with it, how much it reads."""

import asyncio
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from briefing.web.multipart import multipart_fields

#: Pages of our own: one style sheet, the icon of the tab, forms that lead here, nothing else.
STRICT = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
#: Links may open a tab of their own, which is then as free as any other.
_SANDBOX = "; sandbox allow-popups allow-popups-to-escape-sandbox"
#: Our own pages next to editions.
STRICT_SANDBOX = STRICT + _SANDBOX
#: An edition: what came in from outside may look as it likes and do nothing, not even count views.
EDITION = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; "
    "frame-ancestors 'none'; base-uri 'none'" + _SANDBOX
)
#: Of every response that does not set them itself.
HEADERS = {
    "Content-Security-Policy": STRICT,
    # A reader's link must not travel to the next site.
    "Referrer-Policy": "no-referrer",
}
#: Bytes; the largest form of these pages has a few hundred.
LARGEST_BODY = 64 * 1024
_BODY_WITHIN = 20.0
#: Bytes in a second that a large form may take at least: a phone's way up.
_SLOWEST = 500_000


#: The field that says that a form is larger than it may be, and only its beginning is here.
CUT = "cut"


async def read_body(request: Request, largest: int = LARGEST_BODY) -> bytes:
    """The body, unless it is too large or comes too slowly."""
    body, is_whole = await _read_beginning(request, largest)
    if not is_whole:
        raise HTTPException(413)
    return body


async def _read_beginning(request: Request, largest: int) -> tuple[bytes, bool]:
    """So many bytes of the body at most, and whether that is all.

    What is a little too large is read to its end and dropped: a sender that is cut off while it
    speaks does not hear why.
    """
    body, length = bytearray(), 0
    try:
        async with asyncio.timeout(max(_BODY_WITHIN, largest / _SLOWEST)):
            async for piece in request.stream():
                length += len(piece)
                body += piece[: max(0, largest - len(body))]
                if length > 16 * largest:
                    break
    except TimeoutError as error:
        raise HTTPException(408) from error
    return bytes(body), length <= largest


async def read_form(
    request: Request, most: int = 20, largest: int = LARGEST_BODY
) -> dict[str, str]:
    """The fields of a form, so many at most; of a name that is there twice, the last.

    A file comes as base64; see `multipart_fields`. Of a form with a file that is too large the fields before
    it are given, and `CUT` among them: whoever asked can then say so and lose nothing that was typed.
    """
    kind = request.headers.get("content-type", "")
    has_files = kind.startswith("multipart/")
    body, is_whole = await _read_beginning(request, largest)
    if not (is_whole or has_files):
        raise HTTPException(413)
    try:
        if has_files:
            fields = multipart_fields(body, kind, most, is_cut=not is_whole)
            return fields if is_whole else fields | {CUT: "yes"}
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most))
    except ValueError as error:
        raise HTTPException(400) from error
