"""Bytes → text: which encoding a page is in, and what its line ends mean."""

import codecs
import re
from dataclasses import dataclass

from briefing.counted import counted
from briefing.errors import PageRefused

#: A page larger than this is not an article; it would only slow the edition down.
LARGEST = 5 * 1024 * 1024
#: Of text; of HTML, paragraphs, headings, items and cells. What takes the time is how often something is
#: looked at, so five megabytes of two-letter lines need a bound of their own. The longest article of the marked
#: pages has under two hundred; of 311 pages of two corpora the one with most has 1,755.
MOST_LINES = 6_000
_EMPTY = "the page is empty."
_NO_TEXT = "these bytes are not text; save the page as text."
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Joiners stay between letters that need them (emoji, Persian), not between Latin ones.
_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u061c\u180e\ufeff\u00ad\x00]"
    "|(?<=[A-Za-z])[\u200c\u200d]+(?=[A-Za-z])"
)
_UNSEEN = tuple(
    map(
        chr,
        (
            *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A),
            0x061C, 0x180E, 0xFEFF, 0xAD, 0,
        ),
    )
)  # fmt: skip
_LOW = bytes((*range(1, 9), 11, 12, *range(14, 32), 127))
_HIGH = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
#: UTF-8 read as Windows-1252 leaves these pairs behind.
_MOJIBAKE = re.compile("â€|Ã[\u0080-\u00bf\u0152-\u2122]|Â[\u00a0-\u00bf]")
_BYTES = {
    ord(character): byte
    for byte in range(0x80, 0xA0)
    if (character := bytes([byte]).decode("cp1252", errors="ignore"))
}
_BROKEN = "\ufffd"
#: More stray control characters than this share means that the bytes are not text.
_BINARY_SHARE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page's text with plain line ends, the encoding it was in, and what was repaired."""

    text: str
    encoding: str
    flags: tuple[str, ...] = ()


def decode(body: bytes) -> Decoded:
    r"""Read a page's bytes: a byte order mark decides, else UTF-8, else Windows-1252.

    A few broken bytes do not make UTF-8 anything else: they are shown as "�" and flagged.

    Line ends become `\n`; characters that nobody sees (zero-width space, soft hyphen, NUL) are
    dropped and no-break spaces become spaces, because both split words that belong together.

    Raises:
        PageRefused: when the bytes are empty, too many, or no text; the sentence says which.
    """
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise PageRefused(_EMPTY)
    if len(body) > LARGEST:
        raise PageRefused(
            f"the page has {len(body):,} bytes; {LARGEST:,} is the most a page may have."
        )
    text, encoding = _characters(body)
    flags = [] if encoding == "utf-8" else [f"read as {encoding}"]
    if broken := text.count(_BROKEN):
        flags.append(f"{broken} broken characters")
    repaired = _repair(text)
    if repaired != text:
        flags.append("double-encoded text repaired")
    text = without_invisible(_with_plain_ends(repaired))
    # Most pages have none, and looking for a few bytes is faster than looking at every character.
    if _has_controls(body) or encoding != "utf-8" or repaired is not text:
        if len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
            raise PageRefused(_NO_TEXT)
        text = _CONTROL.sub("", text)
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    if not text.strip():
        raise PageRefused(_EMPTY)
    return Decoded(text=text, encoding=encoding, flags=tuple(flags))


def check_lines(count: int) -> None:
    """Refuse a page of too many lines.

    Raises:
        PageRefused: with their number and the most there may be.
    """
    if count > MOST_LINES:
        raise PageRefused(
            f"the page has {counted(count, 'line')}; {MOST_LINES:,} is the most a page may have. "
            "Save the page of one article."
        )


def _has_controls(body: bytes) -> bool:
    """True for UTF-8 with control characters in it."""
    return len(body.translate(None, _LOW)) < len(body) or bool(_HIGH.search(body))


def _with_plain_ends(text: str) -> str:
    """The text with plain line ends; each kind is looked for before it is replaced."""
    for ends in ("\r\n", "\r", "\u0085", "\u2028", "\u2029"):
        if ends in text:
            text = text.replace(ends, "\n")
    return text


def without_invisible(text: str) -> str:
    """The text without characters that nobody sees and that split words for a program."""
    if text.isascii():
        return text.replace("\x00", "")
    if any(character in text for character in _UNSEEN):
        return _INVISIBLE.sub("", text)
    return text


def _characters(body: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace"), encoding
    if body.count(0) > _BINARY_SHARE * len(body):
        raise PageRefused(_NO_TEXT)
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = body.decode("utf-8", errors="replace")
    broken = text.count(_BROKEN)
    if 2 * broken < sum(character > "\x7f" for character in text):
        return text, "utf-8"
    undefined = sum(body.count(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    if undefined > _BINARY_SHARE * len(body):
        raise PageRefused(_NO_TEXT)
    return body.decode("cp1252", errors="replace"), "windows-1252"


def _repair(text: str) -> str:
    """Undo one round of "UTF-8 read as Windows-1252", and only where it undoes cleanly."""
    if not any(sign in text for sign in "âÃÂ") or not _MOJIBAKE.search(text):
        return text
    lines = []
    for line in text.split("\n"):
        try:
            misread = _MOJIBAKE.search(line)
            lines.append(_bytes(line).decode("utf-8") if misread else line)
        except UnicodeError:
            lines.append(line)
    return "\n".join(lines)


def _bytes(line: str) -> bytes:
    """The bytes behind a line; browsers read the five that Windows-1252 leaves open as they are."""
    return line.translate(_BYTES).encode("latin-1")
