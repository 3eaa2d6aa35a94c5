"""Inliners of CSS, and compilers of MJML, side by side: what each keeps of a document, and how long it takes.

Usage: `python -m benchmarks.compilers`. It needs npm and node; what it installs from npm goes into build/compilers
and nowhere else. css-inline comes with what tests. Time is processor time of one large document, the mean of
twenty rounds.
"""

import importlib
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "build" / "compilers"
PACKAGES = ("juice@11.1.1", "mjml@5.4.1", "mjml4@npm:mjml@4.18.0")
ROUNDS = 20

#: A rule of a style sheet and a body, and what is right to find in what the inliner hands on.
INLINED: dict[str, tuple[str, str, str]] = {
    "a rule for an element": ("p { margin: 0 }", "<p>x</p>", r'<p style="margin: ?0;?">'),
    "`a:hover`, in a `<style>`": ("a:hover { color: #b00 }", "<a href=/>x</a>", r"<style[^>]*>[^<]*:hover"),
    "`@media`, in a `<style>`": (
        "@media (max-width: 600px) { p { margin: 0 } }", "<p>x</p>", r"<style[^>]*>\s*@media"),
    "`p:not(.x)`": ("p:not(.x) { margin: 0 }", "<p class=x>x</p><p>y</p>", r'<p style="margin: ?0;?">y'),
    "`td:nth-child(2)`": (
        "td:nth-child(2) { color: red }", "<table><tr><td>1</td><td>2</td></tr></table>",
        r'<td>1</td>\s*<td style="color: ?red;?">2'),
    "`!important` over an element's own style": (
        "p { color: red !important }", "<p style='color: blue'>x</p>",
        r'<p style="(?:color: ?blue; ?)?color: ?red( !important)?;?">'),
    "a later rule of the same weight wins": (
        ".a { color: red } .b { color: blue }", "<p class='b a'>x</p>", r'style="color: ?blue;?"'),
    "a doctype in lower case": ("p { margin: 0 }", "<p>x</p>", r"(?i)^<!doctype html>"),
    "`<!--[if mso]>`": (
        "p { margin: 0 }", "<!--[if mso]><p>m</p><![endif]--><p>x</p>", r"<!--\[if mso\]><p>m</p><!\[endif\]-->"),
    "a merge field in an address": ("p { margin: 0 }", '<a href="{{ url }}">x</a>', r'href="\{\{ url \}\}"'),
    "`&nbsp;` stays an entity": ("p { margin: 0 }", "<p>a&nbsp;b</p>", r"a&(?:nbsp|#160|#xa0);b"),
}  # fmt: skip
TEXT = "<mj-section><mj-column><mj-text{}>{}</mj-text></mj-column></mj-section>"
HEAD = (
    '<mj-attributes><mj-class name="a" color="#aa0000" /><mj-class name="b" color="#00bb00" />'
    "</mj-attributes>"
)
#: An <mj-text> with attributes and content, and what is right to find.
COMPILED: dict[str, tuple[str, str, str]] = {
    "a line break between two inline elements": ("", "<b>one</b>\n<i>two</i>", r"</b>\s+<i>"),
    "a blank between two inline elements": ("", "<b>one</b> <i>two</i>", r"</b>\s+<i>"),
    '`mj-class="a b"`: the later wins': (' mj-class="a b"', "x", r"color: ?#00bb00"),
    "a template's `{{ field }}` in a text": ("", "{{ name }}", r"\{\{ name \}\}"),
    "a template's `{{ field }}` in an address": ("", '<a href="{{ url }}">x</a>', r'href="\{\{ url \}\}"'),
    "an attribute that MJML does not know is refused or told": (' colour="red"', "x", r"^refused"),
    "a comment for Outlook in a text": ("", "<!--[if mso]>x<![endif]-->", r"<!--\[if mso\]>x<!\[endif\]-->"),
    "`&nbsp;` stays an entity": ("", "a&nbsp;b", r"a&(?:nbsp|#160|#xa0);b"),
}  # fmt: skip


