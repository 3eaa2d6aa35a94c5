"""Bytes that say nothing are spared, and all that they stood between stays."""

import pytest
from lxml import etree

from briefing.emails.compact_css import compact_css
from briefing.emails.direction import spare_directions
from briefing.emails.mjml import compile_mjml, normalise
from briefing.emails.source_map import Places
from briefing.emails.spare_classes import spare_classes

NONCE = "BRFabcdef"
SHEETS = {
    "a { color : red ; }": "a{color :red}",
    "@media only screen and (max-width: 479px) {\n.x > p , .y p { margin: 0 auto !important; }\n}": (
        "@media only screen and (max-width:479px){.x>p ,.y p{margin:0 auto!important}\n}"
    ),
    "p::after { content: \"a;  b: } 'c'\" }": "p::after{content:\"a;  b: } 'c'\"}",
    "a[title='x  :  y'] { background: url( a  b.png ) }": (
        "a[title='x  :  y']{background:url( a  b.png )}"
    ),
    "p { width: calc(100% - 2px); font: 16px / 24px Georgia, 'Times  New', serif;; }": (
        "p{width:calc(100% - 2px);font:16px / 24px Georgia,'Times  New',serif}"
    ),
    "/* a : b ; */ p:not( .x ) q ~ i + b { }": "/* a : b ; */ p:not( .x ) q ~ i + b{}",
    '@import "a  b.css"; .a .b{color:#fff ! important}': '@import "a  b.css";.a .b{color:#fff! important}',
    "p { content: 'it\\'s  ;' }": "p{content:'it\\'s  ;'}",
    "a :hover { x: y } a:hover { x: y }": "a :hover{x:y}\na:hover{x:y}",
    "it's  { broken": "it's{broken",
    "": "",
}
#: What stands in the body, and which elements keep their `dir="auto"`.
PAGES = {
    "words of the page's own way": ('<p dir="auto">Harbours</p>', []),
    "the other way": ('<p dir="auto">«الحكومة» today</p>', ["p"]),
    "Hebrew behind a figure": ('<h2 dir="auto">12 ש"ח</h2>', ["h2"]),
    "figures alone, which say nothing": ('<td dir="auto">33%</td>', ["td"]),
    "nothing at all": ('<p dir="auto"> </p>', ["p"]),
    "letters of other scripts that go as ours": ('<p dir="auto">„Žena“ 部長</p>', []),
    "in a part that goes the other way": ('<div dir="rtl"><p dir="auto">Harbours</p></div>', ["p"]),
    "Arabic in Arabic, in a cell that goes the other way": (
        '<div dir="rtl"><div style="font-size:0px;direction:ltr"><p dir="auto">الحكومة</p></div></div>',
        ["p"],
    ),
    "Arabic in Arabic": ('<div dir="rtl"><p dir="auto">الحكومة</p></div>', []),
    "within another that is not known": (
        '<div dir="auto">الحكومة<p dir="auto">Harbours</p></div>',
        ["div", "p"],
    ),
    "around a word set apart": ('<p dir="auto"><bdi>الحكومة</bdi> today</p>', ["p"]),
    "a word in a line, which is set apart by it": ('<p>a <span dir="auto">b</span></p>', ["span"]),
    "a reader's name": (f'<p dir="auto">{NONCE}_name_, good morning</p>', ["p"]),
    "a picture in front": ('<p dir="auto"><img alt="الحكومة">By Ines</p>', []),
}
BODY = (
    "<mjml><mj-body><mj-section><mj-column><mj-text><p>x</p></mj-text></mj-column></mj-section>"
    "{}<mj-section><mj-column><mj-text><p>y</p></mj-text></mj-column></mj-section></mj-body></mjml>"
)


@pytest.mark.parametrize(("css", "short"), SHEETS.items(), ids=SHEETS.values())
def test_a_style_sheet_is_as_short_as_it_can_be_and_says_the_same(css, short):
    assert compact_css(css) == short == compact_css(short)


def test_texts_keep_only_the_classes_that_a_rule_of_the_page_asks_for_and_blocks_keep_theirs():
    page = etree.fromstring(
        "<html><head><style>.by, p.on:hover > b { margin: .5px }</style></head><body><div class='lead'>"
        "<p class='says by'>a</p><p class='says'>b</p><p class='on'>c</p><a class='px5'>d</a></div></body></html>",
        etree.HTMLParser(),
    )
    spare_classes(page, NONCE)
    assert [(each.tag, each.get("class")) for each in page.find("body").iter()] == [
        ("body", None),
        ("div", "lead"),
        ("p", "by"),
        ("p", None),
        ("p", "on"),
        ("a", None),
    ]


@pytest.mark.parametrize(("body", "kept"), PAGES.values(), ids=PAGES)
def test_a_direction_that_holds_anyway_is_not_said_again(body, kept):
    page = etree.fromstring(f'<html dir="ltr"><body>{body}</body></html>', etree.HTMLParser())
    spare_directions(page, NONCE)
    assert [each.tag for each in page.iterfind(".//*[@dir='auto']")] == kept


def compiled(between, tmp_path):
    return compile_mjml(Places(normalise(BODY.replace("{}", between)), tmp_path, "a.mjml.j2"))


def test_comments_for_outlook_in_a_row_are_one_and_hold_the_same(tmp_path):
    html = compiled("", tmp_path)
    assert "<![endif]--><!--[if mso | IE]>" not in html
    assert html.count("<!--[if mso | IE]>") == html.count("<![endif]-->") - html.count(
        "<!--[if !"
    ) - html.count("<!--[if mso]")
    tables = html.count("<table"), html.count("</table>")
    assert tables[0] == tables[1]


def test_a_comment_of_another_condition_stays_apart(tmp_path):
    own = "<mj-raw><!--[if mso]><p>Outlook alone</p><![endif]--></mj-raw>"
    assert "<!--[if mso]><p>Outlook alone</p><![endif]--><!--[if mso | IE]>" in compiled(
        own, tmp_path
    ).replace("\n", "")
