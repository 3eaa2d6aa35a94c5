"""Forms with files, as browsers send them without a script (RFC 7578)."""

import base64
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser

_BREAK = b"\r\n"


def multipart_fields(
    body: bytes, content_type: str, most: int, *, is_cut: bool = False
) -> dict[str, str]:
    """The fields of a form. A file comes as base64, and its own name under `name`, as our script sends both.

    Args:
        body: the whole body.
        content_type: the header, with the boundary.
        most: fields that it may have.
        is_cut: the body breaks off; what came whole counts.

    Raises:
        ValueError: when it is not such a form, breaks off, or has more fields.
    """
    fields: dict[str, str] = {}
    for number, (header, content) in enumerate(_parts(body, content_type, is_cut=is_cut), 1):
        if number > most:
            raise ValueError(f"The form has more than {most} fields.")
        said = HeaderParser().parsestr(header.decode("utf-8", "replace"))
        name = said.get_param("name", header="Content-Disposition")
        file = said.get_param("filename", header="Content-Disposition")
        if name is None:
            raise ValueError("A part of the form has no name.")
        if file is None:
            fields[str(name)] = content.decode()
        elif content:
            fields |= {str(name): base64.b64encode(content).decode(), "name": str(file)}
    return fields


def _parts(body: bytes, content_type: str, *, is_cut: bool) -> Iterator[tuple[bytes, bytes]]:
    """Header and content of each part; a boundary stands at the beginning of a line."""
    told = Message()
    told["Content-Type"] = content_type
    boundary = told.get_boundary()
    if told.get_content_type() != "multipart/form-data" or not boundary:
        raise ValueError("That is not a form with files.")
    line, whole = _BREAK + b"--" + boundary.encode("latin-1"), _BREAK + body
    begins = whole.find(line)
    while begins >= 0:
        begins += len(line)
        if whole.startswith(b"--", begins):
            return
        ends = whole.find(line, begins)
        if ends < 0 and is_cut:
            return
        header, _, content = whole[begins:ends].partition(_BREAK + _BREAK)
        yield header.strip(), content
        begins = ends
    raise ValueError("The form breaks off.")
