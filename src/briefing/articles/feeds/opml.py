"""OPML: lists of feeds, as readers of feeds give them out and take them in (opml.org, 2.0)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from briefing.errors import SourceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list."""

    title: str
    url: str


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """The feeds of a list, folders flattened, each address once.

    Raises:
        SourceError: when it is not OPML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        tree = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError("is not OPML: it cannot be read as XML") from error
    if tree is None or etree.QName(tree).localname.lower() != "opml":
        raise SourceError("is not OPML: its outermost element must be <opml>")
    found: dict[str, Outline] = {}
    for outline in tree.iter("outline"):
        told = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        url = told.get("xmlurl", "")
        if url.startswith(("http://", "https://")):
            title = told.get("title") or told.get("text") or url
            found.setdefault(url, Outline(title=title, url=url))
    return tuple(found.values())


def write_opml(feeds: Iterable[Outline], title: str, now: datetime) -> str:
    """A list of feeds for other readers."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        etree.SubElement(
            body, "outline", type="rss", text=feed.title, title=feed.title, xmlUrl=feed.url
        )
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written.decode()
