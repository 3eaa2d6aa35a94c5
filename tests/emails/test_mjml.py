"""What the compiler needs to be told, and what it may do to us."""

import functools
import re
from pathlib import Path

import mjml
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefing.emails.mjml import compile_mjml, normalise
from briefing.emails.source_map import MARK, Places, mark
from briefing.errors import TemplateError

DOCUMENT = (
    '<mjml><mj-body width="600px"><mj-section {}><mj-column><mj-image src="https://x/y.png" {} />'
    "</mj-column></mj-section></mj-body></mjml>"
)


def compiled(source):
    return compile_mjml(Places(normalise(source), Path("design"), "briefing.mjml.j2"))


@pytest.mark.parametrize("padding", ["0 24px", "0px 24px", "0px 24px 0", "0 24px 0px 24px"])
def test_a_zero_without_a_unit_counts_like_0px(padding):
    html = compiled(DOCUMENT.format(f'padding="{padding}"', 'padding="0"'))
    assert re.findall(r'<img[^>]* width="(\d+)"', html) == ["552"]


def test_only_bare_zeros_of_components_are_touched():
    source = '<mj-text padding="10px 0 0.5px 100px"><td width="0">padding="0"</td></mj-text>'
    assert normalise(source) == source.replace("10px 0 ", "10px 0px ")


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"<&\ue000\ue001'))
)
def test_an_attribute_comes_out_as_it_went_in(text):
    html = compiled(DOCUMENT.format("", f'alt="{text}"'))
    assert etree.fromstring(html, etree.HTMLParser()).find(".//img").get("alt") == text


@pytest.mark.parametrize(
    "text",
    ["👩‍👩‍👧", "No.\u00a010", r"a\b", "two\nlines", "say “x”", "tab\there", "e\u0301", "نعم"],
)
def test_a_hard_attribute_comes_out_as_it_went_in(text):
    html = compiled(DOCUMENT.format("", f'alt="{text}"'))
    assert etree.fromstring(html, etree.HTMLParser()).find(".//img").get("alt") == text


def test_a_title_in_quotes_breaks_no_attribute():
    head = '<mjml><mj-head><mj-title>The "Staggers" – é</mj-title></mj-head>'
    html = compiled(DOCUMENT.format("", "").replace("<mjml>", head))
    root = etree.fromstring(html, etree.HTMLParser())
    assert root.findtext(".//title") == 'The "Staggers" – é'
    assert root.find(".//div[@role='main']").get("aria-label") == 'The "Staggers" – é'


def test_line_marks_survive_normalising():
    source = f'<mj-text{mark("a.j2", 3)} padding="0" css-class="{mark("a.j2", 4)}é">'
    assert MARK.findall(normalise(source)) == [("a.j2", "3"), ("a.j2", "4")]
    assert MARK.sub("", normalise(source)) == '<mj-text padding="0px" css-class="&#233;">'


def test_what_only_the_compiler_refuses_is_a_sentence_with_its_place():
    source = f"<mjml>{mark('parts/x.j2', 7)}<mj-body>é<mj-divider>x</mj-divider></mj-body></mjml>"
    with pytest.raises(TemplateError, match=r"^design/parts/x.j2:7: the MJML compiler gives up"):
        compiled(source)


def test_a_panic_of_the_compiler_is_our_error(monkeypatch, capfd):
    eager = functools.partial(mjml.mjml2html, include_loader=lambda _: "<p>x</p>")
    monkeypatch.setattr(mjml, "mjml2html", eager)
    with pytest.raises(TemplateError, match="gives up"):
        compiled('<mjml><mj-head><mj-include path="x" type="html" /></mj-head><mj-body /></mjml>')
    assert "panicked" in capfd.readouterr().err


def test_a_persons_interruption_is_no_template_error(monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(mjml, "mjml2html", interrupted)
    with pytest.raises(KeyboardInterrupt):
        compiled("<mjml><mj-body /></mjml>")


def test_the_package_with_the_same_name_is_told_apart(monkeypatch):
    monkeypatch.setattr(mjml, "mjml2html", mjml)
    with pytest.raises(TemplateError, match="pip uninstall -y mjml"):
        compiled("<mjml><mj-body /></mjml>")


def test_no_font_is_fetched_from_anywhere():
    html = compiled(DOCUMENT.format("", "").replace("<mj-image", "<mj-text>x</mj-text><mj-image"))
    assert "Ubuntu" in html
    assert "fonts.googleapis" not in html
    assert "@import" not in html


@pytest.mark.parametrize("space", ["\n", "\n    ", " \n "])
def test_words_in_two_inline_elements_on_two_lines_stay_apart(space):
    """mjml-python 1.4.2 (mrml) drops such a line break; npm's mjml 4 and 5 keep it."""
    source = normalise(
        "<mjml><mj-body><mj-section><mj-column><mj-text>"
        f"<b>one</b>{space}{mark('x.j2', 2)}<i>two</i></mj-text></mj-column></mj-section></mj-body></mjml>"
    )
    html = compile_mjml(Places(source, Path("design"), "x.j2"))
    assert " ".join(re.sub("<[^>]+>", "", html[html.index("<b>") :]).split()).startswith("one two")


def test_what_only_filters_read_is_not_written():
    source = (
        "<mjml><mj-head><mj-preview>Plus: buses</mj-preview></mj-head><mj-body></mj-body></mjml>"
    )
    html = compiled(source)
    (hidden,) = etree.fromstring(html, etree.HTMLParser()).xpath(
        "//div[contains(., 'Plus: buses')]"
    )
    assert hidden.get("style") == "display:none;mso-hide:all;"
    for gone in ("word-spacing", "outline", "opacity", "font-size:1px"):
        assert gone not in html
