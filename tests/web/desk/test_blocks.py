"""Blocks at the desk: plain forms that write in them, order them and put stories into them."""

from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html
from tests.newsrooms import LEAD, PAID, REPORT

from briefing.actions.editions.block_plan import BlockPlan, block_plan, moved, place_next

_EDITION = "/editions/{edition}"


@pytest.fixture
def inside(browser):
    return browser.enter()


@pytest.fixture
def sent(inside):
    """Sends a form of the page; the edition as it stands then."""

    def _sent(status=303, **fields):
        seen = str(inside.desk.sheet.version)
        answer = inside.post(f"{_EDITION}/change", fields, seen=seen)
        assert answer.status_code == status, answer.text
        return inside.desk.edition

    return _sent


def test_a_block_is_written_signed_and_taken_out(sent):
    edition = sent(kind="block", block="intro", text="Good **morning**.\r\n\r\nAgain.", by="Ann")
    (intro,) = edition.blocks
    assert (intro.text, intro.by) == ("Good **morning**.\n\nAgain.", "Ann")
    assert sent(kind="block", block="intro", text=" ").blocks == ()


def test_words_that_stand_already_make_no_version(inside, sent):
    sent(kind="block", block="quote", text="“No.”", by="A peer")
    version = inside.desk.sheet.version
    sent(kind="block", block="quote", text="“No.”\r\n", by=" A peer ")
    assert inside.desk.sheet.version == version


def test_a_block_that_nobody_can_write_in_is_refused_in_a_sentence(sent):
    assert sent(status=422, kind="block", block="weather", text="Rain.").blocks == ()


def test_a_story_gets_its_block_its_address_its_paragraphs_and_why_it_matters(sent):
    edition = sent(
        kind="rewrite",
        item=REPORT,
        block="comment",
        link="https://paper.example/water",
        matters="Bills rise.",
        paragraph="One.\r\n\r\nTwo.",
    )
    (item,) = (item for item in edition.items if item.id == REPORT)
    assert (item.block, item.link, item.matters) == (
        "comment",
        "https://paper.example/water",
        "Bills rise.",
    )
    assert (item.paragraph, item.verbatim) == ("One.\n\nTwo.", False)


def test_paid_copy_has_a_place_of_its_own_but_never_next_to_the_lead(sent):
    edition = sent(kind="rewrite", item=PAID, block="need-to-know")
    assert edition.sponsored[0].block == "need-to-know"
    assert sent(status=422, kind="rewrite", item=PAID, block="lead").sponsored[0].block


def test_the_page_shows_every_block_and_its_buttons_ask_for_the_order_that_they_say(inside, sent):
    page = html.fromstring(inside.get(_EDITION).text)
    titles = [each.text for each in page.xpath("//ol[@id='block-list']/li/div/strong")]
    assert titles[:4] == ["Intro", "In sixty seconds", "Lead", "Need to know"]
    (later,) = page.xpath("//button[@name='order'][contains(., 'Print Lead later')]")
    edition = sent(kind="order", order=later.get("value"))
    assert edition.order.index("need-to-know") < edition.order.index("lead")
    assert sent(kind="order", order="").order == ()


def test_a_story_says_in_which_block_it_stands(inside):
    plan = block_plan(inside.desk.room, inside.desk.edition)
    assert plan.stands_in[LEAD] == "Lead"
    assert plan.stands_in[PAID].startswith("behind ")


def test_a_block_that_the_design_does_not_have_is_kept_and_says_so(inside, sent):
    sent(kind="block", block="quote", text="“No.”")
    design = inside.desk.room.config.design("staggers") / "design.toml"
    design.write_text('blocks = ["lead", "need-to-know"]')
    assert "the design has no such block: kept, not printed" in inside.get(_EDITION).text


@pytest.mark.parametrize(
    ("name", "by", "order"),
    [
        ("a", -1, "a b c"),
        ("b", -1, "b a c"),
        ("b", 1, "a c b"),
        ("c", 1, "a b c"),
        ("x", 1, "a b c"),
    ],
)
def test_a_block_moves_one_place_and_never_out_of_the_list(name, by, order):
    assert moved("a b c".split(), name, by) == tuple(order.split())


def test_an_arrow_moves_a_story_past_the_next_of_its_own_block():
    def item(name: str) -> Any:
        return SimpleNamespace(id=name)

    edition: Any = SimpleNamespace(items=tuple(map(item, "abcde")))
    plan = BlockPlan(stands_in={"a": "Lead", "b": "News", "c": "Comment", "d": "News", "e": "News"})
    assert [place_next(plan, edition, name, -1) for name in "abde"] == [0, 0, 1, 3]
    assert [place_next(plan, edition, name, 1) for name in "bcde"] == [3, 3, 4, 5]


def test_what_is_dropped_on_a_story_stands_there_in_its_block_and_out_of_the_left_out_list(sent):
    sent(kind="rewrite", item=REPORT, block="comment")
    sent(kind="drop", item=LEAD)
    edition = sent(kind="move", item=LEAD, to="1", block="comment")
    assert [(item.id, item.block) for item in edition.items] == [
        (REPORT, "comment"),
        (LEAD, "comment"),
    ]
    edition = sent(kind="move", item=LEAD, to="0", block="")
    assert [item.block for item in edition.items] == ["", "comment"]


def test_what_is_dropped_on_a_block_stands_in_it_and_paid_copy_behind_it_alone(sent):
    edition = sent(kind="into", item=REPORT, block="and-finally")
    assert {item.id: item.block for item in edition.items}[REPORT] == "and-finally"
    assert sent(kind="into", item=PAID, block="and-finally").sponsored[0].block == "and-finally"
    assert (
        sent(status=422, kind="into", item=PAID, block="lead").sponsored[0].block == "and-finally"
    )
