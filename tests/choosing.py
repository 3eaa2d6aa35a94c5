"""A house of three sources and two lists, whose readers choose, a clock in our hands, and what each gets."""

import email
import email.policy
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.weeks import story

from briefing.actions.admin.init import make_house
from briefing.actions.context import Desk, open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.readers.lists import add_reader
from briefing.actions.rendering.render import render_edition
from briefing.actions.resolve_name import the_draft
from briefing.actions.sending.deliver import Sent
from briefing.actions.sending.send import send_edition
from briefing.config import load_config
from briefing.model.edition import Edition
from briefing.model.subscriber import Choice

FRIDAY = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
TOPICS = ("politics", "economy", "arts")
_BRIEFING = """
[briefings.{name}]
title = "{title}"
template = "staggers"
list = "{list}"
sources = ["politics", "economy", "arts"]
"""


@dataclass
class Choosing:
    """Such a house, its desk open."""

    desk: Desk
    folder: Path
    clock: "Clock"

    def page(self, topic: str, title: str) -> None:
        """A story of a topic, read from now on."""
        (self.folder / topic / f"{title}.txt").write_text(story(f"{self.clock.now:%A}", title))

    def drafted(self, briefing: str = "staggers") -> Edition:
        """The edition of today, rendered."""
        name = draft(self.desk, briefing).edition.id
        render_edition(self.desk, name)
        return the_draft(self.desk, name)

    def send(self, briefing: str = "staggers") -> Sent:
        return send_edition(self.desk, self.drafted(briefing).id)

    def add(self, *names: str, to: str = "readers") -> None:
        for name in names:
            add_reader(self.desk, to, f"{name}@example.org", actor="ops")

    def choose(self, name: str, on: str = "readers", **choice: Any) -> None:
        (reader,) = self.desk.store.subscribers.find(f"{name}@example.org", on)
        self.desk.store.choices.choose([reader.id], Choice(**choice))

    def got(self, edition: str) -> dict[str, str]:
        """The plain text of each letter of an edition, by the name of its reader."""
        found = {}
        for path in (self.folder / "var" / "outbox" / edition).rglob("*.eml"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            text = message.get_body(preferencelist=("plain",)).get_content()
            found[message["To"].addresses[0].username] = text
        return found

    def titles(self, edition: str) -> dict[str, list[str]]:
        """The titles of the pages whose stories each reader got, in the order of the letter."""
        pages = [path.stem for topic in TOPICS for path in (self.folder / topic).iterdir()]
        found = {}
        for name, text in self.got(edition).items():
            places = {text.find(f"{title} divides the assembly"): title for title in pages}
            found[name] = [title for place, title in sorted(places.items()) if place >= 0]
        return found


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = FRIDAY

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **how: float) -> None:
        self.now += timedelta(**how)


@contextmanager
def choosing(folder: Path, **settings: str) -> Iterator[Choosing]:
    """The desk of such a house; settings are of the briefing `staggers`, or named whole."""
    make_house(folder)
    path = folder / "config.toml"
    text = path.read_text()
    begins = text.index("[sources.saved_pages]")
    ends = text.index("[fetch]")
    text = text[:begins] + text[ends:]
    begins, ends = text.index("[lists.readers]"), text.index("[send]\n")
    parts = [f'[sources.{one}]\nkind = "pages"\npath = "{one}"\n' for one in TOPICS]
    for name in ("readers", "evening"):
        parts.append(f'[lists.{name}]\ntitle = "{name.title()}"\n')
        parts += [
            f'[lists.{name}.topics.{one}]\ntitle = "{one.title()}"\nsources = ["{one}"]\n'
            for one in TOPICS
        ]
    parts.append(_BRIEFING.format(name="staggers", title="The Staggers", list="readers"))
    parts.append(_BRIEFING.format(name="late", title="The Late", list="evening"))
    path.write_text(text[:begins] + "\n".join(parts) + "\n" + text[ends:])
    shutil.rmtree(folder / "seeds")
    for one in TOPICS:
        (folder / one).mkdir()
    own = "BRIEFING_BRIEFINGS__STAGGERS__"
    named = {key if key.isupper() else own + key.upper(): to for key, to in settings.items()}
    clock = Clock()
    with open_desk(load_config(path, named), clock) as desk:
        yield Choosing(desk=desk, folder=folder, clock=clock)
