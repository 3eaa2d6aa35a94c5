"""Inputs: what decides how an edition, its email and its letters are made, besides what they are made of."""

import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from pydantic_core import to_jsonable_python

from briefing.actions.context import Desk

_PACKAGE = Path(__file__).parents[2]
#: In a requirement: the name of the package.
_NAME = re.compile(r"[\w.-]+")
#: Lines in the head of a package's metadata.
_VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)
_ASKED = re.compile(r"^Requires-Dist: *(.+)$", re.MULTILINE)
#: Digits of a hash, and characters of a value, that a sentence shows.
_DIGITS, _SHOWN = 12, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The settings, files and versions of one making."""

    #: JSON values by the names that config.toml has for them, such as `[site] name`; of secrets, hashes.
    settings: Mapping[str, object]
    #: SHA-256 of each file, by its path.
    files: Mapping[str, str]
    #: Of Python, the machine and every package that the program asks for.
    versions: Mapping[str, str]


def draft_inputs(desk: Desk, briefing_name: str) -> Inputs:
    """What decides how pages become an edition."""
    config = desk.config
    briefing, words = config.briefing(briefing_name), config.vocabulary.path
    names = ("title", "sources", "min_items", "max_items", "follow_ups")
    settings = {
        "[site] language": config.site.language,
        "[vocabulary] path": words,
        "[[sponsors.rule]]": config.sponsors.rule,
        "[digest]": config.digest,
        **{f"[briefings.{briefing_name}] {name}": getattr(briefing, name) for name in names},
    }
    for name in filter(config.sources.__contains__, briefing.sources):
        source = config.sources[name]
        for key in ("language", "remove_css", "remove_lines"):
            settings[f"[sources.{name}] {key}"] = getattr(source, key)
    return _inputs(settings, _hashes(config.path(words), words) if words else {})


def email_inputs(desk: Desk, briefing_name: str) -> Inputs:
    """What decides how an edition becomes an email."""
    config = desk.config
    design = config.briefing(briefing_name).template
    settings = {
        **{f"[site] {name}": value for name, value in config.site.model_dump().items()},
        "[sponsors] label": config.sponsors.label,
        "[public] count_clicks": config.public.count_clicks,
        f"[briefings.{briefing_name}] template": design,
    }
    return _inputs(settings, _hashes(config.design(design), f"templates/email/{design}"))


def letter_inputs(desk: Desk, list_name: str) -> Inputs:
    """What decides how an email becomes letters."""
    send = desk.config.send
    settings = {
        "[site] public_url": desk.config.site.public_url,
        "[send.sender]": send.sender,
        "[send] reply_to": send.reply_to,
        "[send] bounce_address": send.bounce_address,
        "[send] feedback_id": send.feedback_id,
        "[bounces] mailbox": desk.config.bounces.mailbox,
        "[[send.dkim]]": [f"{one.selector} of {one.domain}" for one in send.dkim],
        "The list": list_name,
        "The first line of signing.key": sha256(desk.keys[0]).hexdigest()[:_DIGITS],
        "The last line of signing.key": sha256(desk.keys[-1]).hexdigest()[:_DIGITS],
    }
    return _inputs(
        settings, {one.key_file: _hash(desk.config.path(one.key_file)) for one in send.dkim}
    )


def changes(then: Inputs, now: Inputs) -> tuple[str, ...]:
    """A sentence for each input that is not what it was."""
    return (
        *_changed(then.settings, now.settings),
        *_changed(_in_short(then.files), _in_short(now.files)),
        *_changed(then.versions, now.versions),
    )


def _changed(then: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    for name in sorted({*then, *now}):
        if name not in now:
            yield f"{name} was {_shown(then[name])}, and is not there."
        elif name not in then:
            yield f"{name} is new: {_shown(now[name])}."
        elif then[name] != now[name]:
            yield f"{name} was {_shown(then[name])}, and is {_shown(now[name])}."


def _shown(value: object) -> str:
    said = str(value) if value not in ("", None, []) else "empty"
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


def _in_short(files: Mapping[str, str]) -> dict[str, str]:
    return {path: f"SHA-256 {found[:_DIGITS]}…" for path, found in files.items()}


def _inputs(settings: Mapping[str, object], files: Mapping[str, str]) -> Inputs:
    return Inputs(
        settings=to_jsonable_python(settings), files={**files, **_code()}, versions=_versions()
    )


@cache
def _code() -> dict[str, str]:
    """The program's own files, by room: a version number does not tell two checkouts apart."""
    rooms = (path for path in _PACKAGE.iterdir() if path.is_dir() and path.name != "shipped")
    return {f"briefing/{room.name}": _hash_all(_sources(room)) for room in rooms}


def _sources(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix in (".py", ".toml"))


def _hash_all(paths: Iterable[Path]) -> str:
    return sha256("".join(f"{path.name} {_hash(path)} " for path in paths).encode()).hexdigest()


def _hashes(folder: Path, shown: str) -> dict[str, str]:
    """Each file of a folder, whose names begin with how the folder is shown."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {f"{shown}/{path.relative_to(folder).as_posix()}": _hash(path) for path in files}


def _hash(path: Path) -> str:
    """SHA-256 of a file; empty when it cannot be read, which whoever needs it says better."""
    try:
        found = path.stat()
        return _hash_as(path, found.st_mtime_ns, found.st_size, found.st_ino)
    except OSError:
        return ""


@lru_cache(maxsize=1_000)
def _hash_as(path: Path, *_as_it_is: int) -> str:
    """SHA-256 of a file as long as it has the same time, size and place on the disk."""
    return sha256(path.read_bytes()).hexdigest()


@cache
def _versions() -> dict[str, str]:
    """Of every package that this one asks for, and those they ask for, extras left out."""
    found = {
        "Python": platform.python_version(),
        "The machine": f"{platform.system()} {platform.machine()}",
    }
    names = ["briefing"]
    while names:
        name = names.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            found[name], asked = _release(name)
        except PackageNotFoundError:  # for other systems than this one
            continue
        wanted = (one for one in asked if "extra ==" not in one)
        names += [match[0] for match in map(_NAME.match, wanted) if match]
    return found


def _release(name: str) -> tuple[str, Sequence[str]]:
    """The version of a package, and what it asks for."""
    package = distribution(name)
    # The standard library parses the whole file as a mail, a book of a description too, at each question.
    head = (package.read_text("METADATA") or "").partition("\n\n")[0]
    version = _VERSION.search(head)
    if version is None:
        return package.version, package.requires or ()
    return version[1], _ASKED.findall(head)
