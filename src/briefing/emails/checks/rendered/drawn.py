"""What a browser drew of an email, as far as the rules on labels measure it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from briefing.emails.checks.colour import Colour

#: CSS pixels: a small phone, a phone, a desktop.
WIDTHS = (320, 375, 700)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnText:
    """A run of text that was painted: where, how large, and in which colours."""

    text: str
    #: CSS pixels from the top and left of the page.
    top: float
    bottom: float
    left: float
    size: float
    colour: Colour
    #: What is seen behind it.
    ground: Colour
    #: The place of its block in `DrawnPage.blocks`; None outside of them.
    block: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBlock:
    """A block that a design marks as `sponsored` or `issued`."""

    kind: str
    top: float
    bottom: float
    #: The widest border around all of it, in CSS pixels; 0 without one.
    border: float = 0.0
    border_colour: Colour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPage:
    """An email in one width and one colour scheme."""

    width: int
    is_dark: bool
    texts: tuple[DrawnText, ...]
    blocks: tuple[DrawnBlock, ...]

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"at {self.width} px in {'dark' if self.is_dark else 'light'} mode"

    def within(self, block: int) -> list[DrawnText]:
        """The texts of a block in reading order: from top to bottom, then from left to right."""
        found = [text for text in self.texts if text.block == block]
        return sorted(found, key=lambda text: (round(text.top), text.left))


class Draughtsman(Protocol):
    """Draws an email; a browser, without a network."""

    def draw(self, html: str, widths: Sequence[int] = WIDTHS) -> tuple[DrawnPage, ...]:
        """The email in each width, in light and in dark."""
        ...
