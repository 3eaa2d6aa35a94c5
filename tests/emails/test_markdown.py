"""The small Markdown of people's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefing.emails.blocks.markdown import told, unmarked


@pytest.mark.parametrize(
    ("written", "html", "text"),
    [
        ("plain", "plain", "plain"),
        ("**b** and *e*", "<strong>b</strong> and <em>e</em>", "b and e"),
        (
            "[a](https://x.example/?a=1&b=2)",
            '<a href="https://x.example/?a=1&amp;b=2">a</a>',
            "a (https://x.example/?a=1&b=2)",
        ),
        (
            "see https://x.example/a_b_c.",
            'see <a href="https://x.example/a_b_c">x.example/a_b_c</a>.',
            "see https://x.example/a_b_c.",
        ),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", "<script>x</script>"),
        ("# no title, `no code`", "# no title, `no code`", "# no title, `no code`"),
        (r"3 \* 4 * 5 and a_b_c", "3 * 4 * 5 and a_b_c", "3 * 4 * 5 and a_b_c"),
    ],
)
def test_stress_and_links_are_read_and_all_else_is_printed_as_typed(written, html, text):
    (one,) = told(written)
    assert (one.html, one.text) == (html, text)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://me:secret@x.example/",
        "//x.example",
        "file:///x",
    ],
)
def test_an_address_that_is_not_of_the_public_web_is_no_link(address):
    (one,) = told(f"[a]({address}) <{address}>")
    assert "href" not in one.html


def test_an_empty_line_parts_paragraphs():
    assert [each.text for each in told("one\ntwo\n\nthree")] == ["one two", "three"]


def test_words_alone_have_no_marks():
    assert unmarked("**one** [two](https://x.example)\n\nthree") == "one two three"


@given(st.text(max_size=80))
def test_nothing_that_is_typed_makes_another_element_or_attribute(written):
    for one in told(written):
        tree = etree.fromstring(f"<p>{one.html}</p>", etree.HTMLParser())
        for element in tree.iter():
            assert element.tag in {"html", "body", "p", "strong", "em", "a", "br"}
            assert set(element.keys()) <= {"href"}
            assert element.get("href", "https://").startswith(("https://", "http://"))
