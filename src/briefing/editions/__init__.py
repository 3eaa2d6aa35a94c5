"""Digests → edition: choosing, ordering and changing what one briefing prints."""

from briefing.editions.assemble import EditionSettings, assemble, edition_id, item_of
from briefing.editions.edit import Edited, apply, edited, folded
from briefing.editions.overlap import overlaps
from briefing.editions.ranking import Habits, habits_of

__all__ = [
    "Edited",
    "EditionSettings",
    "Habits",
    "apply",
    "assemble",
    "edited",
    "edition_id",
    "folded",
    "habits_of",
    "item_of",
    "overlaps",
]
