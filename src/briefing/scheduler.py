"""The clock's door: APScheduler wakes the desk, and knows nothing else.

It keeps nothing on disk and is told every schedule again at each start. What was due and what became
of it stands in the slot table, so a restart, a second process or a jumping clock changes nothing.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from briefing.clock import Clock, utc_now
from briefing.schedules import Schedule

#: Between the named moments everything is looked at this often, in seconds: for letters to be tried
#: again, approvals that came late, and clocks that were set.
SWEEP = 20
_SWEEP_JOB = "sweep"
#: A clock that moves by more than this between two looks, in seconds, was set.
_STEP = 5.0


class WallTrigger(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """Fires at a schedule's moments, or some time before each."""

    def __init__(self, schedule: Schedule, lead: timedelta = timedelta(0)) -> None:
        self._schedule, self._lead = schedule, lead

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        """The next moment, strictly after the one before."""
        after = max(previous, now) if previous else now
        due = self._schedule.after(after + self._lead)
        return due.at - self._lead if due else None


class AlarmClock:
    """Calls `wake` with a briefing's name when it is time to look after it, and `sweep` in between."""

    def __init__(
        self, wake: Callable[[str], None], sweep: Callable[[], None], clock: Clock = utc_now
    ) -> None:
        """Make a clock that is not running yet.

        Args:
            wake: called with a briefing's name at its moments and some time before.
            sweep: called every few seconds, for everything that has no moment of its own.
            clock: the time.
        """
        self._wake, self._sweep, self._clock = wake, sweep, clock
        self._schedules: Mapping[str, tuple[Schedule, timedelta]] = {}
        self._ahead = self._now_ahead()
        # A late look is as good as one in time: what is due is read from the slot table.
        self._scheduler: Any = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self.sweep_now()

    def set(self, schedules: Mapping[str, tuple[Schedule, timedelta]]) -> None:
        """Use these schedules and no others.

        Args:
            schedules: by the briefing's name; with how long before each moment work begins.
        """
        self._schedules = schedules
        wanted = {_SWEEP_JOB}
        for name, (schedule, lead) in schedules.items():
            triggers = {
                f"{name}: draft": WallTrigger(schedule, lead),
                f"{name}: send": WallTrigger(schedule),
            }
            for job, trigger in triggers.items():
                wanted.add(job)
                self._scheduler.add_job(
                    self._wake, trigger, args=[name], id=job, replace_existing=True
                )
        for job in self._scheduler.get_jobs():
            if job.id not in wanted:
                job.remove()

    def heed_clock(self) -> None:
        """Should the clock have been set, wake by what it says now; call this every second or so.

        APScheduler keeps the moment of the next call. Set back by a day, the clock would let it
        sleep for that day, sweeps and all.
        """
        before, self._ahead = self._ahead, self._now_ahead()
        if abs(self._ahead - before) > _STEP:
            self.set(self._schedules)
            self.sweep_now()

    def start(self) -> None:
        """Begin to wake people."""
        self._scheduler.start()

    def stop(self) -> None:
        """Wake nobody any more; returns when nobody is being woken."""
        self._scheduler.shutdown(wait=True)

    def sweep_now(self) -> None:
        """Look after everything at once, and every few seconds from now on."""
        every = IntervalTrigger(seconds=SWEEP, timezone=UTC)
        # The first look is at once: what was missed while nobody looked may still be in time.
        self._scheduler.add_job(
            self._sweep, every, id=_SWEEP_JOB, next_run_time=self._clock(), replace_existing=True
        )

    def _now_ahead(self) -> float:
        """By how much the clock is ahead of one that nobody can set, in seconds."""
        return self._clock().timestamp() - time.monotonic()
