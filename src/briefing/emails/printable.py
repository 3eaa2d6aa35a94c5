"""Text from outside, freed of the characters that no mail program can print."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

#: Control characters, lone surrogates and non-characters make MJML refuse the whole edition;
#: bidi embeddings, overrides and isolates (UAX 9) can turn the text after them around;
#: U+E000 and U+E001 are our own line marks.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ue000\ue001\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
#: Spaces that may be folded. No-break spaces are not among them: they are there on purpose.
_SPACES = re.compile("[ \t-\r\x85\u2028\u2029]+")
_LINK = re.compile(r"https?://[^\s\"<>\\^`{|}]+")


def plain(text: str) -> str:
    """The text on one line, without unprintable characters, spaces folded."""
    if (
        text.isprintable() and "  " not in text
    ):  # most texts: no control, no space but the plain one
        return text.strip(" ")
    return _SPACES.sub(" ", _UNPRINTABLE.sub("", text)).strip(" ")


def web_address(*candidates: str | None) -> str:
    """The first candidate that is a public http or https address; else an empty string.

    Other schemes could run code in the reader's client, and an address with a password in it
    tells the password to every reader.
    """
    return next((found for found in candidates if found and _is_web_address(found)), "")


# A letter asks for each address several times.
@lru_cache(maxsize=4096)
def _is_web_address(text: str) -> bool:
    if not _LINK.fullmatch(text) or plain(text) != text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.hostname) and parts.netloc.isascii() and "@" not in parts.netloc
