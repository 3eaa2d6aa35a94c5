"""The shapes of a page stand for all its elements: what holds for a shape holds for each of them."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.cssselect import CSSSelector

from briefing.emails.checks.elements import Elements, shapes_for
from briefing.emails.inline import inlined, written
from briefing.emails.shapes import Shapes
from briefing.emails.templating import wrapped

PAGE = (
    "<html><head><title>t</title></head><body><div class='card'><p class='says'>a</p><p class='says'>b</p>"
    "<p class='by'><a href='https://a.harbour'>c</a></p></div><div class='card dark' data-ogsc='1'>"
    "<table><tr><td><p class='says'>d <b>e</b></p></td></tr></table></div><!-- f --><p id='last'>g</p></body>"
)
SELECTORS = (
    "p", ".says", "p.says", ".card .says", ".card > .says", "div p a", "#last", "body > p", "td b",
    ".card.dark p", "[data-ogsc] .says", "a[href]", ".none", ".card .none", "html", ":root", "a:hover",
)  # fmt: skip
NAMES = st.sampled_from(("div", "p", "a", "b", "td"))
CLASSES = st.sampled_from(("", "x", "y", "x y"))


def page_of(html):
    return etree.fromstring(html, etree.HTMLParser())


@st.composite
def markup(draw, depth=4):
    name, names = draw(NAMES), draw(CLASSES)
    inside = draw(st.lists(markup(depth=depth - 1), max_size=3)) if depth else ["t"]
    return f'<{name} class="{names}">{"".join(inside)}</{name}>'


def test_elements_alike_share_a_shape_and_others_do_not():
    page = page_of(PAGE)
    shape_of = Shapes(("class",)).of(page)
    first, second, by, fourth = page.iter("p").__iter__().__next__(), *list(page.iter("p"))[1:4]
    assert shape_of[first] == shape_of[second]
    assert len({shape_of[first], shape_of[by], shape_of[fourth]}) == 3


def test_the_small_page_has_each_shape_once_below_its_parent():
    page = page_of(PAGE)
    shapes = Shapes(("class",), carries=("href",))
    shape_of = shapes.of(page)
    tree = shapes.tree(shape_of.values())
    assert len(tree) < len(shape_of)
    for element, number in shape_of.items():
        assert tree[number].tag == element.tag
        assert tree[number].get("class") == element.get("class")
        parent = element.getparent()
        assert parent is None or tree[number].getparent() is tree[shape_of[parent]]
    assert [one.get("href") for one in tree.values() if one.tag == "a"] == [""]


def test_names_and_values_that_lxml_does_not_write_are_read_all_the_same():
    page = page_of('<p class="a\x1fb"><o:p>x</o:p><A<a>y</p>')
    shapes = Shapes(("class",))
    assert len(shapes.tree(shapes.of(page).values())) == len(list(page.iter(etree.Element)))


@pytest.mark.parametrize("selector", SELECTORS)
def test_a_selector_matches_the_shapes_of_what_it_matches_on_the_page(selector):
    assert matched(PAGE, selector) == wanted(PAGE, selector)


@given(markup(), st.sampled_from((".x", "p .x", "div > .y", "div p", ".x .y a", "td", ".x.y")))
def test_selectors_match_on_any_page_what_lxml_matches(html, selector):
    assert matched(html, selector) == wanted(html, selector)


def matched(html, selector):
    """The elements whose shapes our reader of selectors finds."""
    page, shapes = page_of(html), shapes_for([selector])
    shape_of = shapes.of(page)
    found = set(Elements(shapes.tree(shape_of.values())).select(selector))
    return [
        element.getroottree().getpath(element) for element in shape_of if shape_of[element] in found
    ]


def wanted(html, selector):
    try:
        found = CSSSelector(selector, translator="html")(page_of(html))
    except (SyntaxError, RuntimeError):
        return []
    return [element.getroottree().getpath(element) for element in found]


@pytest.mark.parametrize(
    "selector", ["p + p", "p ~ p", "p:first-child", "p:not(.a)", "td:nth-child(2)"]
)
def test_selectors_that_ask_for_neighbours_are_not_asked_of_shapes(selector):
    assert shapes_for([".a", selector]) is None


@given(st.lists(markup(), max_size=3))
def test_rules_inlined_by_shape_and_element_by_element_are_the_same(tmp_path_factory, pieces):
    folder = tmp_path_factory.mktemp("sheets")
    rules = "p { margin: 0 } .x .y { color: #111111; margin: 2px } div > .x { color: #222222 } td { padding: 1px }"
    by_shape, one_by_one = folder / "a.css", folder / "b.css"
    by_shape.write_text(rules)
    # A rule that nothing matches and that asks for a neighbour: the whole page goes through premailer.
    one_by_one.write_text(rules + " .none + .none { color: #333333 }")
    html = f"<!doctype html><html><head></head><body>{''.join(pieces)}</body></html>"
    assert written(inlined(html, by_shape)) == written(inlined(html, one_by_one))


def test_a_second_letter_of_a_design_is_inlined_as_the_first(tmp_path):
    path = tmp_path / "theme.css"
    path.write_text(".x { color: #123456 } .y .x { color: #654321 }")
    html = "<!doctype html><html><head></head><body>{}</body></html>"
    first = html.format('<p class="x">a</p>')
    later = html.format('<div class="y"><p class="x">b</p></div><p class="x">c</p>')
    assert '<p class="x" style="color:#123456">a</p>' in written(inlined(first, path))
    assert '<p class="x" style="color:#654321">b</p>' in written(inlined(later, path))
    assert '<p class="x" style="color:#123456">c</p>' in written(inlined(later, path))


WORDS = st.lists(st.text("ab-é,", min_size=1, max_size=90), max_size=20).map(" ".join)


@settings(deadline=None)
@given(WORDS, st.sampled_from((("", None), ("    ", None), ("", "  "), ("  ", "    "))))
def test_lines_break_where_textwrap_breaks_them(text, indents):
    indent, hanging = indents
    assert wrapped(text, indent, hanging) == textwrap.fill(
        text,
        width=72,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
