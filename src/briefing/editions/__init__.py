"""Digests → edition: choosing, ordering and changing what one briefing prints."""

from briefing.editions.assemble import EditionSettings, assemble, edition_id
from briefing.editions.edit import (
    Change,
    Drop,
    MakeLead,
    Move,
    Restore,
    Rewrite,
    SetPreheader,
    SetSubject,
    apply,
)

__all__ = [
    "Change",
    "Drop",
    "EditionSettings",
    "MakeLead",
    "Move",
    "Restore",
    "Rewrite",
    "SetPreheader",
    "SetSubject",
    "apply",
    "assemble",
    "edition_id",
]
