"""A page that a browser saved whole, in one file (MHTML, RFC 2557) → the page."""

import codecs
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import default
from urllib.parse import urlsplit

from briefing.articles.files.part_text import text_of
from briefing.errors import PageRefused
from briefing.fetching.canonical_url import canonical
from briefing.model.page import Declared, Page

_DOCUMENTS = ("text/html", "application/xhtml+xml")


def archived_page(page: Page) -> Page:
    """The document of the archive, with the address it was saved from.

    The others in it are frames, most of them of adverts. Its date is the day it was saved, and says
    nothing of the page.

    Raises:
        PageRefused: when the bytes are not an archive, or no document is in it.
    """
    try:
        archive = message_from_bytes(page.body, _class=EmailMessage, policy=default)
        documents = list(_documents(archive))
        found = _root(archive, documents)
        text = text_of(found) if found is not None else ""
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError) as error:
        raise PageRefused(
            f"{page.name}: this web archive cannot be read ({type(error).__name__}); save the page as HTML.",
            page=page.name,
        ) from error
    if found is None or not text.strip():
        raise PageRefused(
            f"{page.name}: no page is in this web archive; save the page as HTML.", page=page.name
        )
    address = _address(found) or _address(archive)
    return replace(
        page,
        body=codecs.BOM_UTF8 + text.encode(errors="replace"),
        media_type="text/html",
        url=address or None,
        declared=Declared(canonical_url=canonical(address) or None),
    )


def _documents(archive: EmailMessage) -> Iterator[MIMEPart]:
    for part in archive.walk():
        if part.get_content_type() in _DOCUMENTS:
            yield part


def _root(archive: EmailMessage, documents: list[MIMEPart]) -> MIMEPart | None:
    """The document that the archive was saved from, else its first."""
    saved = _address(archive)
    named = (part for part in documents if saved and _address(part) == saved)
    return next(named, documents[0] if documents else None)


def _address(part: MIMEPart) -> str:
    """Where a part was found on the web; files and frames without an address of their own have none."""
    said = str(part.get("snapshot-content-location") or part.get("content-location") or "")
    address = "".join(said.split())
    return address if urlsplit(address).scheme in ("http", "https") else ""
