"""Choosing a picture: it is fetched or taken from a file, made ready for letters, kept, and put to a story."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace

from briefing.actions.context import Desk
from briefing.actions.editions.edit import Sheet, change, refuse_begun, sheet, story
from briefing.actions.event_loop import in_plain_loop
from briefing.actions.gather.read_sources import reach
from briefing.config import FeedSource, UrlsSource
from briefing.editions.pictured import described
from briefing.errors import EditionError, SourceError
from briefing.fetching.allowlist import NOWHERE
from briefing.model.change import SetPicture
from briefing.model.edition import Item, PrintedPicture
from briefing.sandbox.pool import Workers

#: Bytes of a picture that is fetched or uploaded; what photographers send has half of that.
LARGEST = 20 * 1024 * 1024
#: Seconds on the clock for an address; of computing, and megabytes, for making it ready.
_PATIENCE, _SECONDS, _MEGABYTES = 15.0, 15, 1_024


#: Which end of a picture may be kept, and how the desk asks; of a tall one the middle lies a little above.
ENDS = {
    "": "the middle",
    "top": "the top",
    "bottom": "the bottom",
    "left": "the left",
    "right": "the right",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPicture:
    """What an editor asks for: an address or a file; with neither, other words for the picture there is."""

    address: str = ""
    #: Of a file, its own name and its bytes.
    name: str = ""
    body: bytes = b""
    alt: str = ""
    credit: str = ""
    #: The end that is not cut off where its shape is another; one of `ENDS`.
    keeps: str = ""


def choose_picture(
    desk: Desk, edition_id: str, item: str, wanted: WantedPicture, *, seen: int, actor: str
) -> Sheet:
    """Put a picture to a story. Nothing is fetched before all else that can be refused was looked at.

    Args:
        desk: the desk.
        edition_id: which edition.
        item: the id of the story.
        wanted: the picture, what it shows, and whose it is.
        seen: the version that the person saw.
        actor: who asks.

    Raises:
        EditionError: when words are missing, the piece is not a report, or the edition's letters leave.
        SourceError: when the address does not answer, is inside the network, or is not a picture.
    """
    refuse_begun(desk, edition_id)
    piece = story(sheet(desk, edition_id).edition, item)
    alt, credit = described(piece, wanted.alt, wanted.credit)
    picture = replace(_made(desk, piece, wanted), alt=alt, credit=credit)
    asked = (SetPicture(item=item, picture=picture),)
    return change(desk, edition_id, asked, seen=seen, actor=actor)


def take_picture_off(desk: Desk, edition_id: str, item: str, *, seen: int, actor: str) -> Sheet:
    """Show no picture with a story. Errors as `change`."""
    asked = (SetPicture(item=item, picture=None),)
    return change(desk, edition_id, asked, seen=seen, actor=actor)


def _made(desk: Desk, item: Item, wanted: WantedPicture) -> PrintedPicture:
    address = wanted.address.strip()
    if wanted.keeps not in ENDS:
        known = ", ".join(filter(None, ENDS))
        raise EditionError(f"A picture has no end {wanted.keeps!r}; choose the middle, {known}.")
    if wanted.body:
        return _kept(desk, wanted.body, wanted.name or "The file", wanted.keeps)
    if address:
        return _kept(desk, _fetched(desk, item, address), address, wanted.keeps)
    if item.picture is None:
        raise EditionError("Choose a picture first: one of the source's, an address or a file.")
    return item.picture


def _kept(desk: Desk, body: bytes, origin: str, keeps: str) -> PrintedPicture:
    """The picture made ready and kept; no letter shows it before a change names it."""
    if len(body) > LARGEST:
        raise SourceError(
            f"{origin}: has {len(body):,} bytes, and {LARGEST:,} are the most. Make it smaller first."
        )
    try:
        answer = in_plain_loop(lambda: _recoded(body, keeps))
    except SourceError as error:
        raise SourceError(f"{origin}: {error}.") from error
    jpeg = base64.b64decode(str(answer["jpeg"]))
    return PrintedPicture(
        sha256=desk.store.pictures.keep(jpeg, desk.clock().timestamp()),
        width=int(str(answer["width"])),
        height=int(str(answer["height"])),
        size=len(jpeg),
        alt="",
        credit="",
        origin=origin,
    )


async def _recoded(body: bytes, keeps: str) -> Mapping[str, object]:
    async with Workers(at_once=1, seconds=_SECONDS, megabytes=_MEGABYTES) as workers:
        return await workers.do("picture", body, keeps=keeps)


def _fetched(desk: Desk, item: Item, address: str) -> bytes:
    try:
        return in_plain_loop(lambda: _asked(desk, item, address))
    except SourceError as error:
        raise SourceError(
            f"{address}: {error}. Choose another picture, or save this one and upload it."
        ) from error


async def _asked(desk: Desk, item: Item, address: str) -> bytes:
    # What asks the network is not needed by most of what this module does.
    from briefing.fetching.fetcher import Ask, Fetcher  # noqa: PLC0415

    is_typed = address not in {picture.url for picture in item.article.pictures}
    led_by = "" if is_typed else _led_by(desk, item)
    out = reach(desk.config)
    # A page may name any address: it leads to hosts of our own no more than its source may.
    async with Fetcher(out if is_typed or led_by else replace(out, allowed=NOWHERE)) as fetcher:
        ask = Ask(url=address, seconds=_PATIENCE, largest=LARGEST, led_by=led_by)
        found = await fetcher.get(ask)
    if not found.body:
        raise SourceError("answered with nothing")
    return found.body


def _led_by(desk: Desk, item: Item) -> str:
    """The address in config.toml that led to the story; empty where a page was saved or pasted."""
    source, address = desk.config.sources.get(item.article.source), item.article.url or ""
    if isinstance(source, FeedSource):
        return source.url
    return address if isinstance(source, UrlsSource) and address in source.urls else ""
