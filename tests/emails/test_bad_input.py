"""Whatever stands in an article comes out as the text it is, in both parts."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from briefing.emails.printable import plain
from briefing.errors import EditionError
from briefing.languages.typography import typeset
from briefing.model.article import Basis

WORDINGS = {
    "markup": "Is 3 < 4 & 5 > 4, AT&T asks in \"double\" and 'single' quotes",
    "an entity without its semicolon": "What &copy=3 and &lt mean to a browser",
    "an emoji": "Minister cheers 🎉 at last",
    "a family joined by ZWJ": "A family 👨‍👩‍👧‍👦 and a flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿 and a heart ❤️",
    "no-break spaces": "No. 10 and £ 5m",
    "Hebrew": "הכנסת מצביעה על התקציב",
    "Arabic among English": "The word شكرا said twice",
    "combining marks": "Cafe\u0301 talks with Nguyễn and नमस्ते",
    "a template expression": "{{ 7*7 }} and {% if x %} and {# y #}",
    "the end of a comment": "--> and <![endif]--> and ]]>",
    "a closing tag": "</mj-text></mj-column> went missing",
    "a script": "<script>alert('x')</script>",
    "a backslash": r"C:\new\table and \u{301}",
    "a token of another edition": "BRF7c9a41t_email_ is not a slot here",
    "a beginning that mbox readers split at": "From Stromness with love",
    "a beginning that hides the rest": "-- and then they signed",
    "a quotation mark of mail": "> that was his view",
    "no white space for a very long time": "Donaudampfschifffahrt" * 12,
}


def parts(mail):
    root = etree.fromstring(mail.html, etree.HTMLParser())
    stories = root.xpath("//h2[not(@class='title' or ancestor::*[@class='label'])] | //h3")
    return ["".join(found.itertext()).strip() for found in stories], mail.text


@pytest.mark.parametrize("wording", WORDINGS.values(), ids=WORDINGS)
def test_a_headline_is_printed_as_it_is_written(wording, printed):
    mail = printed(headline=wording, paragraph=f"{wording}. {wording}.", title=wording)
    headlines, text = parts(mail)
    wording = typeset(wording, "en-GB")
    assert headlines[0] == wording
    assert len(headlines) == 6
    assert " ".join(wording.split()) in " ".join(text.split())
    assert mail.html.count("</html>") == 1
    wrapper = etree.fromstring(mail.html, etree.HTMLParser()).find(".//div[@role='main']")
    assert wrapper.get("aria-label") == f"{wording}, Monday 23 November 2026"


@pytest.mark.parametrize(
    "dirt",
    ["\x00", "\x08", "\x1b", "\x7f", "\x9d", "\ud83d", "\ufffe", "\u202e", "\ue000x:1\ue001"],
)
def test_a_character_nobody_can_print_is_left_out(dirt, printed):
    headlines, text = parts(printed(headline=f"Peers {dirt}vote", subject=f"Peers{dirt}"))
    clean = "Peers x:1vote" if "x:1" in dirt else "Peers vote"
    assert headlines[0] == clean
    assert clean in text


def test_a_line_break_in_a_headline_is_a_space(printed):
    for space in ("\n", "\r\n", "\t", "\x0b", "\u2028", "\x85"):
        assert parts(printed(headline=f"Peers{space}vote"))[0][0] == "Peers vote"


def test_ten_thousand_nested_tags_in_an_article_are_text(printed):
    nested = "<b>" * 10_000 + "deep" + "</b>" * 10_000
    assert parts(printed(paragraph=nested))[0][0].startswith("Fisheries")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(min_size=1, max_size=60).filter(plain))
def test_any_text_at_all_survives(printed, text):
    headlines, body = parts(printed(headline=text, preheader=text, title=text))
    shown = typeset(plain(text), "en-GB")
    assert headlines[0] == shown.strip()
    assert " ".join(shown.split()) in " ".join(body.split())


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/x",
        "https://",
        "https://editor:secret@example.org/",
        "https://example.org/a b",
        'https://example.org/"onclick="x',
        "//example.org/x",
        "https://[::1/x",
        "https://example.org/\ud800",
        "",
    ],
)
def test_an_address_that_is_none_becomes_a_source_line_and_no_dead_link(
    address, edition, printed, changed
):
    mail = printed(items=(changed(edition.items[0], canonical_url=address), *edition.items[1:]))
    assert "Source: Harbour Review" in mail.html
    assert "Source: Harbour Review" in mail.text
    assert "Read on: Fisheries" not in mail.html + mail.text
    assert not re.search(r'href="(?!https://|BRF)', mail.html)


def test_the_name_of_a_file_is_never_shown_to_a_reader(edition, printed, changed):
    bare = changed(edition.items[0], canonical_url=None, byline=())
    mail = printed(items=(bare,), sponsored=())
    assert "01-fisheries" not in mail.html + mail.text
    assert "Source: " not in mail.html + mail.text


def test_paid_copy_among_the_stories_is_refused(edition, printed):
    with pytest.raises(EditionError, match=r"06-turbines#0.*sponsored block"):
        printed(items=(*edition.items, edition.sponsored[0]))


def test_paid_copy_alone_is_refused_because_it_would_stand_first(printed):
    with pytest.raises(EditionError, match="no story"):
        printed(items=())


@pytest.mark.parametrize("line", ["subject", "preheader"])
def test_paid_copy_in_the_inbox_line_is_refused(line, edition, printed):
    with pytest.raises(EditionError, match=line):
        printed(**{line: f"News: {edition.sponsored[0].headline}"})


def test_an_unknown_sponsor_leaves_no_empty_line(printed, sponsored_by):
    mail = printed(sponsored=(sponsored_by(None, None),))
    assert "Paid for by" not in mail.html + mail.text
    assert "Sponsored · Advertisement feature" in mail.text


def test_an_inferred_sponsor_is_not_said_to_have_paid(printed, sponsored_by):
    mail = printed(sponsored=(sponsored_by("Northgate & Sons", Basis.INFERRED),))
    assert "From Northgate &amp; Sons" in mail.html
    assert "    From Northgate & Sons\n" in mail.text
    assert "Paid for by" not in mail.html + mail.text
