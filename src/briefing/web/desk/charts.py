"""Charts: where each bar of an SVG stands. The page's template draws it; there is no script."""

from collections.abc import Sequence
from dataclasses import dataclass

#: In pixels: as wide as a phone's card, so that its words are as large as all others there.
WIDTH, ROW, LABEL, NUMBER = 360, 26, 126, 54


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBar:
    """One bar with its words."""

    label: str
    count: int
    #: Its upper edge.
    y: int
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars below each other. Its twin for those who cannot see it is a table."""

    bars: tuple[ChartBar, ...]
    width: int
    height: int
    #: Where the bars begin.
    left: int


def bars(rows: Sequence[tuple[str, int]]) -> Chart:
    """One bar for each label, the longest as wide as there is desk."""
    most = max((count for _, count in rows), default=0) or 1
    desk = WIDTH - LABEL - NUMBER
    drawn = tuple(
        ChartBar(label=label, count=count, y=at * ROW, length=round(desk * count / most, 1))
        for at, (label, count) in enumerate(rows)
    )
    return Chart(bars=drawn, width=WIDTH, height=ROW * len(rows), left=LABEL)
