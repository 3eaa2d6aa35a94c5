"""Digests → edition: choosing, ordering and changing what one briefing prints."""

from briefing.editions.assemble import (
    Background,
    EditionSettings,
    assemble,
    edition_id,
    event_id,
    item_of,
)
from briefing.editions.edit import Edited, apply, edited, folded
from briefing.editions.overlap import overlaps
from briefing.editions.ranking import Habits, habits_of

__all__ = [
    "Background",
    "Edited",
    "EditionSettings",
    "Habits",
    "apply",
    "assemble",
    "edited",
    "edition_id",
    "event_id",
    "folded",
    "habits_of",
    "item_of",
    "overlaps",
]
