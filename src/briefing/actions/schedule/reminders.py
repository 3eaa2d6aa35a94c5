"""Reminders: what somebody must know of a schedule, once each, with the next step in it."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from briefing.actions.context import Desk
from briefing.actions.editions.draft import Drafted
from briefing.actions.gather.source_status import silent, state
from briefing.actions.review.gate import the_sendable
from briefing.errors import EditionFaulty, EditionHeld, StoreError
from briefing.model.edition import Edition
from briefing.model.mailing import Mailing, MailingStatus
from briefing.model.schedule_slot import Course

_LOG = logging.getLogger("briefing.schedule")


def log_alert(sentence: str) -> None:
    """Tell ops by the log."""
    _LOG.warning("%s", sentence)


@dataclass(frozen=True, slots=True)
class Reminders:
    """Tells people, and remembers in the store what they were told."""

    desk: Desk
    tell: Callable[[str], None]

    def once(self, subject: str, sentence: str) -> None:
        """Tell it unless somebody has told it before."""
        if self.desk.store.alerts.first(subject, sentence, self.desk.clock().timestamp()):
            self.tell(sentence)

    def ended(self, name: str, slot: str, course: Course, why: str) -> None:
        """A slot is missed or skipped."""
        step = f"`briefing run {name} --slot {slot[:10]}` makes it after all."
        said = f"{name}, {slot}: {course}. {why.rstrip('.')}. {step}"
        self.once(f"{name} {slot} {course}", said)

    def held(self, edition: Edition) -> None:
        """Nothing of it leaves before a person has decided who speaks."""
        said = (
            f"{edition.id} is held: who speaks in {len(edition.held)} of its pieces is open. Decide "
            "at the editors' desk, or with a [[sponsors.rule]] and `briefing draft`."
        )
        self.once(f"{edition.id} held", said)

    def refused(self, error: EditionHeld, edition: str, slot: str, *, asked: bool) -> None:
        """Its hour has come, and the gate lets nothing of it pass.

        Args:
            error: why.
            edition: which.
            slot: its hour.
            asked: whether somebody wants to be told that nobody has approved.
        """
        if isinstance(error, EditionFaulty):
            self.faulty(error, edition, slot)
        elif asked:
            self.once(f"{edition} unapproved", f"Its hour has come: {error}")

    def faulty(self, error: EditionFaulty, edition_id: str, slot: str) -> None:
        """The checks call something in it an error: told once, near its hour or at it."""
        about = f"{edition_id} fails {' '.join(error.rules)}"
        self.once(about, f"{error} Its slot is {slot}; nothing of it leaves before.")

    def unready(self, edition_id: str, slot: str, *, asked: bool) -> None:
        """Its hour is near. Once approved and changed since, it counts as not approved.

        Args:
            edition_id: which edition.
            slot: when it is due.
            asked: somebody has to approve it.
        """
        try:
            the_sendable(self.desk, edition_id)
        except EditionFaulty as error:
            self.faulty(error, edition_id, slot)
        except (EditionHeld, StoreError):
            if not asked:
                return  # what is held was told with the draft; what changed is rendered at its hour
            said = (
                f"Nobody has approved {edition_id} as it stands, and it is due at {slot}. Look at "
                f"it on the editors' desk or in var/editions, then `briefing approve {edition_id}`."
            )
            self.once(f"{edition_id} not approved yet", said)

    def paused(self, mailing: Mailing) -> None:
        """Its letters wait for a person, most often because the relay refused everybody."""
        if mailing.status is MailingStatus.PAUSED:
            said = (
                f"{mailing.edition} is paused: {(mailing.reason or 'by hand').rstrip('.')}. Once that is mended, "
                f"`briefing resume {mailing.edition}` lets it go on where it was."
            )
            self.once(f"{mailing.edition} paused", said)

    def waiting(self, edition_id: str, why: str | None) -> None:
        """Its letters cannot leave at all, for a reason that may pass; None when they can again."""
        subject = f"{edition_id} waits"
        if why is None:
            self.desk.store.alerts.settle(subject, self.desk.clock().timestamp())
            return
        said = (
            f"The letters of {edition_id} wait: {why.rstrip('.')}. They leave by themselves once the "
            "relay of [send.smtp] can be reached; `briefing deliveries` shows how they stand."
        )
        self.once(subject, said)

    def goes_on(self, edition_id: str) -> None:
        """Whoever let it go on is told, should it be paused again."""
        self.desk.store.alerts.settle(f"{edition_id} paused", self.desk.clock().timestamp())

    def unread(self, name: str, drafted: Drafted) -> None:
        """What could not be read: once, until it could be again."""
        now, about = self.desk.clock().timestamp(), f"{name} unread "
        missing = {f"{about}{page}": refusal for page, refusal in drafted.unread.items()}
        self.desk.store.alerts.settle(about, now, but=missing)
        fresh = [
            refusal
            for subject, refusal in missing.items()
            if self.desk.store.alerts.first(subject, refusal, now)
        ]
        if fresh:
            self.tell(
                f"{drafted.edition.id} was made without what could not be read: {' '.join(fresh)} "
                "`briefing sources` shows how each source stands."
            )

    def silent(self, sources: Iterable[str]) -> None:
        """A feed that answers, and has brought nothing new for longer than it ever took."""
        for name in sources:
            found = state(self.desk, name)
            if found.silence is not None:
                said = (
                    f"{name} {silent(found.silence)}. It may have moved: look at its site, and find "
                    f"its feed again with `briefing sources add`. It was {found.place}."
                )
                self.once(f"{name} silent since {found.silence.since:.0f}", said)
