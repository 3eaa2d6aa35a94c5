"""The schedule loop: keeps the schedule, posts letters, or both."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from briefing.actions.context import Desk, open_desk
from briefing.actions.editions.read_ahead import read_ahead
from briefing.actions.gather.poll_sources import Poller
from briefing.actions.loop_news import LoopNews
from briefing.actions.open_store import house_folder, leading
from briefing.actions.public.retry_confirmations import ask_again
from briefing.actions.schedule.alert import alert
from briefing.actions.schedule.disk_reserve import give_room
from briefing.actions.schedule.run_due_slots import SlotRunner
from briefing.actions.schedule.slot_orders import open_dues
from briefing.actions.schedule.webhooks import call_hooks
from briefing.actions.schedule.zone_rules import old_rules
from briefing.actions.sending.bounce_watch import BounceWatch
from briefing.actions.sending.stop_signal import StopSignal
from briefing.cli.daemon.night import Night
from briefing.cli.daemon.own_thread import OwnThread
from briefing.cli.daemon.supervisor import Part, Supervisor
from briefing.cli.daemon.systemd import notify
from briefing.clock import utc_now
from briefing.config import Config
from briefing.errors import BriefingError, SendError, StoreError
from briefing.scheduler import AlarmClock

T = TypeVar("T")
_NO_HOUR = "nothing, for no [briefings.NAME] of config.toml has an hour (`at` or `cron`)"
_LOG = logging.getLogger("briefing.schedule")
#: Seconds between two looks at whether the leader is gone, and at letters that others began.
_LOOK = 1.0
#: Seconds after which a briefing is looked after again whose store failed, or that somebody was at.
_AGAIN = 2.0
#: Seconds between two looks at which sources are due.
_POLL = 15.0
#: Seconds between two looks at what systems of the house's own are to be told.
_CALLS = 5.0
#: Seconds between two looks into the bounce mailbox.
_BOUNCES = 300.0


def keeping(*, schedules: bool = True, posts: bool = True) -> Part:
    """The part that keeps the schedule and posts letters.

    Args:
        schedules: keep the schedule; without, only letters are posted that others began.
        posts: post letters; without, they are left to `briefing sender`.
    """

    @contextmanager
    def part(supervisor: Supervisor) -> Iterator[None]:
        schedule_loop = ScheduleLoop(supervisor.config, schedules=schedules, posts=posts)
        supervisor.heed(schedule_loop.heed)
        supervisor.work("schedule loop", schedule_loop.run, schedule_loop.stop)
        yield

    return part


class ScheduleLoop:
    """Works until it is stopped. The schedule it keeps only as long as no other process does."""

    def __init__(self, config: Config, *, schedules: bool = True, posts: bool = True) -> None:
        """Stand ready.

        Args:
            config: what is in force now.
            schedules: as `keeping`.
            posts: as `keeping`.

        Raises:
            SendError: for a sender where an engine has workers.
        """
        if not schedules and config.send.engine != "local":
            raise SendError(
                f"[send] engine = {config.send.engine!r} hands its work to `briefing worker`; start "
                "as many of those as you like instead of `briefing sender`."
            )
        self._slot_runner = SlotRunner(config, utc_now, posts=posts)
        self._slot_runner.tell = lambda said: alert(self._slot_runner.config, said, utc_now)
        self._schedules = schedules
        self._night = Night(self._slot_runner, self._guarded)
        self._over, self._changed, self._news = False, False, threading.Event()
        self._leads, self._next_poll, self._next_again = False, 0.0, 0.0
        self._next_calls, self._next_bounces = 0.0, 0.0
        self._bounce_watch = BounceWatch()
        self._news_of_desks = LoopNews()
        self._poller = Poller(is_over=lambda: not self._leads or self._over, then=read_ahead)

    def heed(self, config: Config) -> None:
        """Go on with another configuration, at once."""
        self._slot_runner.config = config
        self._changed = True
        self._news.set()

    def stop(self) -> None:
        """Let the letters on the wire finish, begin nothing more, and return."""
        self._slot_runner.stop_signal.pull("it was told to stop")
        self._over = True
        self._news.set()

    def run(self) -> None:
        """Work until stopped."""
        if not self._schedules:
            self._only_post()
            return
        stood_by = ""
        while not self._over:
            try:
                with leading(self._slot_runner.config) as is_lost:
                    stood_by = ""
                    self._lead(is_lost)
            except StoreError as error:
                if stood_by != str(error):
                    _LOG.info("Standing by: %s", error)
                stood_by = str(error)
                self._wait()

    def _lead(self, is_lost: Callable[[], bool]) -> None:
        self._guarded("the rules of time zones", self._tell_rules)
        alarm = AlarmClock(self._wake, self._sweep)
        self._set(alarm)
        alarm.start()
        work = partial(self._guarded, "what a night brings", self._night.look)
        polling = partial(self._guarded, "the sources", self._poll)
        self._leads = True
        telling = partial(self._guarded, "webhooks", self._call_hooks)
        reading = partial(self._guarded, "the bounce mailbox", self._read_bounces)
        with (
            OwnThread(work) as night,
            OwnThread(polling) as poller,
            OwnThread(self._look_again) as again,
            OwnThread(telling) as hooks,
            OwnThread(reading) as bounces,
        ):
            self._watch(alarm, is_lost, (night, poller, again, hooks, bounces))

    def _tell_rules(self) -> None:
        """At the start: say whether the rules of time zones are old, and what new ones move."""
        if old := old_rules(utc_now):
            self._slot_runner.tell(old)
        self._night.tell_moved()

    def _call_hooks(self) -> None:
        """Tell systems of the house's own what happened; no letter waits for it."""
        if time.monotonic() < self._next_calls:
            return
        self._next_calls = time.monotonic() + _CALLS
        self._at_desk(lambda desk: call_hooks(desk, self._slot_runner.tell))

    def _read_bounces(self) -> None:
        """Read what came back; no letter waits for it."""
        if time.monotonic() < self._next_bounces:
            return
        self._next_bounces = time.monotonic() + _BOUNCES
        tell, is_over = self._slot_runner.tell, self._poller.is_over
        self._at_desk(lambda desk: self._bounce_watch.look(desk, tell, is_over))

    def _watch(
        self, alarm: AlarmClock, is_lost: Callable[[], bool], works: "tuple[OwnThread, ...]"
    ) -> None:
        try:
            while not self._wait():
                if is_lost():
                    _LOG.warning("The database ended our lead; somebody else may have it now")
                    break
                alarm.heed_clock()
                self._guarded("news from a desk", partial(self._heed_news, alarm))
                for work in works:
                    work.go()
                if self._changed:
                    self._changed = False
                    self._set(alarm)
        finally:
            self._leads = False
            self._slot_runner.stop_signal.pull("it is not the leader any more")
            alarm.stop()
            if not self._over:
                self._slot_runner.stop_signal = StopSignal()

    def _heed_news(self, alarm: AlarmClock) -> None:
        """Look at once where an editor changed an hour or said a word; and at hours that were changed."""
        now, dues = utc_now().timestamp(), partial(self._at_desk, open_dues)
        if self._news_of_desks.has_come(self._slot_runner.config, now, dues):
            alarm.sweep_now()

    def _set(self, alarm: AlarmClock) -> None:
        """Set the alarm by the configuration in force, and say what comes next."""
        schedules, now = self._slot_runner.schedules(), utc_now()
        alarm.set(schedules)
        coming = [
            f"{name} at {due.slot}"
            for name, (schedule, _) in schedules.items()
            if (due := schedule.after(now)) is not None
        ]
        _LOG.info("Keeping the schedule; next: %s", ", ".join(coming) or _NO_HOUR)

    def _only_post(self) -> None:
        """Post what others began, whenever there is something to post."""
        _LOG.info("Posting the letters of editions whose sending began")
        with OwnThread(self._carry_on) as posting:
            while not self._wait():
                posting.go()

    def _wait(self) -> bool:
        """Wait for a second, or news; True when it is over."""
        notify("WATCHDOG=1")
        self._news.wait(_LOOK)
        self._news.clear()
        return self._over

    def _sweep(self) -> None:
        """Look after everything, for what has no moment of its own."""
        # Those without a schedule too: a run by hand may have left letters that wait.
        for name in self._slot_runner.config.briefings:
            self._wake(name)
        if self._slot_runner.posts_here:
            self._carry_on()
        elif self._slot_runner.config.send.engine != "local":
            # Workers post editions and nothing else.
            self._ask_again()

    def _wake(self, name: str) -> None:
        self._slot_runner.unsettled.discard(name)
        if not self._guarded(name, lambda: self._slot_runner.attend(name)):
            self._slot_runner.unsettled.add(name)

    def _look_again(self) -> None:
        """Look soon after briefings whose store failed, or that somebody was at: their hour may be now."""
        unsettled = sorted(self._slot_runner.unsettled)
        if unsettled and time.monotonic() >= self._next_again:
            self._next_again = time.monotonic() + _AGAIN
            given = give_room(house_folder(self._slot_runner.config))
            for name in unsettled:
                self._settle(name)
            if given:
                self._slot_runner.tell(given)

    def _settle(self, name: str) -> None:
        if name in self._slot_runner.config.briefings:
            self._wake(name)
        else:  # an edition, whose briefing may be none of ours any more
            self._slot_runner.unsettled.discard(name)
            self._carry_on()

    def _carry_on(self) -> None:
        self._guarded("the letters that wait", self._slot_runner.carry_on)
        self._ask_again()

    def _ask_again(self) -> None:
        self._guarded("confirmation mails", lambda: self._at_desk(ask_again))

    def _at_desk(self, work: Callable[[Desk], T]) -> T:
        with open_desk(self._slot_runner.config) as desk:
            return work(desk)

    def _guarded(self, what: str, work: Callable[[], None]) -> bool:
        """Do it, and log what goes wrong; True when nothing did."""
        try:
            work()
        except BriefingError as error:
            _LOG.error("%s: %s", what, error)
        except Exception:  # noqa: BLE001 - the next look may do better; this one is logged whole
            _LOG.exception("Looking after %s went wrong", what)
        else:
            return True
        return False

    def _poll(self) -> None:
        """Read the sources that are due; it goes on next to the schedule, which never waits for it."""
        if time.monotonic() < self._next_poll:
            return
        self._next_poll = time.monotonic() + _POLL
        if read := self._at_desk(self._poller.poll):
            _LOG.info("Read %d of the sources, which were due", read)
