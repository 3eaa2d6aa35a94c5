"""What axe-core finds on a page, in words: by all its rules, and of the colours of each kind of text once.

To tell whether a text stands out from its ground takes axe a millisecond of computing. An edition has a thousand
texts, of some 170 kinds. Two are of one kind when nothing differs that axe asks about to judge colours.
"""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import BrowserContext, Page

#: Asks axe of colours apart: of one text of each kind, and of all texts of a kind whose one did not pass.
_KINDS = r"""
const PAINT = [
  "color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow", "visibility",
  "display", "position", "zIndex", "float", "overflow", "filter", "mixBlendMode", "clipPath",
  "webkitTextStrokeWidth",
];
const SIDES = [["left", 1], ["top", 1], ["right", -1], ["bottom", -1]];
const COLOURS = "color-contrast", FEW = 100;
const paint = style => PAINT.map(name => style[name]);

// Of what kind an element is, as a number: its paint, on which sides it leaves its parent's ground, and both of
// all the elements it stands in.
const kinds = () => {
  const grounds = new Map(), numbers = new Map();
  const numbered = key => numbers.get(key) ?? numbers.set(key, numbers.size + 1).get(key);
  return function ground(each) {
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
};
const isWritten = each => ["input", "select", "textarea"].includes(each.localName)
  || [...each.childNodes].some(one => one.nodeType === Node.TEXT_NODE && one.data.trim());
// Axe asks nothing of a text that is hidden, cut down to a point or put outside the page.
const isSeen = each => {
  const box = each.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + scrollY > 0
    && each.checkVisibility({ visibilityProperty: true });
};
const textsByKind = () => {
  const texts = [...document.body.querySelectorAll("*")].filter(each => isWritten(each) && isSeen(each));
  return Map.groupBy(texts, kinds());
};
const findings = async (context, options) =>
  (await axe.run(context, { resultTypes: ["violations"], ...options })).violations;
const offColours = async (texts, exclude) => {
  const first = [...texts.values()].map(([one]) => one);
  const asked = { runOnly: [COLOURS], resultTypes: ["passes"], elementRef: true };
  const { passes } = await axe.run({ include: first, exclude }, asked);
  const passed = new Set(passes.flatMap(({ nodes }) => nodes.map(({ element }) => element)));
  const include = [...texts.values()].filter(([one]) => !passed.has(one)).flat();
  return include.length ? findings({ include, exclude }, { runOnly: [COLOURS] }) : [];
};
window.heard = async (exclude, onlyColours) => {
  const whole = exclude.length ? { exclude } : document, texts = textsByKind();
  // To ask apart takes another look at the whole page; and texts in a frame are of no kind here.
  if ([...texts.values()].flat().length < FEW || (document.querySelector("iframe") && !exclude.length)) {
    return { violations: await findings(whole, onlyColours ? { runOnly: [COLOURS] } : {}) };
  }
  const rest = onlyColours ? [] : await findings(whole, { rules: { [COLOURS]: { enabled: false } } });
  const found = [...rest, ...await offColours(texts, exclude)];
  return { violations: found.sort((one, other) => (one.id > other.id) - (one.id < other.id)) };
};
"""
#: Axe and what is put in front of it. Nothing happens where both are there.
_SCRIPT = f"if (!window.heard) {{ {AXE_SCRIPT}\n(() => {{ {_KINDS} }})(); }}"


def bring_axe(context: BrowserContext) -> None:
    """Let every page of a browser come with axe: cheaper than `violations`, which brings it page by page."""
    context.add_init_script(_SCRIPT)


def violations(page: Page, *exclude: str, only_colours: bool = False) -> str:
    """What axe finds on a page.

    Args:
        page: the page, as it stands.
        exclude: selectors of what axe is to leave out.
        only_colours: by its rule on colours alone.

    Returns:
        Each violation with where it stands, or nothing.
    """
    if not page.evaluate("'heard' in window"):
        page.evaluate(_SCRIPT)
    asked = "([exclude, onlyColours]) => heard(exclude, onlyColours)"
    found = AxeResults(page.evaluate(asked, [exclude, only_colours]))
    return str(found.generate_report()) if found.violations_count else ""
