"""Chromium as a draughtsman: an email is laid out in every width, in light and in dark, and measured there.

No library drives it: it opens one page of ours, which holds the email in a frame a width, measures them and writes
down what it finds; Chromium prints that page (`--dump-dom`). No host is looked up, and nothing in the email runs.
"""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any

from briefing.emails.checks import DrawnPage
from briefing.emails.checks.colour import Colour
from briefing.emails.checks.rendered.drawn import WIDTHS, DrawnBlock, DrawnText
from briefing.errors import DeskError, why

#: The first is the one without windows: it starts in a third of the time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_MEASURE = Path(__file__).with_name("measure.js")
#: Seconds for one colour scheme.
_PATIENCE = 120
_FOUND = re.compile(r'<pre id="found">(.*?)</pre>', re.DOTALL)
_NUMBERS = re.compile(r"[\d.]+")
#: A frame's height; what stands below is laid out all the same.
_HEIGHT = 900


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser on this machine."""

    program: str

    def draw(self, html: str, widths: Sequence[int] = WIDTHS) -> tuple[DrawnPage, ...]:
        """The email in each width, in light and in dark.

        Raises:
            DeskError: when the browser does not answer.
        """
        return tuple(
            page for dark in (False, True) for page in self._scheme(html, widths, dark=dark)
        )

    def _scheme(self, html: str, widths: Sequence[int], *, dark: bool) -> list[DrawnPage]:
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.html"
            page.write_text(_page(html, widths), "utf-8")
            printed = self._print(page, Path(folder) / "profile", dark=dark)
        found = _FOUND.search(printed)
        if not found or not found[1]:
            raise DeskError(f"{self.program} measured nothing; run it once by hand to see why.")
        pages = json.loads(unescape(found[1]))
        return [_drawn(one, is_dark=dark) for one in pages]

    def _print(self, page: Path, profile: Path, *, dark: bool) -> str:
        command = [
            self.program,
            "--headless=new",
            "--no-sandbox",  # it runs nothing of the email's, and as root it starts no other way
            "--disable-gpu",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}",
            f"--window-size={sum(WIDTHS)},{_HEIGHT}",
            "--virtual-time-budget=5000",
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            "--dump-dom",
            page.as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - a browser, on a page of ours
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DeskError(f"{self.program} does not answer: {why(error)}.") from error
        return done.stdout.decode("utf-8", "replace")


def find_chromium() -> Chromium:
    """The browser of this machine.

    Raises:
        DeskError: when there is none.
    """
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise DeskError(
            f"--rendered needs a browser, and none of {', '.join(_NAMES)} is on the PATH; "
            "install one (Debian: apt-get install chromium), or lint without --rendered."
        )
    return Chromium(found)


def _page(html: str, widths: Sequence[int]) -> str:
    frames = "".join(
        f'<iframe sandbox="allow-same-origin" width="{width}" height="{_HEIGHT}" style="border:0" '
        f'srcdoc="{escape(html)}"></iframe>'
        for width in widths
    )
    script = _MEASURE.read_text("utf-8")
    return (
        f'<!doctype html><meta charset="utf-8"><body>{frames}<pre id="found"></pre>'
        f"<script>{script}</script></body>"
    )


def _drawn(found: Mapping[str, Any], *, is_dark: bool) -> DrawnPage:
    return DrawnPage(
        width=found["width"],
        is_dark=is_dark,
        texts=tuple(
            DrawnText(
                text=text["text"],
                top=text["top"],
                bottom=text["bottom"],
                left=text["left"],
                size=text["size"],
                colour=_colour(text["color"]),
                ground=_laid_over(text["grounds"], is_dark=is_dark),
                block=text["block"],
            )
            for text in found["texts"]
        ),
        blocks=tuple(
            DrawnBlock(
                kind=block["kind"],
                top=block["top"],
                bottom=block["bottom"],
                border=block["border"],
                border_colour=_colour(block["color"]) if block["border"] else None,
            )
            for block in found["blocks"]
        ),
    )


def _laid_over(grounds: Sequence[str], *, is_dark: bool) -> Colour:
    """Grounds from the inside out over the browser's own."""
    seen = Colour(18, 18, 18) if is_dark else Colour(255, 255, 255)
    for ground in reversed(grounds):
        seen = _colour(ground).over(seen)
    return seen


def _colour(said: str) -> Colour:
    """What CSSOM writes: `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.5)`."""
    red, green, blue, *alpha = map(float, _NUMBERS.findall(said))
    return Colour(red, green, blue, alpha[0] if alpha else 1.0)
