"""The editors' desk: how long a page takes at 40 pieces, and a change until its preview is painted.

Usage: `python -m benchmarks.desk`. It starts `briefing desk` itself. The page is set against the account
page of the same server, which checks the session and draws a template; the two take turns, so that
a busy machine slows both. The second figure needs Chromium (Debian: `apt-get install chromium`):
it runs from the press on Save to the frame after the preview's `painted` event. Medians.
"""

import http.client
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright
from tests.desks import act

from briefing.actions.admin.init import make_house
from briefing.actions.editions.draft import draft
from briefing.config import load_config

PIECES, ROUNDS, CHANGES = 40, 30, 15
#: Milliseconds.
LIMIT_PAGE, LIMIT_PAINTED = 150, 300
NOUNS = (
    "levy council tariff mandate tribunal ferry prison budget treaty school rent harbour".split()
)
VERBS = "delays raises splits revives blocks amends".split()
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SAVE = """([item, words]) => new Promise((done) => {
  const form = document.querySelector(`[data-item="${CSS.escape(item)}"] form[data-autosave]`);
  form.querySelector("[name=headline]").value = words;
  const start = performance.now();
  document.addEventListener("painted", () => requestAnimationFrame(() => setTimeout(
    () => done(performance.now() - start))), { once: true });
  form.requestSubmit();
})"""


def story(number):
    """A page with one article of our own making; no two share their words."""
    chance = random.Random(number)

    def sentence():
        words = chance.sample(NOUNS, 4)
        return (
            f"The {words[0]} and the {words[1]} would cost {chance.randint(2, 900)} million more "
            f"than the {words[2]} by {chance.randint(2027, 2090)}, the {words[3]} committee said."
        )

    headline = f"{chance.choice(NOUNS).title()} {number} {chance.choice(VERBS)} the assembly"
    paragraphs = [" ".join(sentence() for _ in range(3)) for _ in range(6)]
    return "\n\n".join([headline, "By Ines Calder", *paragraphs]) + "\n"


def house(folder, pieces):
    """A house whose draft has so many stories; with none named, the one of seeds/."""
    make_house(folder)
    path = folder / "config.toml"
    if pieces:
        for page in (folder / "seeds").glob("*.txt"):
            page.unlink()
        for number in range(pieces):
            (folder / "seeds" / f"{number:03}.txt").write_text(story(number))
        path.write_text(re.sub(r"max_items = \d+", f"max_items = {pieces}", path.read_text()))
    edition = act(draft, load_config(path), "staggers").edition
    assert not pieces or len(edition.items) == pieces, len(edition.items)
    return edition


def invited(folder, printed):
    """Host, port and the one-time link: kept in a file, but printed in what went before 30 November 2026."""
    for line in printed:
        if found := re.search(r"http://([\d.:]+)(?:/sign-in\?link=(\S+))?", line):
            where, link = found.groups()
        if "by the link in" in line:
            link = (folder / "var" / "sign-in.link").read_text().strip().rpartition("link=")[2]
        if link:
            return where, link
    raise SystemExit("The desk did not start.")


@contextmanager
def desk(folder, python=sys.executable):
    """The desk of a house, as a checkout's `briefing desk` serves it; yields host and port, and the link."""
    environment = os.environ | {"BRIEFING_DESK__LISTEN": "127.0.0.1:0", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [python, "-m", "briefing", "desk"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield invited(folder, process.stdout)
    finally:
        process.terminate()
        process.wait()


class Visitor:
    """Somebody at the desk without a browser."""

    def __init__(self, where, link):
        self._connection = http.client.HTTPConnection(where)
        self._headers = {
            "Origin": f"http://{where}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        answer, _ = self._ask("POST", "/sign-in", {"link": link}, 303)
        self._headers["Cookie"] = answer.headers["Set-Cookie"].split(";")[0]

    def get(self, path):
        """Milliseconds until the page is here, and the page."""
        start = time.perf_counter()
        _, body = self._ask("GET", path, {}, 200)
        return (time.perf_counter() - start) * 1000, body

    def change(self, path, subject):
        """Write another subject, as the page's form does."""
        fields = dict(re.findall(rb'name="(token|seen)" value="(.*?)"', self.get(path)[1]))
        fields |= {b"kind": b"inbox", b"subject": subject.encode()}
        self._ask("POST", f"{path}/change", fields, 303)

    def _ask(self, method, path, fields, status):
        self._connection.request(method, path, urlencode(fields), self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status == status, (path, answer.status, body[:300])
        return answer, body


def page_times(folder):
    """Milliseconds of the edition page and the account page in turns, and after a change; bytes."""
    path = f"/editions/{house(folder, PIECES).id}"
    with desk(folder) as (where, link):
        visitor = Visitor(where, link)
        size = len(visitor.get(path)[1])
        pairs = [(visitor.get(path)[0], visitor.get("/account")[0]) for _ in range(ROUNDS)]
        fresh = []
        for number in range(CHANGES):
            visitor.change(path, f"The subject of change {number}")
            fresh.append(visitor.get(path)[0])
    return pairs, fresh, size


def painted_times(folder, chromium):
    """Milliseconds from Save to the painted preview, in Chromium, at the edition of seeds/."""
    edition = house(folder, 0)
    with desk(folder) as (where, link), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"http://{where}/sign-in?link={link}")
        page.get_by_role("button", name="Come in").click()
        page.goto(f"http://{where}/editions/{edition.id}")
        page.frame_locator("#frame iframe").locator("h1").first.wait_for()
        times = []
        for number in range(CHANGES + 1):
            words = [edition.items[1].id, f"A headline of the desk, {number}"]
            times.append(page.evaluate(SAVE, words))
            page.wait_for_selector("main[aria-busy=false]")
        browser.close()
    return times[1:]


def main():
    with tempfile.TemporaryDirectory() as folder:
        pairs, fresh, size = page_times(Path(folder) / "house")
    mine = statistics.median(one for one, _ in pairs)
    trivial = statistics.median(other for _, other in pairs)
    ratio = statistics.median(one / other for one, other in pairs)
    print(
        f"the edition page, {PIECES} pieces: {mine:.0f} ms (limit {LIMIT_PAGE}), {size / 1000:.0f} kB; "
        f"{ratio:.1f} times the account page ({trivial:.1f} ms); "
        f"right after a change, when the letter is rendered and checked: {statistics.median(fresh):.0f} ms"
    )
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("from Save to the painted preview: not measured, Chromium is not here")
        return
    with tempfile.TemporaryDirectory() as folder:
        times = painted_times(Path(folder) / "house", chromium)
    low, high = min(times), max(times)
    print(
        f"from Save to the painted preview: {statistics.median(times):.0f} ms (limit {LIMIT_PAINTED}; "
        f"{low:.0f} to {high:.0f} in {len(times)} changes)"
    )


if __name__ == "__main__":
    main()
