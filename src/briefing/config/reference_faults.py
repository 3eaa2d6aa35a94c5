"""Faults of reference: names that lead nowhere, folders that are not there."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from briefing.clock import time_zone, time_zone_names
from briefing.config.models import design_folder
from briefing.config.sending import TRANSPORTS
from briefing.config.shape_faults import unknown
from briefing.config.toml_source import Key, RawConfig
from briefing.digests.settings import ENGINE_NAMES, OLD_NAMES
from briefing.errors import why
from briefing.model.edition import BlockKind
from briefing.schedules import Schedule, read_hours, refuse_unknown_place

Fault = tuple[Key, str]


#: It is kept between semicolons, and stands in a form.
_TOPIC = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
#: Enough of an address to see that it is one; what a mailbox may be called is its host's to say.
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
#: What does not stand next to another key of a schedule.
_TOGETHER = (
    ("cron", "at", "says the hour a second time; keep either at and days, or cron"),
    ("days", "cron", "does not go with cron, which names the days itself; keep one"),
    ("every", "cron", "does not go with cron, which names the days itself; keep one"),
    ("every", "days", "names the days a second time; keep either days or every"),
)


#: Files and folders that are left out where nothing stands.
_FILES: tuple[tuple[Key, str], ...] = (
    (("vocabulary", "path"), "folder"),
    (("desk", "cert_file"), "file"),
    (("desk", "key_file"), "file"),
    (("desk", "openid", "secret_file"), "secret"),
)


#: Tables of tables that hold a secret each.
_HOOKS = (("webhooks",), ("bounces", "hooks"))


def dangling(raw: RawConfig) -> Iterator[Fault]:
    """Each name, folder or file that is not there, as its place and what could stand there."""
    yield from _name(raw, ("digest", "engine"), "engine", (*ENGINE_NAMES, *OLD_NAMES))
    yield from _name(raw, ("send", "transport"), "transport", TRANSPORTS)
    yield from _words(raw)
    yield from _address(raw, ("send", "from", "email"))
    yield from _address(raw, ("send", "reply_to", "email"))
    yield from _files(raw)
    for briefing, _ in raw.tables("briefings"):
        yield from _briefing(raw, ("briefings", briefing))
    for name, _ in raw.tables("sources"):
        yield from _path(raw, ("sources", name, "path"), "folder")
    for name, _ in raw.tables("lists"):
        yield from _path(raw, ("lists", name, "path"), "file")
        yield from _topics(raw, ("lists", name, "topics"))


def _files(raw: RawConfig) -> Iterator[Fault]:
    """Keys, certificates and secrets that are not there."""
    yield from _path(raw, ("send", "smtp", "password_file"), "secret")
    yield from _path(raw, ("send", "smtp", "ca_file"), "file")
    dkim = raw.get("send", "dkim")
    for index in range(len(dkim) if isinstance(dkim, list) else 0):
        yield from _path(raw, ("send", "dkim", index, "key_file"), "file")
    hooks = [
        (*table, str(hook), "secret_file") for table in _HOOKS for hook in _keys(raw.get(*table))
    ]
    for place, noun in (*_FILES, *((hook, "secret") for hook in hooks)):
        if raw.get(*place):
            yield from _path(raw, place, noun)


def _keys(table: object) -> Iterable[object]:
    return table if isinstance(table, dict) else ()


def _topics(raw: RawConfig, table: Key) -> Iterator[Fault]:
    """Topics that no story could be of, or whose key cannot be kept."""
    topics = raw.get(*table)
    known = [name for name, _ in raw.tables("sources")]
    for key, topic in topics.items() if isinstance(topics, dict) else ():
        if not _TOPIC.fullmatch(key):
            sentence = "is not a topic's key: use small letters, digits and -, as in local-news"
            yield (*table, key), sentence
        if not isinstance(topic, dict):
            continue
        if not topic.get("sections") and not topic.get("sources"):
            sentence = 'names no sections and no sources, so no story is of it; add sections = ["Politics"]'
            yield (*table, key), sentence
        sources = topic.get("sources")
        for index in range(len(sources) if isinstance(sources, list) else 0):
            yield from _name(raw, (*table, key, "sources", index), "source", known)


def _briefing(raw: RawConfig, table: Key) -> Iterator[Fault]:
    zone = raw.get(*table, "time_zone")
    if isinstance(zone, str) and not _is_zone(zone):
        yield (*table, "time_zone"), unknown("time zone", zone, _places())
    yield from _name(raw, (*table, "list"), "list", [name for name, _ in raw.tables("lists")])
    sources = raw.get(*table, "sources")
    for index in range(len(sources) if isinstance(sources, list) else 0):
        known = [name for name, _ in raw.tables("sources")]
        yield from _name(raw, (*table, "sources", index), "source", known)
    yield from _design(raw, (*table, "template"))
    yield from _blocks(raw, (*table, "blocks"))
    yield from _schedule(raw, table)
    least, most = raw.get(*table, "min_items"), raw.get(*table, "max_items")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield (*table, "min_items"), f"is more than max_items = {most}, so no edition could be made"


def _design(raw: RawConfig, key: Key) -> Iterator[Fault]:
    design = raw.get(*key)
    if not isinstance(design, str):
        return
    folder = design_folder(raw.home, design)
    try:
        if folder.is_dir():
            next(folder.iterdir(), None)
            return
    except OSError as error:
        yield key, f"{folder} cannot be read: {why(error)}; correct who may read it"
        return
    own = raw.home / "templates" / "email" / design
    yield key, f"there is no folder {own}; make it or name another design"


def _blocks(raw: RawConfig, key: Key) -> Iterator[Fault]:
    """Standing blocks whose words come from nowhere, or whose name another block has."""
    blocks, taken = raw.get(*key), {str(kind) for kind in BlockKind}
    feeds = [
        name for name, _ in raw.tables("sources") if raw.get("sources", name, "kind") == "feed"
    ]
    for index in range(len(blocks) if isinstance(blocks, list) else 0):
        name, file, feed = (raw.get(*key, index, each) for each in ("name", "file", "feed"))
        if bool(file) == bool(feed):
            yield (*key, index, "name"), "names no file and no feed, or both; give one of them"
        if str(name) in taken:
            yield (*key, index, "name"), f"{name!r} is another block already; choose another name"
        taken.add(str(name))
        yield from _name(raw, (*key, index, "feed"), "feed", feeds)
        if isinstance(file, str) and "%" not in file:
            yield from _path(raw, (*key, index, "file"), "file")


@cache
def _places() -> list[str]:
    """The zones that are offered: places and UTC. Etc/GMT+2 is two hours behind UTC, which nobody means by it."""
    names = time_zone_names()
    return [
        name for name in names if name == "UTC" or ("/" in name and not name.startswith("Etc/"))
    ]


def _is_zone(name: str) -> bool:
    """True for what `available_timezones` names; to ask that reads a thousand files."""
    if name.startswith(("posix", "right/")):
        return False
    try:
        return bool(time_zone(name))
    except (KeyError, OSError, ValueError):
        return False


def _schedule(raw: RawConfig, table: Key) -> Iterator[Fault]:
    """A schedule that is not one, with the key it stands at."""
    at, cron, days, every = (raw.get(*table, name) for name in ("at", "cron", "days", "every"))
    zone = raw.get(*table, "time_zone")
    zone = zone if isinstance(zone, str) and _is_zone(zone) else "Europe/London"
    place = raw.get(*table, "holidays_of")
    yield from _refused((*table, "holidays_of"), place or None, refuse_unknown_place)
    yield from _refused((*table, "cron"), cron, lambda written: Schedule.cron(written, zone))
    written = at if isinstance(at, list) else [at]
    hours = [hour for hour in written if isinstance(hour, str)]
    if len(hours) == len(written):
        yield from _refused((*table, "at"), " ".join(hours), lambda _: read_hours(hours))
    yield from _refused((*table, "days"), days, lambda said: Schedule.daily("12:00", said, zone))
    yield from _refused((*table, "every"), every, lambda said: Schedule.said(said, "12:00", zone))
    named = {name for name in ("at", "cron", "days", "every") if raw.get(*table, name) is not None}
    yield from (
        ((*table, key), sentence)
        for key, other, sentence in _TOGETHER
        if key in named and other in named
    )
    if named in ({"days"}, {"every"}):
        key = (*table, *named)
        yield key, 'names no hour, so nothing would be sent; add at = "06:30"'
    if (
        isinstance(every, str)
        and "holidays" in every
        and not (place or raw.get(*table, "holidays"))
    ):
        sentence = 'leaves out holidays and nothing says which; add holidays_of = "GB", or holidays'
        yield (*table, "every"), sentence


def _refused(key: Key, written: object, read: Callable[[Any], object]) -> Iterator[Fault]:
    """What a reader of a value has against it; of another type it is named elsewhere."""
    try:
        if isinstance(written, str):
            read(written)
    except ValueError as error:
        yield key, str(error)


def _name(raw: RawConfig, key: Key, noun: str, known: Iterable[str]) -> Iterator[Fault]:
    value = raw.get(*key)
    if isinstance(value, str) and value not in known:
        yield key, unknown(noun, value, known)


def _address(raw: RawConfig, key: Key) -> Iterator[Fault]:
    value = raw.get(*key)
    if isinstance(value, str) and not _ADDRESS.fullmatch(value):
        yield key, 'is not an address; write it as "desk@example.org"'


def _path(raw: RawConfig, key: Key, noun: str) -> Iterator[Fault]:
    written = raw.get(*key)
    if not isinstance(written, str):
        return
    path = raw.home / Path(written).expanduser()
    kind = "folder" if noun == "folder" else "file"
    try:
        if not (path.is_dir() if noun == "folder" else path.is_file()):
            yield key, f"there is no {kind} {path}; make it or correct the path"
        elif noun == "secret":
            path.read_text("utf-8")
        elif noun == "file":
            path.open("rb").close()
        else:
            next(path.iterdir(), None)
    except (OSError, UnicodeDecodeError) as error:
        yield key, f"{path} cannot be read: {why(error)}; correct the {kind} or who may read it"


def _words(raw: RawConfig) -> Iterator[Fault]:
    match raw.get("digest", "words"):
        case [int(least), int(most)] if not 0 < least <= most:
            yield ("digest", "words"), "must be two numbers above 0, the smaller first"
    sentences = raw.get("digest", "sentences")
    if isinstance(sentences, int) and sentences < 1:
        yield ("digest", "sentences"), "must be 1 or more"
