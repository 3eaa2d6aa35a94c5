"""The keeper: a thread that keeps the schedule, posts letters, or both, and heeds config.toml."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import TracebackType

from briefing.cli.systemd import notify
from briefing.clock import utc_now
from briefing.config import Config, load_config
from briefing.desk.alerting import alert
from briefing.desk.attend import Attendant
from briefing.desk.backup import nightly_backup
from briefing.desk.opening import leading
from briefing.errors import BriefingError, ConfigError, StoreError
from briefing.scheduler import AlarmClock

_LOG = logging.getLogger("briefing.schedule")
#: Seconds between two looks at the config file, or at whether the leader is gone.
_LOOK = 1.0


class Keeper:
    """Works while the context lasts. The schedule it keeps only as long as no other process does."""

    def __init__(
        self,
        path: Path,
        config: Config,
        *,
        schedules: bool = True,
        posts: bool = True,
        heeds: Callable[[Config], None] = lambda _: None,
    ) -> None:
        """Stand ready.

        Args:
            path: the configuration file, looked at for changes.
            config: what it says now.
            schedules: keep the schedule; without, only letters are posted that others began.
            posts: post letters; without, they are left to `briefing sender`.
            heeds: is handed the configuration when it changes.
        """
        self._path, self._attendant = path, Attendant(config, utc_now, posts=posts)
        self._schedules, self._heeds = schedules, heeds
        self._attendant.tell = lambda said: alert(self._attendant.config, said, utc_now)
        self._written = _version(path)
        self._failed_backup: date | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="keeper")

    def __enter__(self) -> "Keeper":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        notify("STOPPING=1")
        self._attendant.brake.pull("it was told to stop")
        self._over.set()
        self._thread.join()

    def _keep(self) -> None:
        if not self._schedules:
            self._only_post()
            return
        stood_by = False
        while not self._over.is_set():
            try:
                with leading(self._attendant.config):
                    self._lead()
            except StoreError as error:
                if not stood_by:
                    _LOG.info("Standing by: %s", error)
                stood_by = True
                notify("WATCHDOG=1")
                self._over.wait(_LOOK)

    def _lead(self) -> None:
        alarm = AlarmClock(self._wake, self._sweep)
        alarm.set(self._attendant.schedules())
        alarm.start()
        _LOG.info("Keeping the schedule of %s", ", ".join(self._attendant.schedules()) or "nothing")
        try:
            while not self._over.wait(_LOOK):
                notify("WATCHDOG=1")
                alarm.heed_clock()
                self._back_up()
                if self._reloaded():
                    alarm.set(self._attendant.schedules())
        finally:
            alarm.stop()

    def _only_post(self) -> None:
        """Post what others began, whenever there is something to post."""
        _LOG.info("Posting the letters of editions whose sending began")
        while not self._over.wait(_LOOK):
            notify("WATCHDOG=1")
            self._guarded("the letters that wait", self._attendant.carry_on)
            self._reloaded()

    def _sweep(self) -> None:
        """Look after everything, for what has no moment of its own."""
        for name in self._attendant.schedules():
            self._wake(name)
        if self._attendant.posts:
            self._guarded("the letters that wait", self._attendant.carry_on)

    def _wake(self, name: str) -> None:
        self._guarded(name, lambda: self._attendant.attend(name))

    def _guarded(self, what: str, work: Callable[[], None]) -> None:
        try:
            work()
        except BriefingError as error:
            _LOG.error("%s: %s", what, error)
        except Exception:  # noqa: BLE001 - the next look may do better; this one is logged whole
            _LOG.exception("Looking after %s went wrong", what)

    def _back_up(self) -> None:
        """Tonight's copy; one that fails is told once a night."""
        now = utc_now()
        if self._failed_backup == now.date():
            return
        try:
            made = nightly_backup(self._attendant.config, now)
        except BriefingError as error:
            self._failed_backup = now.date()
            alert(self._attendant.config, f"Tonight's backup was not made: {error}", utc_now)
        else:
            if made is not None:
                _LOG.info("The database is copied to %s", made)

    def _reloaded(self) -> bool:
        """Take over a changed file if it is in order; a bad one changes nothing and is told once."""
        written = _version(self._path)
        if written == self._written:
            return False
        self._written = written
        try:
            self._attendant.config = load_config(self._path)
        except ConfigError as error:
            _LOG.error(
                "%s was changed and is not in order; the old one holds: %s", self._path, error
            )
            return False
        self._heeds(self._attendant.config)
        _LOG.info("%s was changed and is in force", self._path)
        return True


def _version(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return None
