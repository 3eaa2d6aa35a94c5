"""Standing blocks: parts of every edition that come out of a file or a feed, as config.toml names them."""

from datetime import UTC, datetime
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.gather.read_sources import SourceReader
from briefing.clock import time_zone
from briefing.config import StandingBlock
from briefing.editions.written import rows
from briefing.errors import EditionError
from briefing.model.edition import BlockKind, WrittenBlock
from briefing.model.source_record import EntryState, Seen

#: Entries that are older than this stand in no block; seconds.
_FRESH = 36 * 3600.0
#: Bytes of a file that are read at all.
_MOST = 64 * 1024
#: States of entries that were there before their source was followed, or hold no article.
_NEVER = (EntryState.PASSED, EntryState.REFUSED)


def standing_blocks(
    desk: Desk, briefing: str, slot: datetime
) -> tuple[tuple[WrittenBlock, ...], tuple[str, ...]]:
    """What stands in every edition of a briefing, and a sentence for each part that cannot be read.

    A file that is empty, or of a day that has none, and a feed without anything new leave no trace.

    Args:
        desk: the desk.
        briefing: its key in config.toml.
        slot: the local time the edition is for; its day chooses among files named by dates.
    """
    blocks, faults = list[WrittenBlock](), list[str]()
    for settings in desk.config.briefing(briefing).blocks:
        try:
            text = _text(desk, briefing, settings, slot)
        except (EditionError, OSError, UnicodeDecodeError) as error:
            faults.append(f"The block {settings.name} is left out: {_why(error)}.")
            continue
        if text:
            kind = BlockKind(settings.kind)
            origin = settings.file or settings.feed
            block = WrittenBlock(
                name=settings.name, kind=kind, text=text, title=settings.title, origin=origin
            )
            blocks.append(block)
    return tuple(blocks), tuple(faults)


def read_block_feeds(desk: Desk, briefing: str) -> None:
    """Ask the feeds that stand in a briefing's blocks and are due; those that fail keep what they gave."""
    settings = desk.config.briefing(briefing)
    feeds = [one.feed for one in settings.blocks if one.feed and one.feed not in settings.sources]
    if feeds:
        SourceReader(desk.config, desk.store, desk.clock()).read(tuple(dict.fromkeys(feeds)))


def _text(desk: Desk, briefing: str, settings: StandingBlock, slot: datetime) -> str:
    if settings.feed:
        zone = desk.config.briefing(briefing).time_zone
        shown = _newest(desk.store.entries.seen(settings.feed), slot, settings.most)
        return "\n".join(_line(entry, settings, zone) for entry in shown)
    path = desk.config.path(slot.strftime(settings.file) if settings.is_dated else settings.file)
    if settings.is_dated and not path.exists():
        return ""
    return rows(_read(path), f"{path.name}")


def _read(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_MOST).decode("utf-8-sig")


def _newest(seen: tuple[Seen, ...], slot: datetime, most: int) -> list[Seen]:
    since = slot.timestamp() - _FRESH
    fresh = [
        entry
        for entry in seen
        if entry.headline
        and (entry.moment or entry.first) >= since
        and (entry.state not in _NEVER or entry.moment)
    ]
    return sorted(fresh, key=lambda entry: -(entry.moment or entry.first))[:most]


def _line(entry: Seen, settings: StandingBlock, zone: str) -> str:
    """A headline that leads to its page; in an agenda behind its hour."""
    words = " ".join(entry.headline.replace("|", "/").split())
    for sign in "\\[]*`_":
        words = words.replace(sign, f"\\{sign}")
    is_web = entry.url.startswith(("https://", "http://")) and not set(entry.url) & set(" ()<>")
    told = f"[{words}]({entry.url})" if is_web else words
    if settings.kind != "today":
        return f"{told}\n"
    at = datetime.fromtimestamp(entry.moment or entry.first, UTC).astimezone(time_zone(zone))
    return f"{at:%H:%M} | {told}"


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename} cannot be read ({error.strerror})"
    return (
        "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"{error}".rstrip(".")
    )
