"""A reader's own page: all their lists, what they choose, a pause until a day, what is kept, and leaving."""

import json
import re

import pytest

from briefing.actions.readers.lists import add_reader
from briefing.config import ReaderList, Topic
from briefing.model.subscriber import EVERYTHING, Choice, Standing

ADDRESS = "reader4@example.com"


@pytest.fixture
def own(public):
    """The page of a reader of two lists."""
    lists = public.desk.config.lists
    topics = {
        key: Topic(title=key.title(), sections=(key,)) for key in ("politics", "economy", "arts")
    }
    lists["readers"] = lists["readers"].model_copy(update={"topics": topics})
    lists["evening"] = ReaderList(title="The Evening")
    public.clock.wait(seconds=1)
    add_reader(public.desk, "evening", ADDRESS, actor="ops")
    yield public.letter_to(ADDRESS)["preferences"]
    lists.pop("evening")


def found(public, on="readers"):
    (reader,) = public.desk.store.subscribers.find(ADDRESS, on)
    return reader


def test_one_page_shows_every_list_of_the_mailbox_and_not_the_address(public, own):
    shown = public.get(own).body
    assert re.findall(r"<h2 id=\"list-\d\">(.*?)</h2>", shown) == ["The Staggers", "The Evening"]
    assert "r•••@e•••.com gets every edition." in shown
    assert ADDRESS not in shown
    assert shown.count('name="topic.politics"') == 1


def test_a_reader_chooses_topics_and_days_for_one_list(public, own):
    asked = {"do": "choose", "list": "readers", "rhythm": "each"}
    ticked = {"topic.politics": "1", "topic.arts": "1", "day.5": "1"}
    shown = public.post(own, asked | ticked).body
    assert "Your choice is saved" in shown
    assert found(public).choice == Choice(topics=("arts", "politics"), days=(5,))
    assert found(public, "evening").choice == EVERYTHING
    assert shown.count("checked") == 3 + 7 + 2
    public.post(own, asked)
    assert found(public).choice == EVERYTHING


def test_weekly_letters_come_on_the_last_day_that_was_ticked(public, own):
    public.post(
        own, {"do": "choose", "list": "readers", "rhythm": "weekly", "day.2": "1", "day.4": "1"}
    )
    assert found(public).choice == Choice(days=(4,), weekly=True)


def test_a_topic_that_is_gone_is_said_and_a_made_up_one_is_not_kept(public, own):
    public.desk.store.choices.choose([found(public).id], Choice(topics=("sport",)))
    assert "is not offered any more" in public.get(own).body
    public.post(own, {"do": "choose", "list": "readers", "topic.sport": "1", "topic.arts": "1"})
    assert found(public).choice == Choice(topics=("arts",))


def test_a_pause_until_a_day(public, own):
    def pause(until):
        return public.post(own, {"do": "pause", "list": "readers", "until": until}).body

    for wrong in ("2026-11-22", "2026-11-23", "tomorrow", "9999-12-31", "2026-02-30"):
        assert "Nothing was changed" in pause(wrong)
        assert found(public).standing is Standing.ACTIVE
    assert "paused until Thursday 24 December 2026" in pause("2026-12-24")
    assert found(public).standing is Standing.PAUSED
    assert found(public, "evening").standing is Standing.ACTIVE
    public.clock.wait(days=31)
    assert "paused" not in public.get(own).body.split("The Evening")[0]
    assert public.desk.store.choices.resume_due(public.clock().timestamp()) == 1
    assert found(public).standing is Standing.ACTIVE


def test_leaving_one_list_keeps_the_other_and_leaving_all_leaves_none(public, own):
    shown = public.post(own, {"do": "leave", "list": "evening"}).body
    assert "You are not on this list." in shown
    assert found(public, "evening").standing is Standing.UNSUBSCRIBED
    assert found(public).standing is Standing.ACTIVE
    shown = public.post(own, {"do": "leave-all"}).body
    assert "You get no more letters" in shown
    assert found(public).standing is Standing.UNSUBSCRIBED


def test_leaving_all_goes_through_the_book_for_every_list(public, own):
    public.post(own, {"do": "leave-all"})
    book = (public.folder / "var" / "departures.log").read_text()
    marking = public.desk.store.departures.marking
    for name in ("readers", "evening"):
        assert marking.reader(name, ADDRESS) in book


def test_another_mailbox_cannot_be_chosen_for(public, own):
    before = public.dump()
    for do in ("choose", "pause", "resume", "leave"):
        assert public.post(own, {"do": do, "list": "nobody's"}).status == 200
    assert public.dump() == before


def test_what_is_kept_comes_as_a_file_and_asking_changes_nothing(public, own):
    before = public.dump()
    answer = public.get(f"{own}/export")
    assert answer.status == 200
    assert "attachment" in answer.headers["content-disposition"]
    kept = json.loads(answer.body)
    assert kept["address"] == ADDRESS
    assert [one["list"] for one in kept["lists"]] == ["readers", "evening"]
    (letter,) = kept["lists"][0]["letters"]
    assert letter["edition"] == public.edition
    assert letter["state"] == "posted"
    assert kept["lists"][0]["record"][0]["becomes"] == "active"
    assert public.dump() == before
    assert public.get(f"{own[:-4]}xxxx/export").status == 404
