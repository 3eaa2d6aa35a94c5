"""What axe-core finds on a page, in words: by all its rules, and of the colours of each kind of text once.

To tell whether a text stands out from its ground takes axe a millisecond of computing. An edition has a thousand
texts, of some 170 kinds. Two are of one kind when nothing differs that axe asks about to judge colours.
"""

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import BrowserContext, Page

#: Puts in front of axe's check of colours that a text passes where one of its kind has passed in the same run.
_KINDS = r"""
const check = axe._audit.checks["color-contrast"], judge = check.evaluate;
const PAINT = [
  "color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow", "visibility",
  "display", "position", "zIndex", "float", "overflow", "filter", "mixBlendMode", "clipPath",
  "webkitTextStrokeWidth",
];
const SIDES = [["left", 1], ["top", 1], ["right", -1], ["bottom", -1]];
let grounds = new Map(), numbers = new Map(), passed = new Set();
const paint = style => PAINT.map(name => style[name]);
const numbered = key => numbers.get(key) ?? numbers.set(key, numbers.size + 1).get(key);

// The element's paint, on which sides it leaves its parent's ground, and both of all the elements it stands in.
const ground = each => {
  if (!each) return 0;
  if (!grounds.has(each)) {
    const box = each.getBoundingClientRect(), around = (each.parentElement ?? each).getBoundingClientRect();
    grounds.set(each, numbered(JSON.stringify([
      ground(each.parentElement), each.localName, each.type, paint(getComputedStyle(each)),
      SIDES.map(([side, sign]) => sign * (box[side] - around[side]) < -1),
    ])));
  }
  return grounds.get(each);
};
check.evaluate = function (each, ...more) {
  const kind = ground(each);
  if (passed.has(kind)) return true;
  const said = judge.call(this, each, ...more);
  // What nobody sees passes as well, whatever its colours.
  if (said && axe.commons.dom.isVisibleOnScreen(each)) passed.add(kind);
  return said;
};
window.heard = (context, options) => {
  grounds = new Map();
  numbers = new Map();
  passed = new Set();
  return axe.run(context ?? document, options).then(({ violations }) => ({ violations }));
};
"""
#: Axe and what is put in front of its rule. Nothing happens where both are there.
_SCRIPT = f"if (!window.heard) {{ {AXE_SCRIPT}\n(() => {{ {_KINDS} }})(); }}"


def bring_axe(context: BrowserContext) -> None:
    """Let every page of a browser come with axe: cheaper than `violations`, which brings it page by page."""
    context.add_init_script(_SCRIPT)


def violations(page: Page, context: Mapping[str, list[str]] | None = None, **options: Any) -> str:
    """What axe finds on a page.

    Args:
        page: the page, as it stands.
        context: what axe is to look at or leave out, as axe is told; everything if nothing is said.
        options: of axe's run.

    Returns:
        Each violation with where it stands, or nothing.
    """
    if not page.evaluate("'heard' in window"):
        page.evaluate(_SCRIPT)
    told = {"resultTypes": ["violations"], **options}
    found = AxeResults(
        page.evaluate("([context, options]) => heard(context, options)", [context, told])
    )
    return str(found.generate_report()) if found.violations_count else ""
