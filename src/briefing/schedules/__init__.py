"""Schedules: from a time of the day in a zone to the moments it stands for."""

from briefing.schedules.plan import Plan, decide
from briefing.schedules.schedule import Due, Schedule

__all__ = ["Due", "Plan", "Schedule", "decide"]
