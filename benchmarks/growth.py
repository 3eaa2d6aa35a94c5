"""Letters a second and memory against the number of readers, over both databases, as two pictures.

Usage: `python -m benchmarks.growth [--most N]` writes `docs/letters-by-readers.svg` and
`docs/memory-by-readers.svg`. Needs the group `bench` (for pygal) and Debian's package postfix (for
`smtp-sink`). Houses with 10,000 readers, ten times as many and so on; the list is imported, and the command
`briefing send` does the rest. Letters a second are from the first letter to the last, memory is the peak of
that command's process, its beginning with checks and freezing included. Takes some ten minutes for a million.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pygal
from benchmarks.million import Run, house, measured
from benchmarks.send import database, settings, sink
from pygal.style import Style
from sqlalchemy import func, select
from tests.servers import postgresql

from briefing.store.schema.core import deliveries

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


#: Seconds between two looks at the command's peak of memory, which only grows.
LOOK = 0.05


def sent(url: str, port: int, readers: int) -> tuple[float, float]:
    """Letters a second, from the first to the last, and the peak of memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        run = house(Path(folder) / "house", url, port, readers)
        measured("import", run.bring_in)
        peak = commanded(run.config.home, settings(url, port))
        return readers / taken(run, readers), peak


def commanded(home: Path, told: dict[str, str]) -> float:
    """The peak of memory of `briefing send` in that house, in MB."""
    command = (sys.executable, "-m", "briefing", "send")
    peak = 0
    with subprocess.Popen(
        command, cwd=home, env=os.environ | told, stdout=subprocess.DEVNULL
    ) as process:
        status = Path(f"/proc/{process.pid}/status")
        while process.poll() is None:
            # A process that has ended and was not asked for its code has no memory any more.
            found = status.read_text().partition("VmHWM:")[2].split()
            peak = max(peak, int(found[0]) if found else 0)
            time.sleep(LOOK)
    assert process.returncode == 0, process.returncode
    return peak / 1000


def taken(run: Run, readers: int) -> float:
    """Seconds from the first letter to the last, as the ledger has them."""
    of_all = select(func.count(), func.min(deliveries.c.at), func.max(deliveries.c.at))
    with run.store() as store, store.database.read() as connection:
        count, first, last = connection.execute(of_all).one()
    assert count == readers, count
    return float(last - first)


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
