"""Bytes of a message → its headers and the parts a person can read.

Anybody can write to a bounce address, so nothing here may fail: the standard library's `email`
raises on headers that end early, on unknown charsets and on bytes beyond ASCII in a returned letter
(`findings/`), and takes a letter apart that nobody has to look into. What is returned of the letter
stays bytes here.
"""

import re
from base64 import b64decode
from binascii import Error as BinasciiError
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import islice
from quopri import decodestring

#: How much of a message is read, how deep its parts may nest, and how many there may be.
LONGEST, DEEPEST, MOST_PARTS = 1_000_000, 6, 60
#: Characters of one part that are read.
LONGEST_TEXT = 60_000
_FIELD = re.compile(rb"^([!-9;-~]{1,80})[ \t]*:[ \t]*((?:[^\n]*)(?:\n[ \t]+[^\n]*)*)", re.MULTILINE)
_PARAMETER = r'%s\*?\s*=\s*(?:"([^"]*)"|([^\s;"]+))'
_BOUNDARY = re.compile(_PARAMETER % "boundary", re.IGNORECASE)
_GUESSED = re.compile(rb"^--(-{2,}[^\s]{4,68}|[^\s-][^\s]{1,69})[ \t]*$", re.MULTILINE)
_CHARSET = re.compile(_PARAMETER % "charset", re.IGNORECASE)
_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bqBQ])\?([^?\s]*)\?=(?:\s+(?==\?))?")
_TAG = re.compile(
    r"<(?:style|script|title)\b.{0,8000}?</\w{1,8}>|<[a-zA-Z/!][^>]{0,2000}>",
    re.DOTALL | re.IGNORECASE,
)
#: What a mail program quotes is marked as it is in plain text.
_QUOTED = re.compile(r"<blockquote\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/h\d|/li)\b[^>]*>", re.IGNORECASE)
#: What a returned letter stands in.
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")


class Headers:
    """The fields of one header, by lower-case name."""

    def __init__(self, head: bytes) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, value in _FIELD.findall(head):
            self._fields.setdefault(name.decode("ascii").lower(), []).append(
                " ".join(decoded(value).split())
            )

    def get(self, name: str) -> str:
        """The first field of that name; empty when there is none."""
        return self._fields.get(name, [""])[0]

    def all(self, name: str) -> list[str]:
        """All fields of that name."""
        return self._fields.get(name, [])

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    @property
    def kind(self) -> str:
        """The media type, in lower case; `text/plain` where none is named."""
        return self.get("content-type").partition(";")[0].strip().lower() or "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part that has no parts of its own."""

    headers: Headers
    #: As it was sent, still encoded.
    body: bytes

    @property
    def kind(self) -> str:
        """The media type."""
        return self.headers.kind

    @property
    def content(self) -> bytes:
        """The bytes themselves, whole."""
        return _unencoded(self.headers.get("content-transfer-encoding").lower(), self.body)

    @property
    def text(self) -> str:
        """What a person reads, lines ended by LF; HTML without its tags."""
        return _readable(self.headers, self.body)


class Mail:
    """A message, taken apart as far as its reader needs."""

    def __init__(self, content: bytes, longest: int = LONGEST) -> None:
        """Take it apart; whatever the bytes are, something comes of it."""
        #: Lines ended by LF, at most so many bytes.
        self.content = with_line_feeds(content[:longest])
        head, self.body = _cut(self.content)
        self.headers = Headers(head)
        self.parts = tuple(islice(_parts(self.headers, self.body, DEEPEST), MOST_PARTS))

    @cached_property
    def subject(self) -> str:
        """The subject in clear."""
        return _WORD.sub(_decoded_word, self.headers.get("subject"))

    @cached_property
    def text(self) -> str:
        """What a person is told: the readable parts before the returned letter."""
        told: list[str] = []
        for part in self.parts:
            if part.kind in RETURNED and told:
                break
            if part.kind.startswith("text/") and part.kind not in RETURNED:
                told.append(part.text)
        return "\n".join(told)

    def of_kind(self, *kinds: str) -> Iterator[Part]:
        """The parts of these media types."""
        return (part for part in self.parts if part.kind in kinds)


def with_line_feeds(content: bytes) -> bytes:
    """The same with one kind of line end."""
    if b"\r" in content:
        return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content


def decoded(content: bytes, charset: str = "") -> str:
    """Text in that charset; in UTF-8 or Windows-1252 where it is unknown or does not fit."""
    for name in (charset, "utf-8"):
        try:
            return content.decode(name) if name else content.decode("ascii")
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _cut(content: bytes) -> tuple[bytes, bytes]:
    if content.startswith(b"\n"):
        return b"", content[1:]
    head, found, body = content.partition(b"\n\n")
    return (head, body) if found else (content, b"")


def _parts(headers: Headers, body: bytes, deep: int) -> Iterator[Part]:
    boundary = _boundary(headers, body) if headers.kind.startswith("multipart/") and deep else b""
    found = 0
    for piece in _pieces(body, boundary) if boundary else ():
        found += 1
        if found > MOST_PARTS:
            return
        head, inner = _cut(piece)
        own = Headers(head)
        if head and not any(name.startswith("content-") for name in own):
            # Some write no header of the part at all, and begin with its words.
            own, inner = Headers(b""), piece
        yield from _parts(own, inner, deep - 1)
    if not found:
        yield Part(headers=headers, body=body)


def _boundary(headers: Headers, body: bytes) -> bytes:
    """The boundary as it is named; where the name got lost, the first line that looks like one."""
    found = _BOUNDARY.search(headers.get("content-type"))
    if found:
        return (found[1] or found[2] or "").encode("utf-8")
    guessed = _GUESSED.search(body[:4_000])
    return guessed[1] if guessed else b""


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the boundaries (RFC 2046 section 5.1.1); the last may lack its end."""
    mark = b"\n--" + boundary
    text = b"\n" + body
    start = text.find(mark)
    while start >= 0:
        start += len(mark)
        if text.startswith(b"--", start):
            return
        if text[start : start + 1] not in (b"\n", b" ", b"\t", b""):
            # Another boundary that begins with this one.
            start = text.find(mark, start)
            continue
        line = text.find(b"\n", start)
        if line < 0:
            return
        end = text.find(mark, line)
        yield text[line + 1 : end if end >= 0 else len(text)]
        start = end


def _readable(headers: Headers, body: bytes) -> str:
    body = _unencoded(headers.get("content-transfer-encoding").lower(), body[: 2 * LONGEST_TEXT])
    charset = _CHARSET.search(headers.get("content-type"))
    text = decoded(body, (charset[1] or charset[2] or "").strip() if charset else "")
    if headers.kind == "text/html":
        marked = _BREAK.sub("\n", _QUOTED.sub("\n> ", text[: LONGEST_TEXT // 2]))
        text = unescape(_TAG.sub(" ", marked))
    return text[:LONGEST_TEXT].replace("\r\n", "\n")


def _unencoded(encoding: str, body: bytes) -> bytes:
    if encoding.startswith("quoted-printable"):
        return decodestring(body)
    if encoding.startswith("base64"):
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        try:
            return b64decode(letters[: len(letters) // 4 * 4] + _padded(letters))
        except (BinasciiError, ValueError):
            return body
    return body


def _padded(letters: bytes) -> bytes:
    rest = letters[len(letters) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _decoded_word(found: re.Match[str]) -> str:
    charset, how, content = found[1], found[2].lower(), found[3].encode("utf-8", "replace")
    if how == "q":
        return decoded(decodestring(content.replace(b"_", b" ")), charset)
    return decoded(_unencoded("base64", content), charset)