def letter(rule: str, body: str) -> str:
    return f"<!doctype html><html><head><style>{rule}</style></head><body>{body}</body></html>"


def design(attributes: str, content: str) -> str:
    text = TEXT.format(attributes, content)
    return f"<mjml><mj-head>{HEAD}</mj-head><mj-body>{text}</mj-body></mjml>"


#: The last of each is the large one, whose time is taken.
LETTERS = [letter(rule, body) for rule, body, _ in INLINED.values()] + [
    letter(
        "p { margin: 0 } .a { color: red } td p { padding: 2px } h2 { font-size: 20px }",
        "<table><tr><td><h2>x</h2><p class=a>one</p><p>two <b>three</b></p></td></tr></table>" * 60,
    )
]
DESIGNS = [design(attributes, content) for attributes, content, _ in COMPILED.values()] + [
    f"<mjml><mj-body>{TEXT.format('', '<p>one <b>two</b></p>') * 60}</mj-body></mjml>"
]


def timed(make: Callable[[str], str], documents: list[str]) -> tuple[list[str], float]:
    """What it makes of each, and milliseconds for the last."""
    found = []
    for one in documents:
        try:
            found.append(make(one))
        except Exception as error:  # noqa: BLE001 - a peer that refuses is what is asked for
            found.append(f"refused: {error}")
    begun = time.process_time()
    for _ in range(ROUNDS):
        make(documents[-1])
    return found, (time.process_time() - begun) * 1_000 / ROUNDS


def premailer(source: str) -> str:
    module = importlib.import_module("premailer")
    return str(
        module.Premailer(source, cssutils_logging_level=50, disable_validation=True).transform()
    )


def css_inline(source: str) -> str:
    module = importlib.import_module("css_inline")
    return str(module.CSSInliner(load_remote_stylesheets=False).inline(source))


def mrml(source: str) -> str:
    return str(importlib.import_module("mjml").mjml2html(source))


def of_npm() -> dict[str, tuple[list[str], float]]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "compilers.mjs", FOLDER)
    if not (FOLDER / "node_modules").exists():
        (FOLDER / "package.json").write_text('{"private": true, "type": "module"}\n')
        command = ("npm", "install", "--no-audit", "--no-fund", "--loglevel=error", *PACKAGES)
        subprocess.run(command, cwd=FOLDER, check=True)
    asked = {"letters": LETTERS, "designs": DESIGNS, "rounds": ROUNDS}
    (FOLDER / "asked.json").write_text(json.dumps(asked))
    command = ("node", "compilers.mjs", "asked.json")
    said = subprocess.run(command, cwd=FOLDER, check=True, capture_output=True, text=True).stdout
    return {name: (one["found"], one["ms"]) for name, one in json.loads(said).items()}


def table(
    title: str, wanted: list[tuple[str, str]], tools: dict[str, tuple[list[str], float]]
) -> None:
    print(f"\n| {title} | {' | '.join(tools)} |\n|---|{'---|' * len(tools)}")
    for place, (name, pattern) in enumerate(wanted):
        kept = ["yes" if re.search(pattern, found[place]) else "no" for found, _ in tools.values()]
        print(f"| {name} | {' | '.join(kept)} |")
    print(f"| ms for the large one | {' | '.join(f'{ms:.1f}' for _, ms in tools.values())} |")


def main() -> None:
    """Prints both tables."""
    peers = of_npm()
    inliners = {"premailer": timed(premailer, LETTERS), "css-inline": timed(css_inline, LETTERS)}
    inliners["juice"] = peers.pop("juice")
    table("inliners", [(name, right) for name, (_, _, right) in INLINED.items()], inliners)
    compilers = {"mrml": timed(mrml, DESIGNS)} | peers
    table(
        "compilers of MJML", [(name, right) for name, (_, _, right) in COMPILED.items()], compilers
    )


if __name__ == "__main__":
    main()
