"""Real processes, again and again: two that start at once, and one whose config.toml is edited.

`make daemons` does this as often as it was promised, and prints what it saw.
"""

import os
import random
import re
import signal
import time
import urllib.request
from datetime import UTC, datetime

import pytest
from tests.faults.relay import Relay
from tests.served import ServedHouse, edited, wait_for

from briefing.actions.open_store import the_store
from briefing.config import load_config
from briefing.errors import ConfigError
from briefing.model.schedule_slot import Course

show = print  # seen with `pytest -s`
STARTS, EDITS = int(os.environ.get("STARTS", "1")), int(os.environ.get("EDITS", "12"))


@pytest.fixture
def house(tmp_path):
    with Relay(tmp_path / "mail.jsonl") as relay:
        yield ServedHouse(tmp_path / "house", relay)


def test_two_daemons_started_at_once_draft_once_and_send_once_however_often(tmp_path):
    slowest = 0.0
    for number in range(STARTS):
        with Relay(tmp_path / f"{number}.jsonl") as relay:
            house = ServedHouse(tmp_path / f"house{number}", relay)
            began = time.monotonic()
            with house.serve("one") as (one, first), house.serve("two") as (two, second):
                wait_for(lambda: house.slot() is Course.SENT)  # noqa: B023 - asked at once
                slowest = max(slowest, time.monotonic() - began)
                for process, log in ((one, first), (two, second)):
                    process.send_signal(signal.SIGTERM)
                    assert process.wait(60) == 0, log.read_text()
            with the_store(house.config, datetime.now(UTC)) as store:
                records = store.slots.newest("staggers", 9)
                (mailing,) = store.mailings.all()
                versions = store.drafts.lines(mailing.edition)
            assert len(house.letters()) == len(set(house.letters())) == 8
            assert len(records) == 2, "yesterday's and today's"
            assert len(versions) == 1, "one draft"
    show(f"{STARTS} starts of two: 0 double drafts, 0 double sends; slowest {slowest:.1f} s")


class Site:
    """The site of a house that is served, and its config.toml."""

    def __init__(self, house, log):
        self.before = 0
        self.house, self.log, self.config = house, log, house.folder / "config.toml"
        found = wait_for(lambda: re.search(r"http://127\.0\.0\.1:(\d+); Ctrl", log.read_text()))
        self.page = f"http://127.0.0.1:{found[1]}/subscribe/readers"

    def name(self):
        """What the site calls itself."""
        with urllib.request.urlopen(self.page, timeout=60) as answer:
            return re.search(r"The Staggers Weekly|House \d+", answer.read().decode())[0]

    def told(self):
        return self.log.read_text().count("was changed and is")

    def edit(self, text, half, *, slowly):
        """Write config.toml in two halves; the name it gives the site, None when it is bad.

        Slowly is so that the first half is read before the second is there.
        """
        self.before = self.told()
        with self.config.open("w") as file:
            file.write(text[:half])
            file.flush()
            if slowly and half < len(text):
                wait_for(lambda: self.told() > self.before)
                self.before = self.told()
            file.write(text[half:])
        try:
            return load_config(self.config, os.environ | self.house.settings).site.name
        except ConfigError:
            return None


def test_while_serving_good_edits_are_in_force_soon_and_bad_ones_never(house):
    good, chance = (house.folder / "config.toml").read_text(), random.Random(7)
    stands, applied, slowest = "The Staggers Weekly", 0, 0.0
    with house.serve("edited") as (process, log):
        site = Site(house, log)
        wait_for(lambda: house.slot() is Course.SENT)
        for number in range(EDITS):
            base = good.replace("The Staggers Weekly", stands)
            text, half = edited(base, chance, f"House {number}"), chance.randrange(len(good) // 2)
            wanted = site.edit(text, half, slowly=number % 4 == 0) or stands
            began = time.monotonic()
            if wanted == stands:
                wait_for(lambda: site.told() > site.before)
                assert site.name() == stands
            else:
                wait_for(lambda: site.name() == wanted)  # noqa: B023 - asked at once
                applied, slowest = applied + 1, max(slowest, time.monotonic() - began)
            stands = wanted
        assert process.poll() is None, log.read_text()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, log.read_text()
    assert applied >= max(1, EDITS // 10)
    # Two seconds where nothing else runs; the suite runs four at once.
    assert slowest < (2 if "EDITS" in os.environ else 60)
    show(f"{EDITS} edits: 0 exits, {applied} good, the slowest in force after {slowest:.2f} s")
