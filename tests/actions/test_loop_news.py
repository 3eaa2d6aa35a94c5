"""The schedule loop looks at once where an editor said something, and at hours that were changed."""

import os
from datetime import timedelta

import pytest
from tests.newsrooms import EDITION, Desk, opened

from briefing.actions.loop_news import LoopNews, tell_loop
from briefing.actions.schedule.slot_orders import move, open_dues, send_now
from briefing.errors import StoreError


def looks(desk: Desk, news: LoopNews) -> bool:
    now = desk.clock().timestamp()
    return news.has_come(desk.room.config, now, lambda: open_dues(desk.room))


def older(desk: Desk) -> None:
    """Let the file be of an earlier moment: two orders in one tick of the disk's clock are one."""
    path = desk.folder / "var" / "loop.news"
    os.utime(path, (1, 1))


def test_a_word_and_an_order_are_news_once(newsroom_folder):
    with opened(newsroom_folder, BRIEFING_BRIEFINGS__STAGGERS__AT="06:30") as desk:
        news = LoopNews()
        assert not looks(desk, news), "what was there before it began is looked at anyhow"
        assert not looks(desk, news)
        desk.decide()
        desk.say()
        assert looks(desk, news)
        assert not looks(desk, news)
        older(desk)
        looks(desk, news)
        slot = desk.room.config.briefing("staggers").schedule.after(desk.clock()).slot
        desk.room.store.slots.claim("staggers", slot, desk.clock().timestamp(), 0.0)
        desk.room.store.slots.note(
            "staggers",
            slot,
            desk.room.store.slots.get("staggers", slot).course,
            0.0,
            edition=EDITION,
        )
        send_now(desk.room, "staggers", slot, actor="ada")
        assert looks(desk, news)


def test_an_hour_that_was_moved_is_looked_at_when_it_comes(newsroom_folder):
    with opened(newsroom_folder, BRIEFING_BRIEFINGS__STAGGERS__AT="06:30") as desk:
        news = LoopNews()
        looks(desk, news)
        slot = desk.room.config.briefing("staggers").schedule.after(desk.clock()).slot
        move(desk.room, "staggers", slot, "06:10", actor="ada")
        assert looks(desk, news)
        desk.clock.now += timedelta(minutes=9)
        assert not looks(desk, news)
        desk.clock.now += timedelta(minutes=2)
        assert looks(desk, news), "no timetable names that hour"
        assert not looks(desk, news)


def test_an_hour_that_could_not_be_asked_for_is_asked_for_again(newsroom_folder):
    with opened(newsroom_folder, BRIEFING_BRIEFINGS__STAGGERS__AT="06:30") as desk:
        news = LoopNews()
        looks(desk, news)
        slot = desk.room.config.briefing("staggers").schedule.after(desk.clock()).slot
        move(desk.room, "staggers", slot, "06:10", actor="ada")

        def away() -> tuple[float, ...]:
            raise StoreError("the database starts again")

        with pytest.raises(StoreError):
            news.has_come(desk.room.config, desk.clock().timestamp(), away)
        assert looks(desk, news)
        desk.clock.now += timedelta(minutes=11)
        assert looks(desk, news)


def test_a_house_whose_folder_takes_no_file_goes_on(newsroom_folder):
    with opened(newsroom_folder) as desk:
        (desk.folder / "var" / "loop.news").mkdir()
        tell_loop(desk.room)
