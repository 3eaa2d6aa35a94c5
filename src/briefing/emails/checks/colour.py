"""Colours: how far a text stands out from its ground, and what a forced dark mode makes of both."""

import math
from dataclasses import dataclass
from functools import lru_cache

_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_TO_RGB = ((3.2406, -1.5372, -0.4986), (-0.9689, 1.8758, 0.0415), (0.0557, -0.2040, 1.0570))
_WHITE_POINT = (0.9505, 1.0, 1.089)
_MIDDLE = 50.0
#: How much of its distance from the middle a lightness keeps on the other side, and of its chroma.
_REACH, _FADE = 0.75, 0.8
#: Where sRGB (IEC 61966-2-1) and CIELAB change from a line to a curve.
_SRGB_BEND, _LINEAR_BEND, _LAB_BEND = 0.04045, 0.0031308, 0.008856


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in sRGB: three parts from 0 to 255, and how much it covers, from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def over(self, ground: "Colour") -> "Colour":
        """What is seen of it on an opaque ground."""
        kept = 1 - self.alpha
        return Colour(
            self.red * self.alpha + ground.red * kept,
            self.green * self.alpha + ground.green * kept,
            self.blue * self.alpha + ground.blue * kept,
        )

    @property
    def luminance(self) -> float:
        """WCAG 2.2's relative luminance, 0 for black to 1 for white."""
        red, green, blue = self._linear()
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def forced(self, *, ground: bool) -> "Colour":
        """What a client that forces dark mode makes of it.

        A light ground becomes dark and a dark text light: CIE lightness is mirrored at its middle,
        with three quarters of the distance and less colour. Each client has a formula of its own
        and publishes none; this one is in the middle of them, and two preview tools use its like.
        """
        return _forced(self, is_ground=ground)

    def __str__(self) -> str:
        return "#" + "".join(f"{round(part):02x}" for part in (self.red, self.green, self.blue))

    def _linear(self) -> tuple[float, float, float]:
        red, green, blue = (_expanded(part / 255) for part in (self.red, self.green, self.blue))
        return red, green, blue

    def lab(self) -> tuple[float, float, float]:
        """Lightness, and how red and how yellow it is, in CIELAB."""
        xyz = _times(_TO_XYZ, self._linear())
        x, y, z = (_root(part / white) for part, white in zip(xyz, _WHITE_POINT, strict=True))
        return 116 * y - 16, 500 * (x - y), 200 * (y - z)


WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)


@lru_cache(maxsize=1024)
def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2's contrast ratio, from 1 to 21; the order does not matter."""
    low, high = sorted((one.luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)


def difference(one: Colour, other: Colour) -> float:
    """How far two colours are apart by eye: CIE 1976's distance, 2.3 being just noticed side by side."""
    pairs = zip(one.lab(), other.lab(), strict=True)
    return math.sqrt(sum((mine - theirs) ** 2 for mine, theirs in pairs))


# A design has a few pairs of colours, and asks of each in every letter.
@lru_cache(maxsize=1024)
def _forced(colour: Colour, *, is_ground: bool) -> Colour:
    light, a, b = colour.lab()
    turned = light >= _MIDDLE if is_ground else light < _MIDDLE
    if not turned:
        return colour
    return _from_lab(_MIDDLE - (light - _MIDDLE) * _REACH, a * _FADE, b * _FADE)


def _from_lab(light: float, a: float, b: float) -> Colour:
    y = (light + 16) / 116
    roots = (y + a / 500, y, y - b / 200)
    xyz = tuple(_cube(part) * white for part, white in zip(roots, _WHITE_POINT, strict=True))
    red, green, blue = (_compressed(part) * 255 for part in _times(_TO_RGB, xyz))
    return Colour(red, green, blue)


def _times(matrix: tuple[tuple[float, ...], ...], vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _expanded(part: float) -> float:
    return part / 12.92 if part <= _SRGB_BEND else ((part + 0.055) / 1.055) ** 2.4


def _compressed(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * 12.92 if part <= _LINEAR_BEND else 1.055 * part ** (1 / 2.4) - 0.055


def _root(part: float) -> float:
    return part ** (1 / 3) if part > _LAB_BEND else 7.787 * part + 16 / 116


def _cube(part: float) -> float:
    return part**3 if part**3 > _LAB_BEND else (part - 16 / 116) / 7.787
