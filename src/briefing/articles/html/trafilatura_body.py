"""An HTML page read inside a confined process: its metadata, and the body trafilatura finds."""

from collections.abc import Mapping
from datetime import datetime

from lxml import html
from lxml.etree import ParserError

from briefing.articles.html.metadata import read_metadata

_MOST = 5_000


def read_html(body: bytes, told: Mapping[str, str]) -> dict[str, object]:
    """What a document declares and what its body is.

    Args:
        body: the document in UTF-8.
        told: `url`, which may be empty, and `now`, an aware time in ISO 8601.

    Returns:
        As JSON can hold it: see `model.page.Extract`. A document without elements has nothing.
    """
    # Half a second, and the other jobs of this process do not need it.
    from trafilatura import bare_extraction  # noqa: PLC0415, TID251
    from trafilatura.settings import Document  # noqa: PLC0415, TID251

    try:
        tree = html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    except ParserError:
        return {"paragraphs": [], "declared": {}, "origins": {}}
    found = read_metadata(tree, told["url"], datetime.fromisoformat(told["now"]))
    document = bare_extraction(
        body.decode("utf-8", errors="replace"),
        url=told["url"] or None,
        include_comments=False,
        include_tables=True,
        with_metadata=found.published is None,
        fast=True,
    )
    taken = document.as_dict() if isinstance(document, Document) else {}
    text = str(taken.get("text") or "")
    guessed = taken.get("date") if found.published is None else None
    if guessed:
        found.origins["published"] = "a guess from the page"
    declared: dict[str, object] = {
        "headline": found.headline,
        "authors": list(found.authors),
        "published": guessed or (found.published.isoformat() if found.published else None),
        "updated": found.updated.isoformat() if found.updated else None,
        "date_basis": "guessed" if guessed else found.date_basis,
        "canonical_url": found.canonical_url,
    }
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()][:_MOST]
    return {"paragraphs": paragraphs, "declared": declared, "origins": found.origins}
