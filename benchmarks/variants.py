"""Letters a second of an edition in 16 variants, against the same edition in one.

Usage: `python -m benchmarks.variants [--readers N] [--rounds N]`. Needs Debian's package postfix for
`smtp-sink`. Two houses with the same pages and as many readers send to one sink, and take turns; in one of
them readers chose 15 sets of topics or nothing, a sixteenth each. Printed are the letters a second of each and
our CPU a letter, from the choice of variants, their rendering and checks to the last letter, in SQLite, and
the ratios of neighbours, their medians last. What variants cost before the first letter is the same for a
thousand readers and for a million.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from itertools import chain, combinations
from pathlib import Path

from benchmarks.send import settings, sink
from tests.desks import act
from tests.weeks import story

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.actions.sending.send import send_edition
from briefing.config import Config, load_config
from briefing.model.subscriber import Choice
from briefing.store import ListRow

TOPICS = ("politics", "economy", "arts", "science", "sport")
#: A sixteenth of the readers has none of these and gets the whole edition.
CHOICES = tuple(chain(combinations(TOPICS, 1), combinations(TOPICS, 2)))
_SOURCE = '[sources.{name}]\nkind = "pages"\npath = "{name}"\n'
_TOPIC = '[lists.readers.topics.{name}]\ntitle = "{name}"\nsources = ["{name}"]\n'
_BRIEFING = f"""
[briefings.staggers]
title = "The Staggers"
template = "staggers"
list = "readers"
sources = {list(TOPICS)}
max_variants = 16
""".replace("'", '"')


def house(folder: Path, port: int) -> Config:
    """A house with two pages in each of five sources, a topic each."""
    make_house(folder)
    path = folder / "config.toml"
    text = path.read_text()
    begins, ends = text.index("[sources.saved_pages]"), text.index("[fetch]")
    text = text[:begins] + "".join(_SOURCE.format(name=one) for one in TOPICS) + text[ends:]
    begins, ends = text.index("[lists.readers]"), text.index("[send]\n")
    topics = "".join(_TOPIC.format(name=one) for one in TOPICS)
    path.write_text(
        f'{text[:begins]}[lists.readers]\ntitle = "R"\n{topics}{_BRIEFING}\n{text[ends:]}'
    )
    shutil.rmtree(folder / "seeds")
    for topic in TOPICS:
        (folder / topic).mkdir()
        for number in (1, 2):
            page = story("Monday", f"{topic.title()} {number}")
            (folder / topic / f"{topic}-{number}.txt").write_text(page)
    return load_config(path, settings("", port))


def filled(config: Config, readers: int, *, chosen: bool) -> None:
    """Readers on the list, and what they chose."""
    with open_desk(config) as desk:
        names = [f"reader{number}@example.net" for number in range(readers)]
        rows = [ListRow(email=one, key=one) for one in names]
        desk.store.subscribers.add_many("readers", rows, cause="b", actor="b", now=0.0)
        numbers = [one.id for one in desk.store.subscribers.each("readers")]
        for place, topics in enumerate(CHOICES if chosen else ()):
            some = numbers[place :: len(CHOICES) + 1]
            desk.store.choices.choose(some, Choice(topics=tuple(sorted(topics))))


def rate(config: Config) -> tuple[float, float, int]:
    """Letters a second of an edition, microseconds of our CPU a letter, and in how many variants it went."""
    edition = act(draft, config, "staggers", repeat=True).edition.id
    act(render_edition, config, edition)
    start, cpu = time.perf_counter(), time.process_time()
    sent = act(send_edition, config, edition)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    forms = act(lambda desk: desk.store.mailings.forms(desk.store.mailings.get(edition)), config)
    readers = sum(sent.counts.values())
    return readers / seconds, cpu / readers * 1e6, max(1, len(forms))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--readers", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    ratios = []
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as folder, sink() as receiver:
            found = []
            for name, chosen in (("one", False), ("many", True)):
                config = house(Path(folder) / name, receiver.port)
                filled(config, given.readers, chosen=chosen)
                found.append(rate(config))
        (one, cheap, _), (many, dear, variants) = found
        ratios.append((many / one, cheap / dear))
        told = f"{one:,.0f} letters/s and {cheap:.0f} µs in one, {many:,.0f} and {dear:.0f} µs in {variants}"
        print(f"{told}: {many / one:.2f} by the clock, {cheap / dear:.2f} by CPU", flush=True)
    clock, cpu = (statistics.median(one) for one in zip(*ratios, strict=True))
    print(f"median {clock:.2f} by the clock, {cpu:.2f} by CPU")


if __name__ == "__main__":
    main()
