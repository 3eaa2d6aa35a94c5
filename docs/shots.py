"""Pictures of a rendered edition: phone and desktop, light, dark, images off, styles stripped.

Writes `build/shots/*.png`, the README's `docs/briefing.png`, and `docs/design-NAME.png` of each design with
every block filled. Needs Chromium: on Debian
`apt-get install chromium fonts-noto-core`. Usage: `docs/shots.py [FILE.html]`; without a file it
takes the newest edition under var/editions.
"""

import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from briefing.emails import EmailSettings, specimen
from briefing.emails.render import render

ROOT = Path(__file__).parents[1]
SHOTS = ROOT / "build" / "shots"
WIDTHS = (375, 700)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("make shots needs Chromium. On Debian: apt-get install chromium fonts-noto-core")
    page = chosen_page()
    SHOTS.mkdir(parents=True, exist_ok=True)
    html = page.read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for width in WIDTHS:
            shoot(browser, html, f"{width}-light", width, "light")
            shoot(browser, html, f"{width}-dark", width, "dark")
            shoot(browser, html, f"{width}-images-off", width, "light", images=False)
            shoot(browser, stripped(html), f"{width}-stripped", width, "light")
        for design in sorted((ROOT / "templates" / "email").iterdir()):
            shoot_design(browser, design)
        browser.close()
    picture = combined("", "briefing.png")
    print(f"{page}: {len(list(SHOTS.glob('*.png')))} pictures in {SHOTS}, and {picture}")


def shoot_design(browser: Browser, design: Path) -> None:
    """A design with every block filled, for docs/design-NAME.png."""
    settings = EmailSettings(
        template=design,
        site_name="Harbour Review",
        public_url="https://briefing.example.org",
        postal_address="4 Quay Street, Leith EH6 0AA",
        subscribe_url="https://briefing.example.org/subscribe/readers",
        archive_url="https://briefing.example.org/archive/s/today",
        made_url="https://briefing.example.org/archive/s/today/made",
        opinion_at="https://briefing.example.org/opinion/today",
        reply_to="desk@press.example.org",
    )
    html = render(specimen.filled(datetime(2026, 11, 23, 7, tzinfo=UTC)), settings).html
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            shoot(browser, html, f"{design.name}-{width}-{scheme}", width, scheme)
    combined(f"{design.name}-", f"design-{design.name}.png", height=1600)


def chosen_page() -> Path:
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    found = sorted((ROOT / "var" / "editions").glob("*/briefing.html"))
    if not found:
        sys.exit("There is no rendered edition yet; run `make briefing` first.")
    return found[-1]


def shoot(
    browser: Browser, html: str, name: str, width: int, scheme: str, *, images: bool = True
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, device_scale_factor=1
    )
    stand_in = {"body": specimen.STAND_IN, "content_type": "image/svg+xml"}
    context.route(re.compile("/pictures/"), lambda route: route.fulfill(**stand_in))
    if not images:
        context.route(re.compile(r"\.(png|jpe?g|gif|webp)"), lambda route: route.abort())
    page = context.new_page()
    page.set_content(html)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    context.close()


def stripped(html: str) -> str:
    """As a client shows it that removes every <style> block."""
    return re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)


def combined(prefix: str, file: str, height: int = 1150) -> Path:
    """The top of each picture side by side, on a neutral ground."""
    names = [f"{prefix}{width}-{scheme}" for width in WIDTHS for scheme in ("light", "dark")]
    gap = 24
    tops = [Image.open(SHOTS / f"{name}.png").convert("RGB") for name in names]
    tops = [top.crop((0, 0, top.width, min(top.height, height))) for top in tops]
    sheet = Image.new(
        "RGB", (sum(top.width for top in tops) + gap * (len(tops) + 1), height + 2 * gap), "#cfcac2"
    )
    left = gap
    for top in tops:
        sheet.paste(top, (left, gap))
        left += top.width + gap
    sheet = sheet.resize((sheet.width * 3 // 5, sheet.height * 3 // 5), Image.Resampling.LANCZOS)
    path = ROOT / "docs" / file
    # By coverage: the median cut loses what few pixels have, such as the colour of small words.
    sheet.quantize(256, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)
    return path


if __name__ == "__main__":
    main()
