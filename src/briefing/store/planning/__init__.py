"""Slots of the schedule, alerts, readings of sources."""
