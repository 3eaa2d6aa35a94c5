"""Letters a second and memory against the number of readers, over both databases, as two pictures.

Usage: `python -m benchmarks.growth [--most N]` writes `docs/letters-by-readers.svg` and
`docs/memory-by-readers.svg`. Needs the group `bench` (for pygal) and Debian's package postfix (for
`smtp-sink`). Houses with 10,000 readers, ten times as many and so on, each in a process of its own a step:
import, freeze, send. Memory is the peak of the process that sends. Takes some ten minutes for a million.
"""

import argparse
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pygal
from benchmarks.million import house, measured
from benchmarks.send import database, sink
from pygal.style import Style
from tests.servers import postgresql

DOCS = Path(__file__).resolve().parent.parent / "docs"
FEWEST = 10_000
STORES = ("SQLite", "PostgreSQL")
#: Two colours that also differ in lightness, for who sees none, and in print.
_STYLE = Style(
    colors=("#0b5394", "#e07a1f"),
    background="#ffffff",
    plot_background="#ffffff",
    font_family="sans-serif",
    label_font_size=14,
    legend_font_size=14,
    title_font_size=16,
    value_label_font_size=12,
)


@dataclass
class Grown:
    """What was found over one database, a figure for each number of readers."""

    letters: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)


def sent(url: str, port: int, readers: int) -> tuple[float, float]:
    """Letters a second, from the first to the last, and the peak of memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        run = house(Path(folder) / "house", url, port, readers)
        for name, step in (("import", run.bring_in), ("freeze", run.freeze)):
            measured(name, step)
        found = measured("send all letters", run.send)
    return readers / found.seconds, found.peak


def draw(path: Path, title: str, labels: list[str], rows: dict[str, list[float]]) -> None:
    """A bar for each number of readers and database, with its figure."""
    chart = pygal.Bar(
        style=_STYLE,
        js=(),  # a picture in a document runs nothing
        title=title,
        x_title="readers",
        range=(0, max(max(row) for row in rows.values()) * 1.15),
        width=720,
        height=420,
        print_values=True,
        print_values_position="top",
        show_y_guides=False,
        legend_at_bottom=True,
        value_formatter=lambda value: f"{value:,.0f}",
    )
    chart.x_labels = labels
    for name, row in rows.items():
        chart.add(name, row)
    path.write_bytes(chart.render())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--most", type=int, default=1_000_000)
    most = parser.parse_args().most
    counts = [FEWEST]
    while counts[-1] < most:
        counts.append(min(counts[-1] * 10, most))
    grown = {store: Grown() for store in STORES}
    with sink() as receiver, postgresql.running(postgresql.DURABLE) as server:
        for readers in counts:
            for store, found in grown.items():
                with database(store, server) as url:
                    rate, peak = sent(url, receiver.port, readers)
                found.letters.append(rate)
                found.peaks.append(peak)
                print(
                    f"{readers:>9,} {store:<11}{rate:>8,.0f} letters/s {peak:>5,.0f} MB", flush=True
                )
    labels = [f"{readers:,}" for readers in counts]
    letters = {store: found.letters for store, found in grown.items()}
    peaks = {store: found.peaks for store, found in grown.items()}
    draw(
        DOCS / "letters-by-readers.svg",
        "Letters a second, one process, into a sink",
        labels,
        letters,
    )
    draw(DOCS / "memory-by-readers.svg", "Peak memory of the sending process, MB", labels, peaks)


if __name__ == "__main__":
    main()
