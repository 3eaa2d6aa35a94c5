"""A house with a small edition on its desk: two reports, a paid piece and one that nobody decided."""

import os
import random
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.desks import act
from tests.workers.copies import Folder

from briefing.actions import context
from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.editions.edit import Sheet, change, sheet
from briefing.actions.readers.import_list import sync_lists
from briefing.actions.rendering.render import the_email
from briefing.actions.review.approve import approve
from briefing.actions.review.readiness import readiness
from briefing.config import Config, load_config
from briefing.model.article import Verdict
from briefing.model.change import Change, Decide
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.merge_field import cut
from briefing.store import fingerprint

EDITION = "staggers-2026-11-23"
LEAD, REPORT, PAID, OPEN = "07-council-tax#0", "02-water-levy#0", "02-water-levy#1", "08-harbour#0"
SAVED = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
WORDS = (
    "ferry tariff orchard tunnel granary meadow turbine ledger customs viaduct pension tribunal "
    "harvest reservoir lantern canal foundry quarry levy mandate archive bakery causeway depot"
).split()


def pieces_of(title: str, number: int = 8) -> list[str]:
    """Sentences of a story; no two stories share a run of five words."""
    chance = random.Random(title)

    def words() -> str:
        return " ".join(chance.sample(WORDS, 5))

    return [
        f"Members of the {title} committee heard that {words()} and {words()} would cost more."
        for _ in range(number)
    ]


def story(title: str, *, label: str = "") -> str:
    """A page with one story; a label between its paragraphs makes its verdict open."""
    sentences = pieces_of(title)
    first, second = " ".join(sentences[:4]), " ".join(sentences[4:])
    between = f"\n\n{label}\n\n" if label else "\n\n"
    return f"{title} divides the assembly\n\nBy Ines Calder\n\n{first}{between}{second}\n"


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **how: float) -> None:
        self.now += timedelta(**how)


@dataclass
class Desk:
    """An open desk with short words for what the tests do again and again."""

    room: context.Desk
    clock: Clock
    folder: Path

    @property
    def sheet(self) -> Sheet:
        return sheet(self.room, EDITION)

    @property
    def edition(self) -> Edition:
        return self.sheet.edition

    def rendered(self) -> Email:
        return the_email(self.room, self.edition)

    @property
    def hash(self) -> str:
        return fingerprint(self.rendered())

    def change(self, *asked: Change, actor: str = "ada", seen: int | None = None) -> Sheet:
        stands = self.sheet.version if seen is None else seen
        return change(self.room, EDITION, asked, seen=stands, actor=actor)

    def decide(self, verdict: Verdict = Verdict.EDITORIAL, sponsor: str = "") -> Sheet:
        return self.change(Decide(item=OPEN, verdict=verdict, sponsor=sponsor, note="I asked"))

    def say(self, *, yes: bool = True, actor: str = "ada", note: str = "read", **how):
        how.setdefault("seen", readiness(self.room, self.edition).hash)
        how.setdefault("accepts_warnings", True)
        return approve(self.room, EDITION, yes=yes, actor=actor, note=note, **how)

    def rows(self, *but: str) -> list[str]:
        """Every row of every table, but for some tables."""
        return rows(self.folder, *but)


def rows(folder: Path, *but: str) -> list[str]:
    """Every row of every table of a house's store, but for some tables, and how each table is made.

    As sqlite3's own `iterdump` tells them, which takes twice as long and, of many rows, more.
    """
    with closing(sqlite3.connect(folder / "var" / "briefing.db")) as connection:
        tables = dict(connection.execute("SELECT name, sql FROM sqlite_master"))
        found = [f"{name}: {sql}" for name, sql in tables.items()]
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            if name not in but:
                told = connection.execute(f'SELECT * FROM "{name}"')
                found += [f'INSERT INTO "{name}" VALUES{row!r}' for row in told]
    return found


@cache
def _new() -> Folder:
    """What `briefing init` makes: the same in every new house."""
    with TemporaryDirectory() as folder:
        make_house(Path(folder))
        return Folder.read(Path(folder))


def new_house(
    folder: Path,
    *,
    pages: Mapping[str, str] | None = None,
    readers: Iterable[str] | None = None,
    sources: str = "",
    staggers: Mapping[str, str] | None = None,
    settings: Mapping[str, str] | None = None,
) -> Config:
    """A house as `briefing init` makes it, and its configuration; the one builder of the tests.

    `pages` (name to text) and `readers` (rows "address,name,tags") stand in place of the shipped
    ones, `sources` (the text of their tables) in place of the shipped source; `staggers` are keys
    of [briefings.staggers], `settings` variables of the environment.
    """
    _new().write(folder)
    if pages is not None:
        for page in (folder / "seeds").glob("*.txt"):
            page.unlink()
        for name, text in pages.items():
            (folder / "seeds" / name).write_text(text)
    if readers is not None:
        rows = "".join(f"{row}\n" for row in readers)
        (folder / "seeds" / "subscribers.csv").write_text(f"email,name,tags\n{rows}")
    if sources:
        path = folder / "config.toml"
        head, _, rest = path.read_text().partition("[sources.saved_pages]")
        names = re.findall(r"(?m)^\[sources\.([\w-]+)\]", sources)
        rest = f"{sources}\n[sponsors]{rest.partition('[sponsors]')[2]}"
        named = ", ".join(f'"{name}"' for name in names)
        path.write_text(head + rest.replace('["saved_pages"]', f"[{named}]"))
    keys = {
        f"BRIEFING_BRIEFINGS__STAGGERS__{key.upper()}": v for key, v in (staggers or {}).items()
    }
    return load_config(folder / "config.toml", keys | dict(settings or {}))


def make_newsroom(folder: Path) -> None:
    """A house with the edition drafted and not rendered yet."""
    new_house(
        folder, readers=("ada@example.com,Ada,", "ben@example.com,Ben,", "cy@example.com,Cy,")
    )
    seeds = folder / "seeds"
    for page in seeds.glob("*.txt"):
        if not page.name.startswith(("02", "07")):
            page.unlink()
    (seeds / "08-harbour.txt").write_text(story("Harbour Bridge", label="Sponsored content"))
    for page in seeds.glob("*.txt"):
        # Saved before the one date that a page names, so that its story leads.
        os.utime(page, (SAVED.timestamp(), SAVED.timestamp()))
    act(draft, settled(folder), "staggers", clock=Clock())


def settled(folder: Path, **settings: str):
    """The house's configuration: approval is asked for."""
    return load_config(
        folder / "config.toml", {"BRIEFING_BRIEFINGS__STAGGERS__APPROVAL": "required"} | settings
    )


@contextmanager
def opened(folder: Path, **settings: str) -> Iterator[Desk]:
    """The desk of such a house."""
    clock = Clock()
    with open_desk(settled(folder, **settings), clock) as room:
        sync_lists(room)
        yield Desk(room, clock, folder)


def same_but_for_slots(shown: str, email: Email, part: str) -> bool:
    """True when a letter's part is the email's part with something in each slot, and nothing else."""
    pieces = cut(part, email.nonce)
    pattern = "".join(re.escape(piece) if isinstance(piece, str) else "[^\n]*?" for piece in pieces)
    return re.fullmatch(pattern, shown.replace("\r\n", "\n")) is not None
