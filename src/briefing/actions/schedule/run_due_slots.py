"""Attending: looking after one briefing's slots, whenever the clock, or anybody, says so.

Every call reads the slot table and does what is due by now; calling it again, later, or after a
crash does no harm. Each slot goes its course: drafting → drafted → sending → sent, or it is missed
or skipped, with the reason, and somebody is told once.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from briefing.actions.context import Desk, open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.open_store import attending, sending_alone
from briefing.actions.rendering.render import render_edition, the_email
from briefing.actions.resolve_name import the_draft
from briefing.actions.schedule.reminders import Reminders, log_alert
from briefing.actions.sending.deliver import deliver
from briefing.actions.sending.send import begin_sending
from briefing.actions.sending.stop_signal import StopSignal
from briefing.clock import Clock
from briefing.config import Briefing, Config
from briefing.errors import BriefingError, Busy, EditionError, EditionHeld, StoreError
from briefing.model.mailing import Mailing, MailingStatus
from briefing.model.schedule_slot import Course, ScheduleSlot
from briefing.schedules import Due, Schedule, decide
from briefing.store import LocalDispatcher

_LOG = logging.getLogger("briefing.schedule")
#: After a longer absence only the latest days are reported as missed.
_LONGEST_LOOK_BACK = timedelta(days=31)
#: A slot at the very moment of the first look is looked after.
_MOMENT = timedelta(microseconds=1)
_AFTER = {
    MailingStatus.SENDING: Course.SENDING,
    MailingStatus.PAUSED: Course.SENDING,
    MailingStatus.SENT: Course.SENT,
    MailingStatus.ABORTED: Course.SKIPPED,
}
_OPEN = (Course.DRAFTING, Course.DRAFTED, Course.SENDING)


@dataclass
class SlotRunner:
    """Looks after the slots of the briefings of one house."""

    config: Config
    clock: Clock
    #: Tells people something, once each.
    tell: Callable[[str], None] = log_alert
    stop_signal: StopSignal = field(default_factory=StopSignal)
    #: False where letters are posted by a process of its own: `briefing sender`.
    posts: bool = True
    #: Letters of one edition leave after those of another.
    _posting: threading.Lock = field(default_factory=threading.Lock)
    #: When each briefing was first looked after, by the earliest reading of the clock.
    _first: dict[str, datetime] = field(default_factory=dict, init=False)
    #: Hands out the work of delivering where this process posts letters itself.
    _dispatcher: LocalDispatcher = field(default_factory=LocalDispatcher, init=False)
    #: Briefings and editions to look at again soon: their store failed, or somebody was at them.
    unsettled: set[str] = field(default_factory=set, init=False)
    #: Why the letters of an edition stopped.
    _stopped: dict[str, str] = field(default_factory=dict, init=False)

    @property
    def posts_here(self) -> bool:
        """False where letters are posted by other processes."""
        return self.posts and self.config.send.engine == "local"

    def attend(self, name: str) -> None:
        """Do what is due for a briefing by now, unless somebody else is at it.

        Faults of one slot are told, not raised.
        """
        try:
            with attending(self.config, name):
                self._attend(name)
        except Busy:  # its hour may come meanwhile
            self.unsettled.add(name)

    def carry_on(self) -> None:
        """Go on with every mailing that has letters to be tried by now, whoever began it."""
        if not self.posts_here:
            return
        now = self.clock()
        with open_desk(self.config, self.clock) as desk:
            waiting = [
                mailing.edition
                for mailing in desk.store.mailings.all(status=MailingStatus.SENDING)
                if desk.store.ledger(mailing.number).has_work(now.timestamp())
            ]
            if not waiting or not self._posting.acquire(blocking=False):
                return
            try:
                self._dispatcher.sweep(waiting)
                self._work_off(desk)
            finally:
                self._posting.release()

    def _attend(self, name: str) -> None:
        briefing = self.config.briefing(name)
        now = self.clock()
        with open_desk(self.config, self.clock) as desk:
            begun, waiting = self._slots(desk, name, briefing, now)
            plan = decide(waiting, now, timedelta(minutes=briefing.latest_start))
            for due in plan.missed:
                self._miss(desk, name, due)
            for due in (*begun, *plan.work):
                try:
                    self._slot(desk, name, briefing, due)
                except Busy as error:
                    _LOG.info("Later: %s", error)
                except BriefingError as error:
                    if isinstance(error, StoreError):
                        self.unsettled.add(name)
                    said = f"{name} {due.slot} {type(error).__name__}"
                    self._reminders(desk).once(said, str(error))

    def schedules(self) -> dict[str, tuple[Schedule, timedelta]]:
        """When each briefing that has a schedule is due, and how long before work begins."""
        return {
            name: (schedule, timedelta(minutes=briefing.draft_at))
            for name, briefing in self.config.briefings.items()
            if (schedule := briefing.schedule) is not None
        }

    def _slots(
        self, desk: Desk, name: str, briefing: Briefing, now: datetime
    ) -> tuple[list[Due], list[Due]]:
        """The slots whose letters have begun to leave, and those that wait or have come up."""
        at_work = desk.store.slots.open(name)
        # A run may have died between its first letter and its note of it.
        find = desk.store.mailings.find
        begun = [_due(one) for one in at_work if one.edition and find(one.edition)]
        if briefing.schedule is None:
            return begun, []
        until = now + timedelta(minutes=briefing.draft_at)
        last = desk.store.slots.last(name, now.timestamp())
        first = self._first[name] = min(self._first.get(name, now), now)
        # Before the first slot ever there is nothing to make up for but what came up meanwhile.
        since = datetime.fromtimestamp(last.due, UTC) if last else first - _MOMENT
        look_back = _LONGEST_LOOK_BACK if last else timedelta(minutes=briefing.latest_start)
        fresh = briefing.schedule.between(max(since, now - look_back), until)
        # A record's hour counts, for editors move it; they may also name one whose draft is to come.
        waiting = {due.slot: due for due in (*fresh, *map(_due, at_work))}
        early = {one.slot for one in at_work if not one.edition and one.due > until.timestamp()}
        return begun, [
            one for one in waiting.values() if one not in begun and one.slot not in early
        ]

    def _slot(self, desk: Desk, name: str, briefing: Briefing, due: Due) -> None:
        now = self.clock()
        record = self._taken(desk, name, due)
        if record is not None and record.course is Course.MISSED and now < due.at:
            # A clock that was ahead took it for missed; it is still to come.
            desk.store.slots.note(name, due.slot, Course.DRAFTING, now.timestamp())
            record = desk.store.slots.get(name, due.slot)
        if record is None or record.course not in _OPEN:
            return
        if record.course is Course.DRAFTING:
            record = self._draft(desk, name, due)
        if record is not None and record.edition is not None:
            self._send(desk, name, briefing, due, record.edition)

    def _taken(self, desk: Desk, name: str, due: Due) -> ScheduleSlot | None:
        """The slot's record, made now if there is none; None when somebody else makes it now."""
        record = desk.store.slots.get(name, due.slot)
        now = self.clock().timestamp()
        if record is not None or not desk.store.slots.claim(
            name, due.slot, due.at.timestamp(), now
        ):
            return record
        return desk.store.slots.get(name, due.slot)

    def _miss(self, desk: Desk, name: str, due: Due) -> None:
        record = self._taken(desk, name, due)
        if record is None or record.course not in _OPEN:
            return
        why = record.reason or "the desk was not running at its hour"
        self._end(desk, name, due, Course.MISSED, f"{why}; it is not sent late")

    def _draft(self, desk: Desk, name: str, due: Due) -> ScheduleSlot | None:
        """Make the slot's edition; what cannot be made is skipped, with the reason."""
        try:
            drafted = draft(desk, name, slot=due.wall)
        except EditionError as error:
            self._end(desk, name, due, Course.SKIPPED, str(error))
            return None
        finally:
            self._reminders(desk).silent(self.config.briefing(name).sources)
        edition = drafted.edition.id
        if not drafted.edition.held:
            render_edition(desk, edition)
        now = self.clock().timestamp()
        desk.store.slots.note(name, due.slot, Course.DRAFTED, now, edition=edition)
        _LOG.info("%s drafted for %s: %s stories", edition, due.slot, len(drafted.edition.items))
        self._reminders(desk).unread(name, drafted)
        if drafted.edition.held:
            self._reminders(desk).held(drafted.edition)
        return desk.store.slots.get(name, due.slot)

    def _send(self, desk: Desk, name: str, briefing: Briefing, due: Due, edition: str) -> None:
        now = self.clock()
        if now < due.at:
            soon = due.at - now <= timedelta(minutes=self.config.alerts.remind)
            if soon:
                asked = briefing.approval == "required"
                self._reminders(desk).unready(edition, due.slot, asked=asked)
            return
        if (begun := desk.store.mailings.find(edition)) is None:
            self._render(desk, edition)
        elif begun.status is not MailingStatus.SENDING:
            self._note_letters(desk, name, due, begun)
            return
        try:
            stopped = self._begin(desk, edition)
        except EditionHeld as error:
            self._refused(desk, name, due, edition, error)
            return
        self._note_letters(desk, name, due, desk.store.mailings.get(edition), stopped)

    def _render(self, desk: Desk, edition: str) -> None:
        """Render what editors changed since it was rendered last; their approval is void then."""
        found = the_draft(desk, edition)
        if not found.held:
            the_email(desk, found)

    def _begin(self, desk: Desk, edition: str) -> str:
        """Let the letters leave, or leave them to a sender elsewhere; says why they stopped."""
        if not self.posts_here:
            begin_sending(desk, edition)
            return ""
        begin_sending(desk, edition, self._dispatcher)
        with self._posting:
            self._work_off(desk)
        return self._stopped.pop(edition, "")

    def _work_off(self, desk: Desk) -> None:
        """Do every task that waits."""
        tasks = self._dispatcher.tasks
        self._dispatcher.work(partial(self._deliver, desk), tuple, until=lambda: not tasks())

    def _deliver(self, desk: Desk, edition: str, _shard: int) -> bool:
        """Deliver an edition, alone; what is left waits for the next look."""
        try:
            self._stopped[edition] = self._post(desk, edition)
        except Busy as error:
            _LOG.info("Later: %s", error)
        except StoreError:
            self.unsettled.add(edition)
            raise  # the dispatcher logs it; to tell people once needs the store
        except BriefingError as error:
            self._reminders(desk).once(f"{edition} {type(error).__name__}", str(error))
        return False

    def _refused(self, desk: Desk, name: str, due: Due, edition: str, error: EditionHeld) -> None:
        """Its hour has come, and the gate lets nothing of it pass."""
        on_unapproved = self.config.briefing(name).on_unapproved
        if on_unapproved == "skip":
            self._end(desk, name, due, Course.SKIPPED, str(error))
            return
        now = self.clock().timestamp()
        desk.store.slots.note(name, due.slot, Course.DRAFTED, now, reason=str(error))
        self._reminders(desk).refused(error, edition, due.slot, asked=on_unapproved == "alert")

    def _post(self, desk: Desk, edition: str) -> str:
        """Post what letters may leave; whoever let a mailing go on is told should it stop again."""
        with sending_alone(self.config):
            mailing = desk.store.mailings.get(edition)
            self._reminders(desk).goes_on(edition)
            sent = deliver(desk, mailing, self.stop_signal)
        if sent.status is MailingStatus.SENT:
            _LOG.info("%s is sent: %s letters", edition, sum(sent.counts.values()))
        self._reminders(desk).paused(desk.store.mailings.get(edition))
        if sent.status is MailingStatus.SENDING and not self.stop_signal.is_pulled:
            self._reminders(desk).waiting(edition, sent.stopped)
        return sent.stopped or ""

    def _note_letters(
        self, desk: Desk, name: str, due: Due, mailing: Mailing, stopped: str = ""
    ) -> None:
        self._reminders(desk).paused(mailing)
        course, reason = _AFTER[mailing.status], mailing.reason or stopped
        if mailing.status is MailingStatus.ABORTED:
            reason = f"{mailing.edition} was aborted: {reason}"
        desk.store.slots.note(name, due.slot, course, self.clock().timestamp(), reason=reason)

    def _end(self, desk: Desk, name: str, due: Due, course: Course, why: str) -> None:
        desk.store.slots.note(name, due.slot, course, self.clock().timestamp(), reason=why)
        self._reminders(desk).ended(name, due.slot, course, why)

    def _reminders(self, desk: Desk) -> Reminders:
        return Reminders(desk, self.tell)


def _due(record: ScheduleSlot) -> Due:
    return Due(record.slot, datetime.fromtimestamp(record.due, UTC))
