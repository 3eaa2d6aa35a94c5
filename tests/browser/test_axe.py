"""What axe finds on a page where it judges each kind of text once is what it finds where it judges every text."""

import random

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from tests.browser.axe import bring_axe, violations

SHEET = """
.pale { color: #aaa } .list > :nth-child(11) b { color: #bbb } .dark { background: #222; color: #eee }
.faint { opacity: .3 } .hidden { visibility: hidden; color: #ccc } div { position: relative }
.narrow { width: 4em; background: #111; color: #fff } .short { width: 10em }
.cover { position: absolute; inset: 0; background: #333 } .cut { overflow: hidden; height: 0; color: #ddd }
.before::before { content: ""; position: absolute; inset: 0; background: #444 }
"""
#: Elements that stand in one list, each often: most are well, some are not, and of some axe says nothing.
PIECES = (
    "<div><p>The council <b>votes</b> again</p></div>",
    "<div class=dark><p>The council <b>votes</b> again</p></div>",
    "<div class=dark><p class=pale>The council <b>votes</b> again</p></div>",
    "<div><p class=pale>The council <b>votes</b> again</p></div>",
    "<div><p style='color: #999'>By a style of its own</p></div>",
    "<div><p style='background: #555'>By a ground of its own</p></div>",
    "<div class=faint><p>Too faint</p></div>",
    "<div class=hidden><p>Not seen</p></div>",
    "<div class=hidden><p style='visibility: visible'>Seen</p></div>",
    "<div class=cut><p>Not seen either</p></div>",
    "<div class=narrow><p>Harbour</p></div>",
    "<div class=narrow><p>Harbourmastershouseonthequay</p></div>",
    "<div class=before><p>Behind what the sheet adds</p></div>",
    "<div><p>Covered</p><span class=cover></span></div>",
    "<div><p class=pale>7</p></div>",
    "<div><p class=pale>77</p></div>",
    "<div><p class=pale>—</p></div>",
    "<div><p><button disabled class=pale>Save</button></p></div>",
    "<div><p><button class=pale>Save</button></p></div>",
    "<div><p style='color: #888'>Small</p></div>",
    "<div><p style='color: #888; font-size: 40px'>Large</p></div>",
    "<div class=cut style='height: auto'><p>Seen where nothing is cut off</p></div>",
    "<div class='dark short'><p style='position: relative'>On</p></div>",
    "<div class='dark short'><p style='position: relative; left: 20em'>Off</p></div>",
    "<div><p style='color: #999; position: absolute'>Not clipped</p></div>",
    "<div><p style='color: #999; position: absolute; clip: rect(0, 0, 0, 0)'>Clipped</p></div>",
)


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page(viewport={"width": 800, "height": 2000})
    yield page
    page.context.close()


def shuffled(seed):
    """A page of every piece three times; what leads a kind differs from seed to seed."""
    pieces = list(PIECES) * 3
    random.Random(seed).shuffle(pieces)
    body = f"<main><h1>Quays</h1><div class=list>{''.join(pieces)}</div></main>"
    return f"<!doctype html><html lang=en><title>Quays</title><style>{SHEET}</style><body>{body}"


def in_words(page, run):
    return AxeResults(page.evaluate(run)).generate_report()


@pytest.mark.parametrize("seed", range(3))
def test_no_text_that_axe_would_find_is_left_out_for_one_of_its_kind_that_is_well(page, seed):
    page.goto("about:blank")
    page.set_content(shuffled(seed))
    page.evaluate(AXE_SCRIPT)
    whole = in_words(page, "axe.run({resultTypes: ['violations']})")
    assert "color-contrast" in whole
    assert violations(page) == whole


def test_a_page_that_changes_is_judged_anew(page):
    page.goto("about:blank")
    page.set_content(shuffled(0).replace("#aaa", "#000"))
    before = violations(page)
    page.add_style_tag(content="main .list > :nth-child(3n) p { color: #ddd }")
    after = violations(page)
    assert before != after == in_words(page, "axe.run({resultTypes: ['violations']})")


def test_a_browser_with_axe_finds_what_another_one_does(browser, page):
    with_axe = browser.new_context(viewport={"width": 800, "height": 2000})
    bring_axe(with_axe)
    another = with_axe.new_page()
    another.goto("about:blank")
    assert another.evaluate("'heard' in window")
    told = []
    for each in (page, another):
        each.set_content(shuffled(1))
        told.append(violations(each))
    with_axe.close()
    assert told[0] == told[1] != ""


#: Two texts, of which one has no room on a phone, and a text that stands out too little in the dark.
TWO_LOOKS = """<!doctype html><html lang=en><title>Quays</title><style>
@media (width < 500px) { .wide { display: none }  }
@media (prefers-color-scheme: dark) { body { background: #111; color: #333 } }
</style><body><main><h1>Quays</h1><p>The council votes</p>LABEL</main>"""
LABEL = "<label class=wide for=quay>Which quay?</label><input id=quay>"


@pytest.mark.parametrize(
    ("label", "rule"), [("", "color-contrast"), (LABEL, "label")], ids=["paint", "what is seen"]
)
def test_a_second_look_finds_what_another_width_and_scheme_bring(page, label, rule):
    page.goto("about:blank")
    page.set_content(TWO_LOOKS.replace("LABEL", label))
    page.emulate_media(color_scheme="light")
    assert violations(page) == ""
    page.set_viewport_size({"width": 390, "height": 2000})
    page.emulate_media(color_scheme="dark")
    told = violations(page, again=True)
    page.set_viewport_size({"width": 800, "height": 2000})
    page.emulate_media(color_scheme="light")
    assert f"\n{rule} - " in told


def test_a_second_look_at_the_same_elements_asks_no_rule_that_a_look_cannot_change(page):
    page.goto("about:blank")
    page.set_content(TWO_LOOKS.replace("LABEL", "<img src='data:,'>"))
    page.emulate_media(color_scheme="light")
    assert "image-alt" in violations(page)
    assert violations(page, again=True) == ""
    page.evaluate("document.body.append(document.createElement('p'))")
    assert "image-alt" in violations(page, again=True)


def test_a_text_is_found_whose_like_passed_on_another_page_on_a_ground_of_its_own(page):
    pieces = "".join(f"<p class=quay>The council votes {number}</p>" for number in range(120))
    body = f"<main><h1>Quays</h1>{pieces}</main>"
    passed: set[int] = set()
    told = []
    for sheet in ("", "", "main { background: #333 }", ".quay { color: #bbb }"):
        page.goto("about:blank")
        page.set_content(
            f"<!doctype html><html lang=en><title>Q</title><style>{sheet}</style>{body}"
        )
        before = len(passed)
        told.append((violations(page, passed=passed).count("Target: "), len(passed) > before))
    assert told == [(0, True), (0, False), (121, False), (120, False)]
