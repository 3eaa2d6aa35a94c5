"""Pictures of the editors' desk: every screen at 1280 and 390 px, in light and in dark.

Writes `build/shots/desk-*.png`, the README's `docs/desk.png` and the pictures of docs/editing.md. It
makes a house of its own with the shipped seeds and one page that somebody has to decide, and starts
`briefing desk` on it. Needs Chromium: on Debian `apt-get install chromium fonts-noto-core`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.config import load_config
from briefing.model.edition import Edition

ROOT = Path(__file__).parents[1]
SHOTS = ROOT / "build" / "shots"
DOCS = ROOT / "docs"
#: The pictures of docs/editing.md: name, screen, and how much of it from the top, in pixels.
GUIDE = [
    ("desk-held.png", "desk-edition-1280-light.png", 1000),
    ("desk-source.png", "desk-source-1280-light.png", 700),
]
LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: Speaks as a seller once and has no author: nobody can tell who paid.
HELD = """\
Harbours strategy to bring thousands of jobs to the coast
A new plan for harbours will change how the country trades.

Britain's harbours are the hidden engine of its trade. Nine in ten goods come by sea. Our new quay \
programme will make them greener and faster, and it has already started in four towns.

The harbours have asked for years for a partner who understands them, and our engineers are ready \
to do so today. The first four quays open in the spring.
"""


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("make shots needs Chromium. On Debian: apt-get install chromium fonts-noto-core")
    SHOTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        edition = house(Path(folder) / "house")
        with desk(Path(folder) / "house") as (here, link):
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            page = browser.new_page()
            page.goto(link)
            shoot(page, "sign-in")
            page.get_by_role("button", name="Come in").click()
            page.wait_for_url(f"{here}/")
            for name, path in screens(edition):
                page.goto(here + path)
                shoot(page, name)
            walk_on(page, f"{here}/editions/{edition.id}", Path(folder) / "house")
            for name in ("rulings", "log"):  # now that there is something on them
                page.goto(f"{here}/{name}")
                shoot(page, name)
            browser.close()
    for name, shot, height in GUIDE:
        smaller(Image.open(SHOTS / shot).convert("RGB"), height).save(DOCS / name, optimize=True)
    print(
        f"{len(list(SHOTS.glob('desk-*.png')))} pictures of the desk in {SHOTS}, and {combined()}"
    )


def house(folder: Path) -> Edition:
    """A house with a draft in which one piece waits for a decision."""
    make_house(folder)
    (folder / "seeds" / "004-harbours.txt").write_text(HELD)
    settings = {"BRIEFING_BRIEFINGS__STAGGERS__APPROVAL": "required"}
    with open_desk(load_config(folder / "config.toml", settings)) as desk:
        return draft(desk, "staggers").edition


@contextmanager
def desk(folder: Path) -> Iterator[tuple[str, str]]:
    """`briefing desk` on a port of its own; yields its address and the link that signs in."""
    settings = {
        "BRIEFING_BRIEFINGS__STAGGERS__APPROVAL": "required",
        "BRIEFING_DESK__LISTEN": "127.0.0.1:0",
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "briefing", "desk"],
        cwd=folder,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for line in process.stdout or ():
            # Where nobody sits at a terminal, the link stands in a file.
            if path := re.search(r"Come in, once, by the link in (\S+)", line):
                found = re.search(r"(http://[^/\s]+)/sign-in\?link=\S+", Path(path[1]).read_text())
                assert found is not None
                yield found[1], found[0]
                break
    finally:
        process.terminate()
        process.wait()


def screens(edition: Edition) -> Iterator[tuple[str, str]]:
    """Names and paths of the screens."""
    whole = f"/editions/{edition.id}"
    yield "today", "/"
    yield "edition", whole
    yield "source", f"{whole}/source/{quote(edition.items[0].id, safe='/')}"
    for part in ("versions", "letter"):
        yield part, f"{whole}/{part}"
    yield "account", "/account"


def walk_on(page: Page, whole: str, folder: Path) -> None:
    """Decide, approve and send, with a picture after each."""
    page.goto(whole)
    page.locator(".held-pieces [name=sponsor]").fill("The Harbour Board")
    page.locator(".held-pieces [name=note]").fill("Their press office sent it")
    page.get_by_role("button", name="It is sponsored").click()
    page.wait_for_selector(".held-pieces", state="detached")
    page.goto(whole)
    shoot(page, "decided")
    page.locator("#word [name=warnings]").check()
    page.locator("#word button.strong").click()
    page.get_by_text("Exactly these bytes will be sent").wait_for()
    shoot(page, "approved")
    subprocess.run(
        [sys.executable, "-m", "briefing", "send"], cwd=folder, check=True, capture_output=True
    )
    page.goto(f"{whole}/readers")
    shoot(page, "readers")


def shoot(page: Page, name: str) -> None:
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        if page.locator("#frame iframe").count():
            page.frame_locator("#frame iframe").locator("h1").first.wait_for()
        page.screenshot(
            path=SHOTS / f"desk-{name}-{width}-{scheme}.png", full_page=width == LOOKS[-1][0]
        )


def smaller(picture: Image.Image, height: int) -> Image.Image:
    """The top of a screen at three quarters of its size, in few colours."""
    top = picture.crop((0, 0, picture.width, min(height, picture.height)))
    size = (top.width * 3 // 4, top.height * 3 // 4)
    return top.resize(size, Image.Resampling.LANCZOS).quantize(96)


def combined() -> Path:
    """The edition's page on a desktop, and its top on a phone in the dark."""
    wide = Image.open(SHOTS / "desk-decided-1280-light.png").convert("RGB")
    small = Image.open(SHOTS / "desk-decided-390-dark.png").convert("RGB")
    gap, height = 24, wide.height
    small = small.crop((0, 0, small.width, height))
    sheet = Image.new("RGB", (wide.width + small.width + 3 * gap, height + 2 * gap), "#cfcac2")
    sheet.paste(wide, (gap, gap))
    sheet.paste(small, (wide.width + 2 * gap, gap))
    sheet = sheet.resize((sheet.width * 3 // 4, sheet.height * 3 // 4), Image.Resampling.LANCZOS)
    path = ROOT / "docs" / "desk.png"
    sheet.quantize(128).save(path, optimize=True)
    return path


if __name__ == "__main__":
    main()
