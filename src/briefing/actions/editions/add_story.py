"""Adding: a pasted address, a text or a dropped file becomes traced pieces of an edition."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.actions.context import Desk
from briefing.actions.editions.digest_again import digest_afresh
from briefing.actions.editions.edit import Sheet, change, sheet
from briefing.actions.editions.sponsor_rulings import ruled, rulings_of
from briefing.actions.gather.gather import SplitPage, split_afresh
from briefing.actions.gather.read_sources import reach
from briefing.actions.manifests.keep_manifest import record_pages
from briefing.articles.files.folder import read_pages
from briefing.editions import event_id, item_of
from briefing.errors import EditionError, PageRefused, SourceError
from briefing.model.article import BEFORE, Article
from briefing.model.change import Add
from briefing.model.edition import Edition, Item
from briefing.model.page import Page

#: The most bytes that are taken: of a page, as of a file.
LARGEST = 5 * 1024 * 1024
#: Seconds on the clock for an address.
_PATIENCE = 15.0
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
#: As browsers show an address, and as people write one: without its scheme.
_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?", re.IGNORECASE)
#: Any other scheme (RFC 3986, section 3.1); a story is more than one word.
_OTHER_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S*", re.IGNORECASE)


def add_written(desk: Desk, edition_id: str, written: str, *, seen: int, actor: str) -> Sheet:
    """Add what stands at an address, or a text as it was pasted, to an edition.

    Args:
        desk: the desk.
        edition_id: which edition.
        written: one address, with its http:// or https:// or without, or else the text itself.
        seen: the version that the person saw.
        actor: who adds it.

    Raises:
        EditionError: when nothing was written, or an address that is neither http nor https; when no
            story is in it, the edition has it already, or its letters have begun to leave.
        SourceError: when the address does not answer, is inside the network, or is too large.
        PageRefused: when what is there cannot be read.
    """
    words = written.strip()
    if not words:
        raise EditionError("Paste an address or a text first; the field was empty.")
    if address := _address(words):
        pages: Sequence[Page] = (_at(desk, address),)
        called = address
    else:
        pages = (Page(name="pasted", body=words.encode(), fetched_at=desk.clock()),)
        called = "What you pasted"
    return add_pages(desk, edition_id, pages, seen=seen, actor=actor, called=called)


def add_file(
    desk: Desk, edition_id: str, name: str, body: bytes, *, seen: int, actor: str
) -> Sheet:
    """Add the stories of a file: a page, a text, a letter or a saved feed.

    Args:
        desk: the desk.
        edition_id: which edition.
        name: the file's own name; its ending says what it is.
        body: its bytes.
        seen: the version that the person saw.
        actor: who adds it.

    Raises:
        EditionError, PageRefused: as `add_written`.
    """
    if len(body) > LARGEST:
        raise EditionError(
            f"{name} has {len(body):,} bytes; {LARGEST:,} is the most. Paste its text instead."
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"dropped{Path(name).suffix[:8]}"
        path.write_bytes(body)
        (found,) = read_pages((path,))
    refused = [one for one in found if isinstance(one, PageRefused)]
    pages = [replace(one, fetched_at=desk.clock()) for one in found if isinstance(one, Page)]
    if refused and not pages:
        raise refused[0]
    return add_pages(desk, edition_id, pages, seen=seen, actor=actor, called=name)


def _address(words: str) -> str:
    """The address that somebody pasted, with its scheme; empty where it is a text."""
    if _ADDRESS.fullmatch(words):
        return words
    if _BARE_ADDRESS.fullmatch(words):
        return f"https://{words}"
    if _OTHER_ADDRESS.fullmatch(words):
        raise EditionError(
            f"{words[:60]!r} cannot be read: an address begins with http:// or https:// and names a "
            "site. Or paste the text of the story."
        )
    return ""


def _at(desk: Desk, address: str) -> Page:
    try:
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            return runner.run(_fetched(desk, address))
    except SourceError as error:
        raise SourceError(f"{address}: {error}. Or paste its text instead.") from error


async def _fetched(desk: Desk, address: str) -> Page:
    # What asks the network is not needed by most of what this module does.
    from briefing.articles.files.web_page import web_page  # noqa: PLC0415
    from briefing.fetching.fetcher import Ask, Fetcher  # noqa: PLC0415

    async with Fetcher(reach(desk.config)) as fetcher:
        # A person asks for this one page; robots.txt speaks to programs that go by themselves.
        found = await fetcher.get(Ask(url=address, seconds=_PATIENCE, largest=LARGEST))
    if not found.body:
        raise SourceError("answered with nothing")
    return replace(web_page(found, ""), fetched_at=desk.clock())


def add_pages(
    desk: Desk,
    edition_id: str,
    pages: Sequence[Page],
    *,
    seen: int,
    actor: str,
    called: str = "The page",
) -> Sheet:
    """Add the stories of pages to an edition.

    Args:
        desk: the desk.
        edition_id: which edition.
        pages: what was read.
        seen: the version that the person saw.
        actor: who adds them.
        called: what a sentence calls the pages where no story is in them.

    Raises:
        EditionError: when no story is in them, the edition has it already, or its letters have begun
            to leave.
    """
    edition = sheet(desk, edition_id).edition
    named = [replace(page, name=_name(page)) for page in pages]
    split = split_afresh(ruled(desk, rulings_of(desk)), named, desk.clock())
    articles = [article for page in split for article in page.articles]
    if not articles:
        raise EditionError(_nothing(split, called))
    new = [one for one in articles if not one.duplicate_of and _twin(edition, one) is None]
    if not new:
        twin = _twin(edition, articles[0])
        headline = twin.headline if twin else articles[0].headline
        raise EditionError(f"{edition_id} has that story already: “{headline}”.")
    record_pages(desk, named)
    digested = digest_afresh(new, desk.config.digest)
    for why in digested.refused.values():
        raise EditionError(why)
    stories = [item_of(article, digest) for article, digest in digested.stories]
    changes = [Add(story=replace(story, event=event_id(edition_id, story.id))) for story in stories]
    return change(desk, edition_id, changes, seen=seen, actor=actor)


def add_again(desk: Desk, edition_id: str, before: Item, *, seen: int, actor: str) -> Sheet:
    """Add a story that another edition had, as its source tells it.

    Raises:
        EditionError: when the edition has it already, or its letters have begun to leave.
    """
    edition = sheet(desk, edition_id).edition
    if twin := _twin(edition, before.article):
        raise EditionError(f"{edition_id} has that story already: “{twin.headline}”.")
    # What it was to an older edition is not said of this one.
    flags = tuple(one for one in before.article.flags if not one.startswith(BEFORE))
    article = replace(before.article, flags=flags, duplicate_of=None, seen_in=())
    event = before.event or event_id(edition_id, before.id)
    story = replace(item_of(article, before.digest), event=event)
    return change(desk, edition_id, [Add(story=story)], seen=seen, actor=actor)


def _name(page: Page) -> str:
    """A name by the content, so that the same page is the same pieces."""
    return f"added-{sha256(page.body).hexdigest()[:10]}"


def _twin(edition: Edition, article: Article) -> Item | None:
    """The edition's piece with the same id or the same words, in whatever block it stands."""
    for item in (*edition.items, *edition.sponsored, *edition.held, *edition.dropped):
        if item.id == article.id or item.article.text == article.text:
            return item
    return None


def _nothing(split: Sequence[SplitPage], called: str) -> str:
    """Why no story was found, without the names that pages have inside the program."""
    refused = [page for page in split if page.refusal]
    reasons = [(page.refusal or "").removeprefix(f"{page.name}: ") for page in refused]
    said = " ".join(reasons) or "no story was found there."
    return f"{called}: {said} Paste the text of the story instead."
