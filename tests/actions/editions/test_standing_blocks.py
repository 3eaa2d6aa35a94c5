"""Blocks out of files and feeds stand in every edition, and what cannot be read is told."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.newsrooms import Clock, settled

from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.editions.standing_blocks import standing_blocks
from briefing.config import load_config
from briefing.emails.blocks.markdown import told
from briefing.errors import ConfigError
from briefing.model.edition import BlockKind
from briefing.model.source_record import EntryState, Seen

SLOT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
FILE = '[[briefings.staggers.blocks]]\nname = "business"\ntitle = "In the chamber"\nfile = "business.txt"\n'
FEED = (
    '[[briefings.staggers.blocks]]\nname = "wire"\ntitle = "From the wire"\nfeed = "wire"\nmost = 2\n'
    '[sources.wire]\nkind = "feed"\nurl = "https://wire.example/feed.xml"\n'
)


@pytest.fixture
def house(newsroom_folder):
    def make(extra):
        path = newsroom_folder / "config.toml"
        path.write_text(f"{path.read_text()}\n{extra}")
        return newsroom_folder

    return make


def blocks(folder):
    with open_desk(settled(folder), Clock()) as room:
        return standing_blocks(room, "staggers", SLOT)


def test_a_file_stands_in_each_draft_under_its_title(house):
    folder = house(FILE)
    (folder / "business.txt").write_text("Questions at **two**.\n\nThen the levy.\n")
    with open_desk(settled(folder), Clock()) as room:
        (block,) = draft(room, "staggers").edition.blocks
        assert (block.title, block.kind) == ("In the chamber", BlockKind.TEXT)
        assert (block.text, block.origin) == (
            "Questions at **two**.\n\nThen the levy.",
            "business.txt",
        )
        (folder / "business.txt").write_text("Nothing sits today.")
        assert draft(room, "staggers").edition.blocks[0].text == "Nothing sits today."


def test_a_file_that_is_empty_or_of_another_day_leaves_no_trace(house):
    folder = house(FILE.replace("business.txt", "%m-%d.txt"))
    assert blocks(folder) == ((), ())
    (folder / "11-24.txt").write_text("Tomorrow")
    assert blocks(folder) == ((), ())
    (folder / "11-23.txt").write_text("  \n")
    assert blocks(folder) == ((), ())
    (folder / "11-23.txt").write_text("Ada Marsh is 47")
    assert [one.text for one in blocks(folder)[0]] == ["Ada Marsh is 47"]


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe\x00", "not UTF-8"), (b"x" * 9000, "too long")]
)
def test_a_file_that_is_no_text_or_too_long_is_left_out_and_told(house, content, said):
    folder = house(FILE)
    (folder / "business.txt").write_bytes(content)
    with open_desk(settled(folder), Clock()) as room:
        drafted = draft(room, "staggers")
    assert drafted.edition.blocks == ()
    (sentence,) = drafted.lost
    assert sentence.startswith("The block business is left out: ")
    assert said in sentence


def test_a_file_that_is_gone_while_the_house_runs_is_told(house):
    folder = house(FILE)
    (folder / "business.txt").write_text("Here")
    config = settled(folder)
    (folder / "business.txt").unlink()
    with open_desk(config, Clock()) as room:
        assert "cannot be read" in standing_blocks(room, "staggers", SLOT)[1][0]


def entry(number, hours, headline, url="", state=EntryState.NEW):
    at = (SLOT - timedelta(hours=hours)).timestamp()
    return Seen(
        guid=f"g{number}", name=f"e{number}", headline=headline, url=url, first=at, last=at,
        moment=at, state=state,
    )  # fmt: skip


def test_a_feed_gives_its_newest_headlines_as_links_whatever_signs_are_in_them(house):
    folder = house(FEED)
    with open_desk(settled(folder), Clock()) as room:
        rows = [
            entry(1, 1, "Vote on *bold* [claims] | live", "https://wire.example/1"),
            entry(2, 2, "Second", "javascript:alert(1)"),
            entry(3, 3, "One too many", "https://wire.example/3"),
            entry(4, 40, "Of Saturday", "https://wire.example/4"),
        ]
        room.store.entries.note("wire", rows, {}, SLOT.timestamp())
        ((block,), faults) = standing_blocks(room, "staggers", SLOT)
    assert faults == ()
    first, second = told(block.text, str)
    assert 'href="https://wire.example/1"' in first.html
    assert "Vote on *bold* [claims] / live" in first.html
    assert (second.text, "href" in second.html) == ("Second", False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (FILE.replace('file = "business.txt"', ""), "names no file and no feed"),
        (FILE.replace('"business"', '"lead"'), "'lead' is another block already"),
        (FILE, "there is no file"),
        (FEED.replace('feed = "wire"', 'feed = "saved_pages"'), "saved_pages"),
    ],
)
def test_a_block_that_cannot_be_filled_is_refused_with_its_place(house, wrong, said):
    folder = house(wrong)
    with pytest.raises(ConfigError, match=said):
        load_config(folder / "config.toml")
