"""What the checks take for colour, ground, size and weight is what a browser paints."""

import re

import pytest
from tests.emails import chromium
from tests.emails.checks.conftest import Change, proof_with

from briefing.emails.checks.elements import seen

#: Rules that must beat each other: by weight, by specificity, by order, and from inside an element.
RIVALS = """<style>
p.rival { color: #111111 } p { color: #222222 } .rival { color: #333333 }
p.kept { color: #444444 !important } p.kept { color: #555555; font-size: 120%; font-weight: 700 }
.veil { background: rgba(10, 20, 30, 0.5) } .later { background: #666666 } .later { background: #777777 }
@media (max-width: 300px) { p { color: #888888 !important } }
@media (prefers-color-scheme: dark) { .turned { color: #999999 !important; background: #010203 !important } }
@media (prefers-color-scheme: light) { .turned { background: #aabbcc } }
.gone { display: none } .unseen { visibility: hidden }
</style>"""
ELEMENTS = """<p class="rival">a</p><p class="kept" style="color:#123456">b</p>
<div class="later"><p class="veil">c <a href="https://a.harbour">d</a></p></div>
<p class="turned" style="color:#abcdef">e</p><p class="gone">f <b>g</b></p><p class="unseen">h</p>
<h3 style="font-size:1.5em">i <small style="font-size:12pt">j</small></h3>
<table bgcolor="#fedcba"><tr><th>k</th><td><font color="red">l</font></td></tr></table>"""
ASKED = """() => {
  const said = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const around = walk.currentNode.parentElement, style = getComputedStyle(around), grounds = [];
    let shown = style.visibility === 'visible';
    for (let one = around; one; one = one.parentElement) {
      shown = shown && getComputedStyle(one).display !== 'none';
      grounds.push(getComputedStyle(one).backgroundColor);
    }
    if (shown) said.push({text: walk.currentNode.data, color: style.color, grounds,
      size: parseFloat(style.fontSize), bold: parseInt(style.fontWeight) >= 700});
  }
  return said;
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium.started() as found:
        yield found


@pytest.mark.skipif(
    chromium.CHROMIUM is None, reason="no Chromium: on Debian, apt-get install chromium"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "change",
    [Change(), Change(head=RIVALS, add=ELEMENTS)],
    ids=["the design", "rules that rival"],
)
def test_every_text_looks_as_chromium_says(browser, change, scheme):
    proof = proof_with(change)
    look = proof.light if scheme == "light" else proof.dark
    ours = [
        (
            run.text,
            parts(look.colour(run.element)),
            look.size(run.element),
            look.is_bold(run.element),
        )
        for run in look.runs()
    ]
    theirs = painted(browser, proof.html, scheme)
    assert [run[0] for run in ours] == [run["text"] for run in theirs]
    for run, said in zip(ours, theirs, strict=True):
        assert run[1] == numbers(said["color"]), run
        assert run[2] == pytest.approx(said["size"], abs=0.01), run
        assert run[3] == said["bold"], run
    for one, said in zip(look.runs(), theirs, strict=True):
        assert parts(look.ground(one.element)) == pytest.approx(under(said["grounds"]), abs=1), one


def painted(browser, html, scheme):
    context = browser.new_context(color_scheme=scheme, viewport={"width": 900, "height": 800})
    page = context.new_page()
    page.set_content(html)
    said = page.evaluate(ASKED)
    context.close()
    return [run for run in said if seen(run["text"])]


def parts(colour):
    return (colour.red, colour.green, colour.blue)


def numbers(said):
    return tuple(float(number) for number in re.findall(r"[\d.]+", said))[:3]


def under(grounds):
    """The grounds from the innermost out, laid over each other."""
    layers = []
    for said in grounds:
        numbers_said = [float(number) for number in re.findall(r"[\d.]+", said)]
        layers.append((*numbers_said, 1.0)[:4])
        if layers[-1][3] >= 1:
            break
    seen_so_far = layers.pop()[:3]
    for *colour, alpha in reversed(layers):
        seen_so_far = tuple(
            part * alpha + below * (1 - alpha)
            for part, below in zip(colour, seen_so_far, strict=True)
        )
    return seen_so_far
