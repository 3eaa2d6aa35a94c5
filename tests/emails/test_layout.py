"""Which block holds which story, and where paid copy stands."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.emails.conftest import DESIGN

from briefing.emails import specimen
from briefing.emails.blocks.design import Design, design_of
from briefing.emails.blocks.layout import lay_out
from briefing.errors import TemplateError
from briefing.model.edition import BlockKind, WrittenBlock

SLOT = datetime(2026, 11, 23, 7, tzinfo=UTC)
STAGGERS = design_of(DESIGN)


def drawn(edition, design=STAGGERS):
    """Each block as its name and how many stories it holds, paid pieces as `paid`."""
    found = []
    for block in lay_out(edition, design):
        found.append((block.name, len(block.stories)))
        found += [("paid", 1)] * len(block.paid)
    return found


def bare(stories, paid=0):
    edition = specimen.filled(SLOT, stories)
    items = tuple(replace(item, block="") for item in edition.items)
    sponsored = tuple(edition.sponsored[:1] * paid)
    named = tuple(
        replace(item, article=replace(item.article, id=f"paid-{place}#0"))
        for place, item in enumerate(sponsored)
    )
    return replace(edition, items=items, sponsored=named, blocks=())


def test_stories_fill_the_blocks_of_the_design_in_its_order():
    assert drawn(bare(14)) == [
        ("seconds", 5),
        ("lead", 1),
        ("need-to-know", 4),
        ("also", 7),
        ("in-brief", 2),
    ]


def test_a_block_without_content_is_not_laid():
    assert drawn(bare(1)) == [("lead", 1)]


def test_a_story_stands_where_an_editor_put_it():
    edition = bare(4)
    placed = replace(edition.items[1], block="comment")
    found = drawn(replace(edition, items=(edition.items[0], placed, *edition.items[2:])))
    assert found == [("lead", 1), ("need-to-know", 2), ("comment", 1)]


def test_the_first_story_is_the_lead_whatever_it_says_of_itself():
    edition = bare(2)
    first = replace(edition.items[0], block="in-brief")
    assert drawn(replace(edition, items=(first, edition.items[1])))[0] == ("lead", 1)


def test_the_editors_order_of_blocks_holds_and_the_others_keep_their_neighbours():
    edition = specimen.filled(SLOT, 3)
    names = [name for name, _ in drawn(replace(edition, order=("quote", "lead"), sponsored=()))]
    assert names.index("quote") < names.index("lead")
    assert names.index("lead") < names.index("need-to-know") < names.index("numbers")


def test_a_standing_block_follows_the_block_of_its_kind():
    block = WrittenBlock(
        name="parliament", kind=BlockKind.TODAY, text="9.30 | Questions", title="House"
    )
    edition = replace(specimen.filled(SLOT, 3), sponsored=())
    names = [name for name, _ in drawn(replace(edition, blocks=(*edition.blocks, block)))]
    assert names[names.index("today") + 1] == "parliament"


def test_paid_copy_stands_behind_the_block_that_an_editor_chose():
    edition = bare(6, paid=1)
    (advert,) = edition.sponsored
    found = drawn(replace(edition, sponsored=(replace(advert, block="also"),)))
    assert found[-2:] == [("also", 1), ("paid", 1)]


@given(
    stories=st.integers(min_value=1, max_value=30),
    paid=st.integers(min_value=0, max_value=4),
    written=st.sets(st.sampled_from(range(5))),
)
def test_every_piece_is_laid_once_and_paid_copy_is_never_first_nor_beside_the_lead_nor_two_in_a_row(
    stories, paid, written
):
    blocks = tuple(specimen.filled(SLOT, 3).blocks[place] for place in sorted(written))
    edition = replace(bare(stories, paid), blocks=blocks)
    laid = lay_out(edition, STAGGERS)
    told = [item.id for each in laid if each.kind is not BlockKind.SECONDS for item in each.stories]
    assert sorted(told) == sorted(item.id for item in edition.items)
    assert [item.id for each in laid for item in each.paid] == [
        item.id for item in edition.sponsored
    ]
    if stories > paid + 1:
        order = [name for name, _ in drawn(edition)]
        assert order[:1] != ["paid"]
        for before, after in pairwise(order):
            assert (before, after) not in {("lead", "paid"), ("paid", "lead"), ("paid", "paid")}


def test_a_design_without_a_declaration_prints_one_list(tmp_path):
    assert design_of(tmp_path) == Design(folder=tmp_path)
    assert lay_out(bare(3), Design(folder=tmp_path)) == ()


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        ('blocks = [\n  "lead",\n  "weather",\n]', 3, "no block 'weather'; known: intro"),
        ('blocks = ["lead", "lead"]', 1, "twice"),
        ('blocks = ["intro"]', 1, "no block 'lead'"),
        ('blocks = ["lead"]\n\n[most]\nquote = 3', 4, "how many stories"),
        ('blocks = ["lead"]\ncolour = "red"', 2, "says nothing about a design"),
        ('blocks = ["lead"\ncolour', 2, "cannot be read"),
        ("most = {}", 1, "write blocks"),
    ],
)
def test_a_fault_of_the_declaration_is_named_with_file_and_line(tmp_path, text, line, complaint):
    (tmp_path / "design.toml").write_text(text)
    with pytest.raises(TemplateError, match=complaint) as refusal:
        design_of(tmp_path)
    assert (refusal.value.path, refusal.value.line) == (tmp_path / "design.toml", line)
    assert isinstance(refusal.value.path, Path)
