"""What editors do to blocks."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter
from tests.emails.conftest import sample_edition

from briefing.editions import apply, edited, folded
from briefing.emails import specimen
from briefing.errors import EditionError
from briefing.model.change import (
    MakeLead,
    OrderBlocks,
    Rewrite,
    SetBlock,
    SetLink,
    SetMatters,
    WriteBlock,
)
from briefing.model.edition import BlockKind, Edition, WrittenBlock

EDITION = replace(sample_edition(), blocks=())
SECOND = EDITION.items[1].id
ADVERT = EDITION.sponsored[0].id


def test_a_block_is_written_signed_changed_and_taken_out():
    first = apply(EDITION, WriteBlock(block="intro", text="Good  morning.\n\nAgain.", by=" Ann "))
    assert first.blocks == (
        WrittenBlock(name="intro", kind=BlockKind.INTRO, text="Good morning.\n\nAgain.", by="Ann"),
    )
    second = apply(first, WriteBlock(block="intro", text="Hello."))
    assert [(block.text, block.by) for block in second.blocks] == [("Hello.", "")]
    assert apply(second, WriteBlock(block="intro", text=" \n ")).blocks == ()


def test_a_standing_block_that_an_editor_changed_is_the_desks_own():
    standing = WrittenBlock(
        name="house", kind=BlockKind.TODAY, text="9 | Q", title="House", origin="house.txt"
    )
    edition = replace(EDITION, blocks=(standing,))
    (changed,) = apply(edition, WriteBlock(block="house", text="10 | Q")).blocks
    assert (changed.kind, changed.title, changed.origin) == (BlockKind.TODAY, "House", "")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            WriteBlock(block="weather", text="Rain."),
            "no block 'weather' to write in; there are: intro",
        ),
        (WriteBlock(block="lead", text="x"), "no block 'lead' to write in"),
        (WriteBlock(block="intro", text="x" * 5_001), "5,001 characters is too long"),
        (OrderBlocks(blocks=("lead", "weather")), "no block 'weather'"),
        (OrderBlocks(blocks=("lead", "lead")), "twice"),
        (SetBlock(item=SECOND, block="quote"), "holds no stories"),
        (SetBlock(item=EDITION.items[0].id, block="comment"), "is the lead"),
        (SetBlock(item=ADVERT, block="lead"), "neither first nor next to the lead"),
        (SetBlock(item=ADVERT, block="intro"), "neither first nor next to the lead"),
        (SetBlock(item=ADVERT, block="nowhere"), "no block 'nowhere'"),
        (SetLink(item=SECOND, link="javascript:alert(1)"), "not an address of the web"),
        (SetLink(item=SECOND, link="https://me:secret@x.example"), "not an address of the web"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(change, complaint):
    with pytest.raises(EditionError, match=complaint):
        apply(EDITION, change)


def test_a_story_is_put_into_a_block_and_back():
    put = apply(EDITION, SetBlock(item=SECOND, block="comment"))
    assert put.items[1].block == "comment"
    assert apply(put, SetBlock(item=SECOND, block="")) == EDITION


def test_the_block_of_the_lead_is_the_first_place():
    assert apply(EDITION, SetBlock(item=SECOND, block="lead")).items[0].id == SECOND
    assert apply(EDITION, MakeLead(item=SECOND)).items[0].id == SECOND


def test_paragraphs_that_an_editor_parts_stay_apart():
    changed = apply(EDITION, Rewrite(item=SECOND, paragraph="One  line.\r\n\r\n Two\nlines. "))
    assert changed.items[1].paragraph == "One line.\n\nTwo lines."
    assert not changed.items[1].verbatim


def test_why_and_address_are_kept_with_the_story():
    changed = apply(EDITION, SetMatters(item=SECOND, matters=" It  costs. "))
    changed = apply(changed, SetLink(item=SECOND, link=" https://x.example/a "))
    assert (changed.items[1].matters, changed.items[1].link) == ("It costs.", "https://x.example/a")
    assert changed.items[1].links[0] == "https://x.example/a"


def test_typing_on_in_a_block_is_one_change():
    first = WriteBlock(block="intro", text="G")
    other = WriteBlock(block="quote", text="Q")
    assert folded((first, other), WriteBlock(block="intro", text="Go")) == (
        other,
        WriteBlock(block="intro", text="Go"),
    )


def test_changes_of_blocks_are_made_again_on_a_new_base():
    slot = datetime(2026, 11, 23, 7, tzinfo=UTC)
    changes = (WriteBlock(block="intro", text="Hello."), OrderBlocks(blocks=("lead", "intro")))
    done = edited(specimen.empty(slot), changes).edition
    assert (done.blocks[0].text, done.order) == ("Hello.", ("lead", "intro"))


def test_an_edition_that_was_kept_before_there_were_blocks_is_read():
    adapter = TypeAdapter(Edition)
    kept = adapter.dump_python(EDITION, mode="json")
    for field in ("blocks", "order"):
        del kept[field]
    for item in kept["items"]:
        for field in ("matters", "block", "link"):
            del item[field]
    assert adapter.validate_python(kept) == EDITION
