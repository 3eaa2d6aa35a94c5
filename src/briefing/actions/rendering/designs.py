"""Designs in the making: begun from one that is there, and tried filled, empty, at their worst and long."""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from briefing.actions.context import Desk
from briefing.config import Config
from briefing.emails import EmailSettings, specimen
from briefing.emails.checks import House, Proof, check
from briefing.errors import BriefingError, TemplateError, why
from briefing.model.edition import Edition
from briefing.model.finding import Finding, Severity
from briefing.model.mail import Email
from briefing.shipped import shipped

#: SVG: shown in the place of every picture of a specimen, none of which anybody keeps.
STAND_IN = specimen.STAND_IN
#: A folder's name that is a name everywhere: in config.toml, in an address, on any disk.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_WHERE = Path("templates") / "email"
#: What a sentence quotes of a letter, and how many others are like it.
_QUOTED = re.compile(r"“[^“”]*”(?: and \d+ more)?|\b\d+ lines? (?:is|are)")
#: Stories of the longest letter that is tried.
_MANY = 40
#: What specimens are whatever the design: long subjects, addresses for examples, braces in a headline.
_OF_THE_SPECIMEN = {"subject", "link-href", "img-address", "preheader", "token-left", "size-html"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One specimen in a design: the email, or the sentence that says why there is none."""

    name: str
    email: Email | None = None
    error: str = ""
    #: What the checks do not let pass of it, the heaviest first; what only specimens do is left out.
    findings: tuple[Finding, ...] = ()


def designs(home: Path) -> list[str]:
    """The designs a house can begin from or use: its own and the shipped ones."""
    folders = (home / _WHERE, shipped("templates") / "email")
    found = (each.name for folder in folders if folder.is_dir() for each in folder.iterdir())
    return sorted({name for name in found if _NAME.fullmatch(name)})


def begin_design(home: Path, name: str, like: str) -> Path:
    """Copy a design under a new name into the house's own templates.

    Args:
        home: the folder of config.toml.
        name: small letters, figures and hyphens.
        like: the design to begin from.

    Returns:
        The new folder.

    Raises:
        TemplateError: for a name that is not one, or is taken, or where there is no such design.
    """
    folder = home / _WHERE / name
    if not _NAME.fullmatch(name):
        raise TemplateError(
            f"{name!r} is not a name for a design; write small letters, figures and hyphens, as in `{like}-2`."
        )
    if folder.exists():
        raise TemplateError(
            "is there already, and nothing is overwritten; name another.", path=folder
        )
    source = next(
        (
            each
            for each in (home / _WHERE / like, shipped("templates") / "email" / like)
            if each.is_dir()
        ),
        None,
    )
    if source is None or not _NAME.fullmatch(like):
        raise TemplateError(f"There is no design {like!r}; known: {', '.join(designs(home))}.")
    try:
        shutil.copytree(source, folder)
    except OSError as error:
        raise TemplateError(f"cannot be filled: {why(error)}.", path=folder) from error
    return folder


def try_design(desk: Desk, folder: Path) -> tuple[Trial, ...]:
    """Render every specimen in a design and ask all checks of it."""
    return tuple(
        _trial(desk.config, folder, name, edition) for name, edition in _specimens(desk.clock())
    )


def faults_of(trials: Sequence[Trial]) -> tuple[str, ...]:
    """What is wrong with a design: each fault in one sentence, with the specimens in which it was seen.

    A fault of the design shows at every story: sentences that differ only in what they quote, and in how often
    that was seen, are one, the first.
    """
    said: dict[str, list[tuple[str, str]]] = {}
    for trial in trials:
        found = [
            f"{one.severity}: {one.message} ({one.rule})"
            for one in trial.findings
            if one.severity is not Severity.INFO
        ]
        for sentence in [trial.error, *found] if trial.error else found:
            said.setdefault(_QUOTED.sub("", sentence), []).append((sentence, trial.name))
    faults = map(_told, said.values())
    return tuple(sorted(faults, key=lambda sentence: sentence.startswith(f"{Severity.WARNING}: ")))


def _told(seen: Sequence[tuple[str, str]]) -> str:
    sentences, names = (list(dict.fromkeys(column)) for column in zip(*seen, strict=True))
    others = len(sentences) - 1
    more = f" {others} more like it." if others else ""
    return f"{sentences[0]} In: {', '.join(names)}.{more}"


def state_of(folder: Path) -> str:
    """What changes when any file of a design does."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    told = ((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return sha256(repr(list(told)).encode()).hexdigest()[:16]


def _specimens(now: datetime) -> Iterator[tuple[str, Edition]]:
    yield "filled", specimen.filled(now)
    yield "empty", specimen.empty(now)
    yield "worst", specimen.worst(now)
    yield "long", specimen.filled(now, _MANY)


def _trial(config: Config, folder: Path, name: str, edition: Edition) -> Trial:
    from briefing.emails.render import render  # noqa: PLC0415 - Jinja and MJML are slow to import

    site, home = config.site, config.site.public_url.rstrip("/")
    settings = EmailSettings(
        template=folder,
        site_name=site.name,
        public_url=site.public_url,
        postal_address=site.postal_address,
        sponsor_label=config.sponsors.label,
        language=site.language,
        typography=site.typography,
        subscribe_url=f"{home}/subscribe/readers",
        archive_url=f"{home}/archive/specimen/specimen",
        made_url=f"{home}/archive/specimen/specimen/made",
        opinion_at=f"{home}/opinion/specimen",
        reply_to=config.send.sender.email,
    )
    house = House(
        sender=config.send.sender, public_url=site.public_url, postal_address=site.postal_address
    )
    try:
        email = render(edition, settings)
    except BriefingError as error:
        return Trial(name=name, error=str(error))
    found = check(Proof(email, edition, house))
    kept = tuple(each for each in found if each.rule not in _OF_THE_SPECIMEN)
    return Trial(name=name, email=email, findings=kept)
