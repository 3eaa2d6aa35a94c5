"""From Save to the painted preview at 40 pieces, against an earlier commit: one browser, both desks in turns.

Usage: `python -m benchmarks.painted EARLIER [--rounds N]`, EARLIER being a checkout with its own `.venv`
(`git worktree add ../base 41448ee`, then `make setup` there). Needs Chromium. Each checkout makes its own house
from the same pages and serves it by its own `briefing desk`; the browser saves a headline in one and then in
the other, so that a busy machine slows both. It counts from the press on Save to the frame after `painted`.
Printed are medians, of the ratios of neighbours too, and the processor's time of desk and browser for all
saves of a side, which other programs hardly change. `must` is what issue 23 asks for.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from benchmarks.desk import ARGUMENTS, PIECES, SAVE, desk, story
from playwright.sync_api import sync_playwright

MUST = 0.5


def house(folder, python):
    """A house of one checkout's own making with 40 stories in its draft."""

    def briefing(*arguments, cwd):
        subprocess.run(
            [python, "-m", "briefing", *arguments], cwd=cwd, check=True, capture_output=True
        )

    briefing("init", str(folder), cwd=folder.parent)
    for page in (folder / "seeds").glob("*.txt"):
        page.unlink()
    for number in range(PIECES):
        (folder / "seeds" / f"{number:03}.txt").write_text(story(number))
    path = folder / "config.toml"
    path.write_text(re.sub(r"max_items = \d+", f"max_items = {PIECES}", path.read_text()))
    briefing("draft", "staggers", cwd=folder)


@contextmanager
def opened(browser, folder, python):
    """The edition's page of such a house, in a context of its own: a cookie knows no port."""
    house(folder, python)
    with desk(folder, python) as (where, link):
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"http://{where}/sign-in?link={link}")
        page.get_by_role("button", name="Come in").click()
        page.locator("main a[href^='/editions/']").first.click()
        page.frame_locator("#frame iframe").locator("h1").first.wait_for()
        assert page.locator("#pieces > li").count() == PIECES
        yield page


def save(page, number):
    """Milliseconds from Save to the painted preview, on the clock and of the processor."""
    item = page.locator("#pieces > li").nth(1).get_attribute("data-item")
    before = worked()
    spent = page.evaluate(SAVE, [item, f"A headline of the desk, {number}"])
    work = worked() - before
    page.wait_for_selector("main[aria-busy=false]")
    return spent, work


def worked():
    """Milliseconds that the processor has worked for the programs that this one began: desks and browser."""
    parents, ticks = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            parents[int(stat.parent.name)] = int(fields[1])
            ticks[int(stat.parent.name)] = int(fields[11]) + int(fields[12])

    def is_ours(process):
        while process in parents:
            process = parents[process]
            if process == os.getpid():
                return True
        return False

    return 1000 / os.sysconf("SC_CLK_TCK") * sum(ticks[one] for one in ticks if is_ours(one))


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("earlier", type=Path)
    parser.add_argument("--rounds", type=int, default=21)
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    sides = {"then": asked.earlier.resolve(), "now": Path.cwd()}
    times = {side: [] for side in sides}
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        ExitStack() as all_,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        pages = {
            side: all_.enter_context(
                opened(browser, Path(folder) / side, checkout / ".venv" / "bin" / "python")
            )
            for side, checkout in sides.items()
        }
        for number in range(asked.rounds + 1):
            for side in list(sides)[:: -1 if number % 2 else 1]:
                pages[side].bring_to_front()
                times[side].append(save(pages[side], number))
        browser.close()
    # The first of each is the first save of its process.
    (then, work_then), (now, work_now) = (zip(*times[side][1:], strict=True) for side in times)
    ratio = statistics.median(after / before for before, after in zip(then, now, strict=True))
    print(
        f"from Save to the painted preview, {PIECES} pieces, {asked.rounds} rounds in turns: "
        f"then {statistics.median(then):.0f} ms, now {statistics.median(now):.0f} ms "
        f"({min(now):.0f} to {max(now):.0f}); {ratio:.2f} of the time then (must: {MUST}); of the "
        f"processor's time {sum(work_then) / len(now):.0f} ms then, {sum(work_now) / len(now):.0f} ms now: "
        f"{sum(work_now) / sum(work_then):.2f}"
    )


if __name__ == "__main__":
    main()
