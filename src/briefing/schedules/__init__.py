"""Schedules: from a time of the day in a zone to the moments it stands for."""

from briefing.schedules.days_off import DaysOff, refuse_unknown_place
from briefing.schedules.plan import Plan, decide
from briefing.schedules.schedule import Due, Schedule, read_hours

__all__ = ["DaysOff", "Due", "Plan", "Schedule", "decide", "read_hours", "refuse_unknown_place"]
