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
// What axe asks of boxes and colours. All else it tells by the elements, and by which of them are seen.
const LOOKS = ["link-in-text-block", "scrollable-region-focusable"];
let before = [];
const paint = style => PAINT.map(name => style[name]);

// 53 bits of a text: the same kind has the same number on every page.
const number = text => {
  let high = 0x9e3779b9, low = 0x85ebca6b;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0xc2b2ae35);
    low = Math.imul(low ^ code, 0x27d4eb2f);
  }
  return (high >>> 0) * 0x200000 + ((low ^ (low >>> 15)) >>> 11);
};
// Of what kind an element is, as a number: its paint, on which sides it leaves its parent's ground, and both of
// all the elements it stands in.
const kinds = () => {
  const grounds = new Map();
  return function ground(each) {
    if (!each) return 0;
    if (!grounds.has(each)) {
      const box = each.getBoundingClientRect(), around = (each.parentElement ?? each).getBoundingClientRect();
      grounds.set(each, number(JSON.stringify([
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
const isShown = each => each.checkVisibility({ visibilityProperty: true });
const isSeen = each => {
  const box = each.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + scrollY > 0 && isShown(each);
};
// True when the elements, and which are seen, are those of the last time.
const seenAsBefore = () => {
  const seen = [...document.querySelectorAll("*")].flatMap(each => [each, isShown(each), isSeen(each)]);
  const same = seen.length === before.length && seen.every((one, at) => one === before[at]);
  before = seen;
  return same;
};
const textsByKind = () => {
  const texts = [...document.body.querySelectorAll("*")].filter(each => isWritten(each) && isSeen(each));
  return Map.groupBy(texts, kinds());
};
const findings = async (context, options) =>
  (await axe.run(context, { resultTypes: ["violations"], ...options })).violations;
// Asks of one text of each kind that has not passed yet, here or on a page before; `known` learns what passes.
const offColours = async (texts, exclude, known) => {
  const open = new Map([...texts].filter(([kind]) => !known.has(kind)));
  if (!open.size) return [];
  const first = [...open.values()].map(([one]) => one);
  const asked = { runOnly: [COLOURS], resultTypes: ["passes"], elementRef: true };
  const { passes } = await axe.run({ include: first, exclude }, asked);
  const passed = new Set(passes.flatMap(({ nodes }) => nodes.map(({ element }) => element)));
  for (const [kind, [one]] of open) if (passed.has(one)) known.add(kind);
  const include = [...open].filter(([kind]) => !known.has(kind)).flatMap(([, same]) => same);
  return include.length ? findings({ include, exclude }, { runOnly: [COLOURS] }) : [];
};
window.heard = async (exclude, onlyColours, again, passed) => {
  const whole = exclude.length ? { exclude } : document, texts = textsByKind(), known = new Set(passed);
  const count = [...texts.values()].flat().length, isAsBefore = seenAsBefore() && again;
  // To ask apart takes another look at the whole page; and texts in a frame are of no kind here.
  if ((count < FEW && !isAsBefore) || (document.querySelector("iframe") && !exclude.length)) {
    return { violations: await findings(whole, onlyColours ? { runOnly: [COLOURS] } : {}), known: passed };
  }
  const others = isAsBefore ? { runOnly: LOOKS } : { rules: { [COLOURS]: { enabled: false } } };
  const rest = onlyColours ? [] : await findings(whole, others);
  const found = [...rest, ...await offColours(texts, exclude, known)];
  return {
    violations: found.sort((one, other) => (one.id > other.id) - (one.id < other.id)), known: [...known],
  };
};
"""
#: Axe and what is put in front of it. Nothing happens where both are there.
_SCRIPT = f"if (!window.heard) {{ {AXE_SCRIPT}\n(() => {{ {_KINDS} }})(); }}"


def bring_axe(context: BrowserContext) -> None:
    """Let every page of a browser come with axe: cheaper than `violations`, which brings it page by page."""
    context.add_init_script(_SCRIPT)


def violations(
    page: Page,
    *exclude: str,
    only_colours: bool = False,
    again: bool = False,
    passed: set[int] | None = None,
) -> str:
    """What axe finds on a page.

    Args:
        page: the page, as it stands.
        exclude: selectors of what axe is to leave out.
        only_colours: by its rule on colours alone.
        again: by its rules on boxes and colours alone, where the same elements are seen as the last time.
        passed: kinds of text whose colours have passed on other pages; those of this page are added.

    Returns:
        Each violation with where it stands, or nothing.
    """
    if not page.evaluate("'heard' in window"):
        page.evaluate(_SCRIPT)
    kinds = passed if passed is not None else set()
    told = page.evaluate("asked => heard(...asked)", [exclude, only_colours, again, [*kinds]])
    kinds.update(told["known"])
    found = AxeResults(told)
    return str(found.generate_report()) if found.violations_count else ""
