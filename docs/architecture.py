"""Draws docs/architecture.svg from the imports of the source: rooms by floor, and who uses whom.

The floors are those of the first contract of import-linter in pyproject.toml. An arrow that follows from
others is left out (a transitive reduction), and so are those to the ground floors, which everybody may use.
Usage: make architecture.
"""

import tomllib
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from math import fsum
from pathlib import Path
from textwrap import wrap

from docs.source_tree import Tree

PICTURE = Path(__file__).with_name("architecture.svg")
WIDTH, MARGIN, GAP, RISE = 1000, 12, 10, 44
#: Pixels of a narrow and a wide box, of a line, and of a letter at its size.
NARROW, WIDE, LINE, LETTER = 113, 318, 14, 6.1
#: So many rooms on a floor have wide boxes.
FEW = 3
#: These lie under everything; arrows to them would say nothing.
GROUND = ("model", "errors", "clock", "shipped")
STYLE = """
  text { font: 11px system-ui, sans-serif; fill: #57606a }
  .name { font-weight: 700; font-size: 14px; fill: #1f2328 }
  .inner { font-family: ui-monospace, monospace; font-size: 10.5px; fill: #0550ae }
  .box { fill: #f6f8fa; stroke: #8c959f } .ground { fill: #eaeef2; stroke: #afb8c1 }
  .arrow { fill: none; stroke: #6e7781; stroke-width: 1.3 } .tip { fill: #6e7781 }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117 } text { fill: #9198a1 } .name { fill: #f0f6fc } .inner { fill: #79c0ff }
    .box { fill: #151b23; stroke: #656c76 } .ground { fill: #212830; stroke: #3d444d }
    .arrow { stroke: #9198a1 } .tip { fill: #9198a1 }
  }"""


@dataclass
class Box:
    """A room on its floor, or a place that an arrow needs to pass one."""

    name: str
    floor: int
    lines: list[tuple[str, str]] = field(default_factory=list)
    width: float = 8
    x: float = WIDTH / 2

    @property
    def height(self) -> float:
        return LINE * len(self.lines) + 16


