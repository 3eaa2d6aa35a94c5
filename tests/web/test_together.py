"""Who asks while others are being answered is answered with the others who wait; who asks alone, at once."""

import asyncio
import threading

import pytest

from briefing.errors import StoreError
from briefing.web.together import Together


class Desk:
    """Answers groups, the first only when it is let; keeps what was asked together."""

    def __init__(self):
        self.groups, self.may_go_on = [], threading.Event()

    def answer(self, asked):
        self.groups.append(list(asked))
        assert self.may_go_on.wait(20)
        if "bad" in asked:
            raise StoreError(f"no room for {len(asked)}")
        return [f"{one} done" for one in asked]


async def until(holds):
    while not holds():
        await asyncio.sleep(0)


def answers(desk, first, *others, given_up=()):
    """What each is told when the others ask while the first is being answered."""

    async def run():
        together = Together(desk.answer)
        alone = asyncio.create_task(together.ask(first))
        await until(lambda: desk.groups)
        rest = [asyncio.create_task(together.ask(one)) for one in others]
        await asyncio.sleep(0)
        for number in given_up:
            rest[number].cancel()
        desk.may_go_on.set()
        said = await asyncio.gather(alone, *rest, return_exceptions=True)
        return [one if isinstance(one, str) else f"{type(one).__name__} {one}" for one in said]

    return asyncio.run(run())


def test_who_asks_alone_waits_for_nobody_and_the_others_are_one_group():
    desk = Desk()
    others = [str(number) for number in range(50)]
    assert answers(desk, "first", *others) == [f"{one} done" for one in ("first", *others)]
    assert desk.groups == [["first"], others]


def test_a_group_has_an_end_so_that_the_database_is_not_held_for_long():
    desk = Desk()
    others = [str(number) for number in range(600)]
    assert answers(desk, "first", *others)[-1] == "599 done"
    assert [one for group in desk.groups for one in group] == ["first", *others]
    assert max(map(len, desk.groups)) <= 256


def test_what_answering_raises_is_raised_for_each_of_its_group_and_for_no_later_one():
    desk = Desk()
    said = answers(desk, "first", "bad", "good")
    assert said == ["first done", *["StoreError no room for 2"] * 2]
    assert answers(Desk(), "first", "good") == ["first done", "good done"]


def test_who_gives_up_is_answered_nothing_and_the_others_are():
    said = answers(Desk(), "first", "gone", "there", given_up=[0])
    assert said == ["first done", "CancelledError ", "there done"]


def test_after_a_group_that_failed_the_next_is_answered():
    desk = Desk()
    desk.may_go_on.set()

    async def run():
        together = Together(desk.answer)
        with pytest.raises(StoreError):
            await together.ask("bad")
        return await together.ask("good")

    assert asyncio.run(run()) == "good done"
