"""Attending: looking after one briefing's slots, whenever the clock, or anybody, says so.

Every call reads the slot table and does what is due by now; calling it again, later, or after a
crash does no harm. Each slot goes its course: drafting → drafted → sending → sent, or it is missed
or skipped, with the reason, and somebody is told once.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from briefing.clock import Clock
from briefing.config import Briefing, Config
from briefing.desk.draft import draft
from briefing.desk.opening import the_store
from briefing.desk.render import render_edition
from briefing.desk.send import Brake, Sent, send_edition
from briefing.errors import BriefingError, Busy, EditionError, EditionHeld
from briefing.model.mailing import Status
from briefing.model.slot_record import Course, SlotRecord
from briefing.schedules import Due, Schedule
from briefing.store import Store

_LOG = logging.getLogger("briefing.schedule")
#: After a longer absence only the latest days are reported as missed.
_LONGEST_LOOK_BACK = timedelta(days=31)


def log_alert(sentence: str) -> None:
    """Tell ops by the log."""
    _LOG.warning("%s", sentence)


@dataclass
class Attendant:
    """Looks after the slots of the briefings of one house."""

    config: Config
    clock: Clock
    #: Tells people something, once each.
    tell: Callable[[str], None] = log_alert
    brake: Brake = field(default_factory=Brake)
    #: Letters of one edition leave after those of another, and a briefing is looked after once.
    _posting: threading.Lock = field(default_factory=threading.Lock)
    _attending: defaultdict[str, threading.Lock] = field(
        default_factory=lambda: defaultdict(threading.Lock)
    )

    def attend(self, name: str) -> None:
        """Do what is due for a briefing by now. Faults of one slot are told, not raised.

        While somebody is at it in another thread, there is nothing to do.
        """
        if not self._attending[name].acquire(blocking=False):
            return
        try:
            self._attend(name)
        finally:
            self._attending[name].release()

    def carry_on(self) -> None:
        """Go on with every mailing that has letters to be tried by now, whoever began it."""
        now = self.clock()
        with the_store(self.config, now) as store:
            waiting = [
                mailing.edition
                for mailing in store.mailings.all()
                if mailing.status is Status.SENDING
                and store.ledger(mailing.number).has_work(now.timestamp())
            ]
        if not waiting or not self._posting.acquire(blocking=False):
            return
        try:
            for edition in waiting:
                send_edition(self.config, edition, self.clock, brake=self.brake)
        except Busy as error:
            _LOG.info("Later: %s", error)
        finally:
            self._posting.release()

    def _attend(self, name: str) -> None:
        briefing = self.config.briefing(name)
        now = self.clock()
        with the_store(self.config, now) as store:
            for due in self._slots(store, name, briefing, now):
                try:
                    self._slot(store, name, briefing, due)
                except Busy as error:
                    _LOG.info("Later: %s", error)
                except BriefingError as error:
                    self._alert(store, f"{name} {due.slot} {type(error).__name__}", str(error))

    @property
    def _remind_within(self) -> timedelta:
        return timedelta(minutes=self.config.alerts.remind)

    def schedules(self) -> dict[str, tuple[Schedule, timedelta]]:
        """When each briefing that has a schedule is due, and how long before work begins."""
        return {
            name: (schedule, timedelta(minutes=briefing.draft_at))
            for name, briefing in self.config.briefings.items()
            if (schedule := briefing.schedule) is not None
        }

    def _slots(self, store: Store, name: str, briefing: Briefing, now: datetime) -> list[Due]:
        """The slots that are at work or have come up since the last one, oldest first."""
        if briefing.schedule is None:
            return []
        at_work = [_due(record) for record in store.slots.open(name)]
        last = store.slots.last(name)
        # Before the first slot ever there is nothing to make up for.
        since = datetime.fromtimestamp(last.due, UTC) if last else now
        since = max(since, now - _LONGEST_LOOK_BACK)
        lead = timedelta(minutes=briefing.draft_at)
        fresh = list(briefing.schedule.between(since, now + lead))
        return sorted({due.slot: due for due in (*at_work, *fresh)}.values(), key=lambda d: d.at)

    def _slot(self, store: Store, name: str, briefing: Briefing, due: Due) -> None:
        now = self.clock()
        record = store.slots.get(name, due.slot)
        if record is None:
            if not store.slots.claim(name, due.slot, due.at.timestamp(), now.timestamp()):
                return
            record = store.slots.get(name, due.slot)
        if record is None or record.course not in (
            Course.DRAFTING,
            Course.DRAFTED,
            Course.SENDING,
        ):
            return
        too_late = now > due.at + timedelta(minutes=briefing.latest_start)
        if too_late and record.course is not Course.SENDING:
            self._miss(store, name, due, record)
            return
        if record.course is Course.DRAFTING:
            record = self._draft(store, name, due)
        if record is not None and record.edition is not None:
            self._send(store, name, briefing, due, record.edition)

    def _miss(self, store: Store, name: str, due: Due, record: SlotRecord) -> None:
        why = record.reason or "the desk was not running at its hour"
        self._end(store, name, due, Course.MISSED, f"{why}; it is not sent late")

    def _draft(self, store: Store, name: str, due: Due) -> SlotRecord | None:
        """Make the slot's edition; what cannot be made is skipped, with the reason."""
        try:
            drafted = draft(self.config, name, due.at)
        except EditionError as error:
            self._end(store, name, due, Course.SKIPPED, str(error))
            return None
        edition = drafted.edition.id
        if not drafted.edition.held:
            render_edition(self.config, edition)
        now = self.clock().timestamp()
        store.slots.note(name, due.slot, Course.DRAFTED, now, edition=edition)
        if drafted.edition.held:
            self._alert(
                store,
                f"{edition} held",
                f"{edition} is held: {len(drafted.edition.held)} of its pieces may be paid for. "
                "Decide with a [[sponsors.rule]], then `briefing draft` and `briefing render`.",
            )
        return store.slots.get(name, due.slot)

    def _send(self, store: Store, name: str, briefing: Briefing, due: Due, edition: str) -> None:
        now = self.clock()
        if now < due.at:
            if due.at - now <= self._remind_within and briefing.approval == "required":
                self._remind(store, edition, due)
            return
        try:
            with self._posting:
                sent = send_edition(self.config, edition, self.clock, brake=self.brake)
        except EditionHeld as error:
            if briefing.on_unapproved == "skip":
                self._end(store, name, due, Course.SKIPPED, str(error))
                return
            store.slots.note(name, due.slot, Course.DRAFTED, now.timestamp(), reason=str(error))
            if briefing.on_unapproved == "alert":
                self._alert(store, f"{edition} unapproved", f"Its hour has come: {error}")
            return
        self._note_sent(store, name, due, sent)

    def _note_sent(self, store: Store, name: str, due: Due, sent: Sent) -> None:
        now = self.clock().timestamp()
        if sent.status is Status.SENT:
            store.slots.note(name, due.slot, Course.SENT, now)
            _LOG.info("%s is sent: %s letters", sent.edition, sum(sent.counts.values()))
            return
        store.slots.note(name, due.slot, Course.SENDING, now, reason=sent.stopped or "")
        if sent.status is Status.PAUSED:
            said = f"{sent.edition} is paused: {sent.stopped}. `briefing resume {sent.edition}`."
            self._alert(store, f"{sent.edition} paused {sent.stopped}", said)

    def _remind(self, store: Store, edition: str, due: Due) -> None:
        with_word = store.approvals.of(edition)
        if not with_word or not with_word[-1].approved:
            said = f"Nobody has approved {edition}; it is due at {due.slot}. Look, then approve it."
            self._alert(store, f"{edition} not approved yet", said)

    def _end(self, store: Store, name: str, due: Due, course: Course, why: str) -> None:
        store.slots.note(name, due.slot, course, self.clock().timestamp(), reason=why)
        self._alert(store, f"{name} {due.slot} {course}", f"{name}, {due.slot}: {course}. {why}")

    def _alert(self, store: Store, subject: str, sentence: str) -> None:
        if store.alerts.first(subject, sentence, self.clock().timestamp()):
            self.tell(sentence)


def _due(record: SlotRecord) -> Due:
    return Due(record.slot, datetime.fromtimestamp(record.due, UTC))
