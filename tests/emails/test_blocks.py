"""Blocks in both parts: what people wrote is printed and marked, an empty block leaves no trace."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree

from briefing.emails import specimen
from briefing.emails.blocks.one_line import one_line
from briefing.emails.render import render
from briefing.errors import TemplateError
from briefing.model.digest import Pair, PairKind
from briefing.model.edition import BlockKind, WrittenBlock

SLOT = datetime(2026, 11, 23, 7, tzinfo=UTC)


def words(mail):
    body = etree.fromstring(mail.html, etree.HTMLParser()).find("body")
    return " ".join(" ".join(body.itertext()).split())


@pytest.fixture
def house(settings):
    return replace(
        settings,
        subscribe_url="https://briefing.example.org/subscribe/readers",
        made_url="https://briefing.example.org/archive/s/today/made",
        archive_url="https://briefing.example.org/archive/s/today",
        opinion_at="https://briefing.example.org/opinion/today",
        reply_to="desk@press.example.org",
    )


def test_every_block_stands_in_both_parts(house):
    mail = render(specimen.filled(SLOT), house)
    for part in (words(mail), " ".join(mail.text.split())):
        for said in (
            "By Hester Vane",
            "Write to us",
            "Why it matters: Two by-elections",
            "33% Government",
            "9.30 Harbours questions",
            "Nobody in Stromness",
            "Magnus Linklater, fishermen’s association",
            "The badger in the whip’s notebook",
            "Did somebody send you this letter?",
            "Sources: harbour.example.org.",
            "How this letter was made",
            "Found a mistake?",
        ):
            assert said in part, said


def test_an_empty_block_leaves_no_trace_in_either_part(settings):
    mail = render(specimen.empty(SLOT), settings)
    titles = "In sixty|Need to know|By the numbers|Comment|Today|Also|In brief|Quote|And finally"
    for part in (words(mail), mail.text):
        for title in titles.split("|"):
            assert title not in part
            assert title.upper() not in part


@pytest.mark.parametrize(("stories", "most"), [(12, 40_000), (25, 70_000)])
def test_a_letter_with_every_block_stays_far_below_where_gmail_cuts(house, stories, most):
    assert len(render(specimen.filled(SLOT, stories), house).html.encode()) < most


def test_the_worst_that_an_edition_may_hold_is_rendered_whole(house):
    edition = specimen.worst(SLOT)
    mail = render(edition, house)
    assert all(item.headline[:20].casefold() in mail.text.casefold() for item in edition.items[:1])
    assert mail.html.count('rel="sponsored') == 2


def test_bars_are_as_long_as_their_figures_and_read_as_text(house):
    html = render(specimen.filled(SLOT), house).html
    tree = etree.fromstring(html, etree.HTMLParser())
    assert [cell.get("width") for cell in tree.xpath("//td[@class='full']")] == [
        "33%",
        "30%",
        "12%",
    ]
    assert {
        table.get("role") for table in tree.iter("table") if table.xpath("tr/td[@class='full']")
    } == {"presentation"}


def test_an_agenda_is_a_table_of_data_whose_rows_are_named_by_their_time(house):
    tree = etree.fromstring(render(specimen.filled(SLOT), house).html, etree.HTMLParser())
    assert [(head.get("scope"), head.text) for head in tree.iter("th")] == [
        ("row", "9.30"),
        ("row", "12.00"),
        ("row", "14.15"),
    ]


def test_an_edited_story_has_its_paragraphs_stress_and_links_and_is_marked_as_edited(
    edition, settings
):
    first, second, *rest = edition.items
    own = "First, **truly**.\n\nThen [more](https://more.example.org/x)."
    edited = replace(second, paragraph=own, verbatim=False, matters="It *costs*.")
    mail = render(replace(edition, items=(first, edited, *rest)), settings)
    assert "<strong>truly</strong>" in mail.html
    assert '<a href="https://more.example.org/x"' in mail.html
    assert mail.html.count("Edited by the desk") == mail.text.count("Edited by the desk") == 1
    assert "First, truly.\n\nThen more (https://more.example.org/x)." in mail.text
    assert "Why it matters: It costs." in mail.text


def test_marks_in_a_sources_own_words_are_printed_as_they_stand(edition, settings):
    first, *rest = edition.items
    starred = replace(first, paragraph="A **starred** word, [sic](https://x.example).")
    mail = render(replace(edition, items=(starred, *rest)), settings)
    assert "A **starred** word, [sic](https://x.example)." in mail.html
    assert "<strong>starred" not in mail.html


def test_a_design_that_loses_a_block_is_refused(design):
    settings = design("parts/quote.mjml.j2", '{% include "parts/written.mjml.j2" %}', "")
    with pytest.raises(TemplateError, match="HTML part lost the block 'quote'"):
        render(specimen.filled(SLOT), settings)


def test_a_design_of_one_list_goes_on_working_and_keeps_blocks_unprinted(design):
    settings = design(
        "briefing.mjml.j2",
        "{% for block in blocks %}",
        "{% for block in [{'kind': 'also', 'title': '', 'stories': items}] %}",
    )
    folder = settings.template
    (folder / "design.toml").unlink()
    text = folder / "briefing.txt.j2"
    text.write_text(
        text.read_text().replace(
            "{% for block in blocks %}",
            "{% for block in [{'kind': 'also', 'title': '', 'by': '', 'rows': [], 'texts': [], "
            "'stories': items}] %}",
        )
    )
    edition = replace(specimen.filled(SLOT), sponsored=())
    mail = render(edition, settings)
    assert all(item.headline in mail.text for item in edition.items)
    assert "Stromness will dance" not in mail.html


def test_the_one_line_of_a_story_is_its_standfirst_or_a_sentence_that_may_stand_alone(edition):
    item = edition.items[1]
    assert one_line(item) == item.digest.sentences[0].text
    standfirst = "What mayors want."
    told = replace(item, article=replace(item.article, standfirst=standfirst))
    assert one_line(told) == standfirst
    claim, answer = item.digest.sentences[:2]
    pair = Pair(kind=PairKind.DENIAL, claim=claim, answers=(answer,))
    parted = replace(item, digest=replace(item.digest, pairs=(pair,)))
    assert one_line(parted) == item.paragraph
    assert one_line(replace(item, paragraph="Ours.", verbatim=False)) == "Ours."


def test_a_figure_alone_stands_large_without_a_bar(edition, settings):
    block = WrittenBlock(
        name="numbers", kind=BlockKind.NUMBERS, text="£1.3bn | the bill over four years"
    )
    html = render(replace(edition, blocks=(block,)), settings).html
    assert re.search(r"<p style=\"[^\"]*font-size:40px[^\"]*\">£1.3bn", html)
    assert 'class="full"' not in html
