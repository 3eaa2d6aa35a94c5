"""The plain part is an email of its own, not a shadow of the HTML."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.emails.plain_text import tidy
from briefing.emails.render import render
from briefing.emails.templating import wrapped

LABEL = "Sponsored · Advertisement feature"


@pytest.fixture
def text(edition, settings):
    return render(edition, settings).text


def test_lines_are_at_most_72_characters_but_for_addresses(text):
    long = [line for line in text.splitlines() if len(line) > 72]
    assert all(line.startswith("https://") for line in long)
    assert long


def test_every_address_stands_whole_on_a_line_of_its_own(text, edition):
    lines = [line.strip() for line in text.splitlines()]
    for item in (*edition.items, *edition.sponsored):
        if item.article.canonical_url:
            assert lines.count(item.article.canonical_url) == 1


def test_paid_copy_stands_between_its_labels_and_rules_and_further_in(text):
    lines = text.splitlines()
    start, end = lines.index(f"    {LABEL}"), lines.index(f"    End of: {LABEL}")
    assert lines[start - 1] == lines[end + 1] == "=" * 72
    assert lines[start + 1] == "    Paid for by Northgate Wind"
    assert all(not line or line.startswith("    ") for line in lines[start : end + 1])


RULE = "=" * 72


def designed(settings, name):
    return replace(settings, template=settings.template.with_name(name))


@pytest.mark.parametrize("design", ["dispatch", "evening", "staggers"])
def test_one_rule_stands_between_an_advert_and_what_follows_it(design, edition, settings):
    for adverts in ((), edition.sponsored, edition.sponsored * 2):
        own = replace(edition, sponsored=adverts)
        text = render(own, designed(settings, design)).text
        assert text.count(LABEL) == 2 * len(adverts)
        assert re.search(rf"{RULE}\s+{RULE}", text) is None
        assert re.search(rf"{RULE}\n\n.*?Unsubscribe:", text, re.DOTALL)


@pytest.mark.parametrize("design", ["dispatch", "evening", "staggers"])
def test_a_kicker_stands_in_the_text_where_the_page_prints_it(design, edition, settings):
    email = render(edition, designed(settings, design))
    for item in edition.items:
        if item.kicker:
            above = f"{item.kicker.upper()}\n{item.headline[:20]}"
            assert (above in email.text) == (f">{item.kicker}</p>" in email.html)


def test_paid_copy_is_nowhere_else(text):
    before, _, rest = text.partition(LABEL)
    after = rest.rpartition(LABEL)[2]
    for word in ("Northgate", "turbines", "Dogger Bank"):
        assert word not in before + after


def test_there_is_no_html_in_it(text):
    assert not any(mark in text for mark in ("&amp;", "&#", "<", "\u034f", "\u200c"))


def test_the_small_print_is_there(text):
    for words in (
        "Unsubscribe:\nBRF",
        "Preferences:\nBRF",
        "View in browser:\nBRF",
        "4 Quay Street",
    ):
        assert words in text


def test_words_that_an_editor_changed_take_the_promise_of_verbatim_away(edition, printed):
    rewritten = replace(edition.items[1], paragraph="In other words.", verbatim=False)
    mail = printed(items=(edition.items[0], rewritten))
    assert "word for word" not in mail.html + mail.text


@pytest.mark.parametrize("line", ["From Orkney", "--", "-- ", "-- the end", ">quoted"])
def test_a_line_that_mail_programs_would_take_for_their_own_is_moved_in(line):
    assert tidy(f"a\n{line}\nb\n") == f"a\n {line.rstrip()}\nb\n"


@pytest.mark.parametrize("line", ["Fromage", "---", "--x", "a -- b", "from Orkney", "-"])
def test_other_lines_stay_where_they_are(line):
    assert tidy(f"{line}\n") == f"{line}\n"


def test_paragraphs_stand_one_blank_line_apart():
    assert tidy("\n\na  \n\n\n\nb\n\n") == "a\n\nb\n"


@given(st.text(st.sampled_from("ab -\u00a0é")))
def test_wrapping_loses_no_word(text):
    assert wrapped(text).split() == text.split()


@given(st.text("\n ->Fromx"))
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)
