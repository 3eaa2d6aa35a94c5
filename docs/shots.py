"""Pictures of a rendered edition: phone and desktop, light, dark, images off, styles stripped.

Writes `build/shots/*.png` and the README's `docs/briefing.png`. Needs Chromium: on Debian
`apt-get install chromium fonts-noto-core`. Usage: `docs/shots.py [FILE.html]`; without a file it
takes the newest edition under var/editions.
"""

import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

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
        browser.close()
    picture = combined([f"{width}-{scheme}" for width in WIDTHS for scheme in ("light", "dark")])
    print(f"{page}: {len(list(SHOTS.glob('*.png')))} pictures in {SHOTS}, and {picture}")


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
    if not images:
        context.route(re.compile(r"\.(png|jpe?g|gif|webp)"), lambda route: route.abort())
    page = context.new_page()
    page.set_content(html)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    context.close()


def stripped(html: str) -> str:
    """As a client shows it that removes every <style> block."""
    return re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)


def combined(names: list[str]) -> Path:
    """The top of each picture side by side, on a neutral ground."""
    height, gap = 1150, 24
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
    path = ROOT / "docs" / "briefing.png"
    sheet.quantize(128).save(path, optimize=True)
    return path


if __name__ == "__main__":
    main()