def picture() -> str:
    """The drawing as it must stand in docs/architecture.svg."""
    tree, floors = Tree(), floors_of_the_house()
    boxes = {
        name: box(tree, name, number, floors)
        for number, names in enumerate(floors)
        for name in names
    }
    arrows = [way(one, other, boxes) for one, other in reduced(tree.between_rooms())]
    rows = [[one for one in boxes.values() if one.floor == number] for number in range(len(floors))]
    place(rows, arrows)
    tops, bottom = heights(rows)
    parts = [drawn(one, tops[one.floor], rows) for one in boxes.values() if one.lines]
    parts += [curve([boxes[name] for name in names], tops, rows) for names in arrows]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom:.0f}" role="img" '
        'aria-labelledby="title">\n<title id="title">The rooms of src/briefing, drawn from their imports: '
        f"each uses only what lies below</title>\n<style>{STYLE}\n</style>\n"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def floors_of_the_house() -> list[list[str]]:
    """The rooms of each floor, from the top, as import-linter holds them."""
    settings = tomllib.loads((PICTURE.parents[1] / "pyproject.toml").read_text("utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[name.strip(" ()") for name in layer.split("|")] for layer in layers]


def box(tree: Tree, name: str, floor: int, floors: list[list[str]]) -> Box:
    module = tree.modules[name]
    width = NARROW if len(floors[floor]) > FEW else WIDE
    letters = int((width - 16) / LETTER)
    meaning = [("", line) for line in wrap(module.meaning.replace("→", "to"), letters)]
    inner = [("inner", line) for line in wrap("  ".join(tree.folders(name)), int(letters * 0.95))]
    return Box(name, floor, [("name", name), *meaning, *inner], width)


def reduced(uses: dict[str, set[str]]) -> list[tuple[str, str]]:
    """The arrows that do not follow from others, without those to the ground."""

    def reached(name: str) -> set[str]:
        return set(uses[name]).union(*map(reached, uses[name]))

    return [
        (one, other)
        for one in sorted(uses.keys() - {"__main__"})
        for other in sorted(uses[one] - set(GROUND))
        if not any(other in reached(between) for between in uses[one] - {other})
    ]


def way(one: str, other: str, boxes: dict[str, Box]) -> list[str]:
    """The boxes an arrow runs through; on each floor between the two it gets a place of its own."""
    names = [one]
    for floor in range(boxes[one].floor + 1, boxes[other].floor):
        names.append(f"{one}→{other} {floor}")
        boxes[names[-1]] = Box(names[-1], floor)
    return [*names, other]


def place(rows: list[list[Box]], arrows: list[list[str]]) -> None:
    """Put each box near those it has arrows to: floor by floor, down and up again."""
    known = {one.name: one for row in rows for one in row}
    near: dict[str, list[Box]] = {name: [] for name in known}
    for names in arrows:
        for one, other in pairwise(names):
            near[one].append(known[other])
            near[other].append(known[one])
    for row in rows:
        spread(row)
    for number in [*range(len(rows)), *reversed(range(len(rows)))] * 6:
        row = rows[number]
        wanted = {one.name: mean_of(one, near[one.name]) for one in row}
        row.sort(key=lambda one: (wanted[one.name], one.name))
        for box in row:
            box.x = wanted[box.name]
        spread(row)


def mean_of(one: Box, near: list[Box]) -> float:
    # fsum: what sum makes of floats is not the same in every Python.
    return fsum(other.x for other in near) / len(near) if near else one.x


def spread(row: list[Box]) -> None:
    """Push boxes apart that lie over each other, and all of them into the picture."""
    edge = float(MARGIN)
    for one in row:
        one.x = max(one.x, edge + one.width / 2)
        edge = one.x + one.width / 2 + GAP
    edge = float(WIDTH - MARGIN)
    for one in reversed(row):
        one.x = min(one.x, edge - one.width / 2)
        edge = one.x - one.width / 2 - GAP


def heights(rows: list[list[Box]]) -> tuple[list[float], float]:
    """Where each floor begins, and where the last one ends."""
    tops, y = [], float(MARGIN)
    for row in rows:
        tops.append(y)
        y += max(one.height for one in row) + RISE
    return tops, y - RISE + MARGIN


def drawn(one: Box, top: float, rows: list[list[Box]]) -> str:
    kind = "ground" if one.name in GROUND else "box"
    height = max(other.height for other in rows[one.floor])
    left = one.x - one.width / 2
    text = "".join(
        f'<text class="{kind}" x="{left + 8:.1f}" y="{top + 19 + number * LINE:.1f}">{escape(line)}</text>'
        for number, (kind, line) in enumerate(one.lines)
    )
    return (
        f'<g><rect class="{kind}" x="{left:.1f}" y="{top:.1f}" width="{one.width:.0f}" '
        f'height="{height:.0f}" rx="6"/>{text}</g>'
    )


def curve(boxes: list[Box], tops: list[float], rows: list[list[Box]]) -> str:
    bottoms = [top + max(one.height for one in row) for top, row in zip(tops, rows, strict=True)]
    first, *_, last = boxes
    x, y = leaving(first, boxes[1]), bottoms[first.floor]
    path = f"M{x:.1f} {y:.1f}"
    for one in boxes[1:]:
        end = leaving(one, boxes[-2]) if one is last else one.x
        half = (tops[one.floor] + y) / 2
        path += f"C{x:.1f} {half:.1f} {end:.1f} {half:.1f} {end:.1f} {tops[one.floor]:.1f}"
        x, y = end, bottoms[one.floor]
        path += "" if one is last else f"V{y:.1f}"
    return f'<path class="arrow" marker-end="url(#tip)" d="{path}"/>'


def leaving(one: Box, other: Box) -> float:
    """Where on a box's edge an arrow to another begins."""
    reach = one.width / 2 - 14
    return one.x + max(-reach, min(reach, (other.x - one.x) * 0.6))


if __name__ == "__main__":
    PICTURE.write_text(picture(), "utf-8")
