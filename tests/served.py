"""A house that is served by real processes, and edits of its config.toml."""

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

from tests.commands import Begun
from tests.newsrooms import new_house

from briefing.actions.open_store import the_store
from briefing.model.schedule_slot import Course

#: Seconds. A check on a busy machine starts a process in ten times the time of an idle one.
PATIENCE = 150
SERVE = ("-m", "briefing", "serve", "--port", "0")
#: `briefing` that looks every second at what has no moment of its own, and not every twenty.
OFTEN = """
import sys
import briefing.scheduler
from briefing.cli.main import run
briefing.scheduler.SWEEP = 1
sys.argv = ["briefing", *sys.argv[1:]]
run()
"""


def wait_for(what, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while (asked := time.monotonic()) < end:
        found = what()
        if found:
            return found
        # Opening a store takes what the one that is waited for needs: a twentieth of the time is for asking.
        time.sleep(max(0.02, 19 * (time.monotonic() - asked)))
    raise AssertionError(f"nothing within {seconds} seconds")


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ended(process, log):
    """Whether a process that was told to stop ended well, or as it must where a draft takes longer than that."""
    code = process.wait(PATIENCE)
    return code == 0 or (code == 1 and "is cut off" in log.read_text())


class ServedHouse:
    """A house whose slot of a minute ago is still to be made good."""

    def __init__(self, folder, relay, beside=None, **more):
        """Make it; `beside` is the house of the same database on another machine."""
        self.folder, self.relay = folder, relay
        now = datetime.now(UTC)
        self.due = now - timedelta(minutes=1)
        self.settings = {
            "BRIEFING_SEND__TRANSPORT": "smtp",
            "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
            "BRIEFING_SEND__SMTP__PORT": str(relay.port),
            "BRIEFING_SEND__SMTP__SECURITY": "none",
            "BRIEFING_BRIEFINGS__STAGGERS__TIME_ZONE": '"UTC"',
            "BRIEFING_BRIEFINGS__STAGGERS__AT": f'"{self.due:%H:%M}"',
            "BRIEFING_DATA__BACKUP_AT": '""',
            "BRIEFING_REHEARSAL__AT": '""',
            "BRIEFING_DESK__LISTEN": '"127.0.0.1:0"',
        } | more
        self.config = new_house(folder, settings=self.settings)
        if beside is not None:
            (folder / "var").mkdir(exist_ok=True)
            for name in ("signing.key", "departures.log"):
                (folder / "var" / name).write_bytes((beside.folder / "var" / name).read_bytes())
        with the_store(self.config, now) as store:
            before = self.due - timedelta(days=1)
            store.slots.claim("staggers", "yesterday", before.timestamp(), before.timestamp())
            store.slots.note("staggers", "yesterday", Course.SENT, before.timestamp())

    def without_slot(self):
        """Settings with which nothing is due for half a day: for a test of something else."""
        return {"BRIEFING_BRIEFINGS__STAGGERS__AT": f'"{self.due + timedelta(hours=12):%H:%M}"'}

    @contextmanager
    def serve(self, name, *command, is_started=False, **more):
        """A process of this house and its log: `briefing serve` if nothing else is said.

        It is forked from one that has imported the program; started as a shell does where that is asked.
        """
        log, command = self.folder / f"{name}.log", command or SERVE
        environment = os.environ | self.settings | more
        process: Begun | subprocess.Popen[bytes]
        log.write_text("")
        if is_started:
            with log.open("w") as file:
                process = subprocess.Popen(
                    [sys.executable, *command],
                    cwd=self.folder,
                    env=environment,
                    stdout=file,
                    stderr=file,
                )
        else:
            process = Begun(self.folder, command, log, **environment)
        try:
            yield process, log
        finally:
            process.kill()
            process.wait()

    def letters(self):
        return [entry["recipient"] for entry in self.relay.accepted()]

    def newest(self):
        """The record of its latest slot; of `yesterday` before there is one."""
        with the_store(self.config, datetime.now(UTC)) as store:
            return store.slots.newest("staggers", 1)[0]

    def slot(self):
        newest = self.newest()
        return None if newest.slot == "yesterday" else newest.course


def edited(good, chance, name):
    """One edit of config.toml, most of them bad: cut short, a stray sign, a folder that is not there."""
    place = chance.randrange(len(good))
    return chance.choice(
        (
            good[:place],
            good[:place] + chance.choice("[]={}\"'#\n") + good[place:],
            re.sub('(?m)^(name +=) ".*?"', rf'\1 "{name}"', good, count=1),
            good.replace('template  = "staggers"', 'template  = "nowhere"'),
        )
    )
