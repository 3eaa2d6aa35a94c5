"""What a night brings: a copy of the database, sign-ups forgotten, the doctor, the rehearsal."""

import logging
import time
from collections.abc import Callable
from datetime import date

from briefing.actions.admin.backup import nightly_backup
from briefing.actions.context import open_desk
from briefing.actions.public.signup import forget_unconfirmed
from briefing.actions.review.examination import examine_if_due
from briefing.actions.schedule.alert import alert
from briefing.actions.schedule.disk_reserve import keep_room
from briefing.actions.schedule.rehearse import rehearse_if_due
from briefing.actions.schedule.run_due_slots import SlotRunner
from briefing.actions.schedule.zone_rules import moved_slots
from briefing.clock import utc_now
from briefing.errors import BriefingError, why

_LOG = logging.getLogger("briefing.schedule")
#: Seconds between two looks at the room that is kept for a full disk.
_ROOM = 60.0


class Night:
    """Does once a day what is not done at a moment of its own, next to the schedule."""

    def __init__(
        self, runner: SlotRunner, guarded: Callable[[str, Callable[[], None]], bool]
    ) -> None:
        """Be ready.

        Args:
            runner: whose house it is, with the configuration in force, and who tells.
            guarded: does some work and logs what goes wrong with it.
        """
        self._runner, self._guarded = runner, guarded
        self._last_night: date | None = None
        self._failed_backup: date | None = None
        self._last_rehearsal: date | None = None
        self._next_room = 0.0

    def look(self) -> None:
        """Do what this day or night has not seen done yet; call it every second or so."""
        now = utc_now()
        if self._last_night != now.date():
            self._guarded("sign-ups", self._forget)
            self._guarded("the plan of slots", self.tell_moved)
            self._guarded("the doctor", self._tell_unwell)
            self._last_night = now.date()
        self._guarded("the room kept for a full disk", self._keep_room)
        self._guarded("the rehearsal", self._rehearse)
        if self._failed_backup != now.date():
            self._back_up(now.date())

    def tell_moved(self) -> None:
        """Say which slots other rules of time zones have moved."""
        for sentence in moved_slots(self._runner.config, utc_now):
            self._runner.tell(sentence)

    def _forget(self) -> None:
        with open_desk(self._runner.config) as desk:
            forget_unconfirmed(desk)

    def _tell_unwell(self) -> None:
        with open_desk(self._runner.config) as desk:
            for sentence in examine_if_due(desk):
                self._runner.tell(sentence)

    def _keep_room(self) -> None:
        if time.monotonic() >= self._next_room:
            self._next_room = time.monotonic() + _ROOM
            with open_desk(self._runner.config) as desk:
                keep_room(desk)

    def _rehearse(self) -> None:
        now, at = utc_now(), self._runner.config.rehearsal.at
        if not at or f"{now:%H:%M}" < at or self._last_rehearsal == now.date():
            return
        self._last_rehearsal = now.date()
        with open_desk(self._runner.config) as desk:
            for done in rehearse_if_due(desk, self._runner.tell):
                _LOG.info("Rehearsed %s, %s", done.briefing, done.slot)

    def _back_up(self, today: date) -> None:
        try:
            with open_desk(self._runner.config) as desk:
                made = nightly_backup(desk)
        except (BriefingError, OSError) as error:
            self._failed_backup = today
            told = why(error).rstrip(".")
            said = f"Tonight's backup was not made: {told}. Mend that, then `briefing backup`."
            alert(self._runner.config, said, utc_now)
        else:
            if made is not None:
                _LOG.info("The database is copied to %s", made)
