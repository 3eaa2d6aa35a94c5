"""What an address answered → a page."""

import codecs
import re
from dataclasses import replace
from hashlib import blake2b
from urllib.parse import unquote, urlsplit

from briefing.errors import SourceError
from briefing.fetching.canonical_url import canonical
from briefing.fetching.fetcher import Fetched
from briefing.model.page import Declared, Page

_KINDS = ("", "text/html", "application/xhtml+xml", "text/plain")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_SLUG = 40


def check_page(found: Fetched) -> None:
    """Make sure that an answer may be an article.

    Raises:
        SourceError: when it is empty, or neither HTML nor text.
    """
    if found.media_type not in _KINDS:
        raise SourceError(f"answers with {found.media_type!r}, which is neither HTML nor text")
    if not found.body.strip():
        raise SourceError("answers with nothing at all; look at it in a browser")


def web_page(found: Fetched, source: str, said: Declared | None = None) -> Page:
    """The page at an address."""
    known = canonical(found.url)
    mark = blake2b(known.encode(), digest_size=4).hexdigest()
    last = unquote(urlsplit(known).path).rstrip("/").rpartition("/")[2]
    words = re.sub(r"[^a-z0-9]+", "-", last.lower().rpartition(".")[0] or last.lower())
    name = "-".join(filter(None, (source, words.strip("-")[:_SLUG].strip("-"), mark)))
    declared = said or Declared()
    return Page(
        name=name,
        body=_as_utf_8(found),
        media_type=found.media_type or "text/html",
        url=found.url,
        source=source,
        declared=replace(declared, canonical_url=declared.canonical_url or known),
    )


def _as_utf_8(found: Fetched) -> bytes:
    """The body in UTF-8, marked as such, where the server names another encoding and it holds."""
    match = _CHARSET.search(found.content_type)
    try:
        name = codecs.lookup(match[1]).name if match else "utf-8"
        text = "" if name == "utf-8" else found.body.decode(name)
    except (LookupError, UnicodeError):
        return found.body
    return codecs.BOM_UTF8 + text.encode(errors="replace") if text else found.body
