"""Catching up: which of the slots that nobody has finished are worked on, and which are too late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.schedules.schedule import Due


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about slots, oldest first."""

    #: To be drafted or sent: those still to come, and at most one whose hour has passed.
    work: tuple[Due, ...]
    #: To be reported, and never sent.
    missed: tuple[Due, ...]


def decide(slots: Iterable[Due], now: datetime, latest_start: timedelta) -> Plan:
    """Sort slots whose sending has not begun.

    Of those whose hour has passed only the newest is sent late, and only inside `latest_start`:
    three missed days never give three late editions.

    Args:
        slots: without those that are sent, skipped, missed or being sent.
        now: aware.
        latest_start: how long after its hour an edition is still sent.
    """
    ordered = sorted(set(slots), key=lambda due: due.at)
    past = [due for due in ordered if due.at <= now]
    late = tuple(due for due in past[-1:] if now - due.at <= latest_start)
    return Plan(
        work=(*late, *(due for due in ordered if due.at > now)),
        missed=tuple(due for due in past if due not in late),
    )
