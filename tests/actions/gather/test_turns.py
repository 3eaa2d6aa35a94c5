"""Of one host a few addresses are asked at a time, and the others do not wait for it."""

import asyncio
from typing import cast

from briefing.actions.gather.conditional_fetch import ConditionalFetch
from briefing.fetching.fetcher import Fetcher


def test_a_few_of_one_host_at_a_time_while_another_host_has_its_turn():
    async def ask() -> list[str]:
        fetch = ConditionalFetch(cast("Fetcher", None), asyncio.Semaphore(8), now=0.0)
        going, over = list[str](), asyncio.Event()

        async def one(address: str) -> None:
            async with fetch.turn(address):
                going.append(address)
                await over.wait()

        many = [f"https://courier.example/{number}" for number in range(9)]
        tasks = [
            asyncio.create_task(one(address)) for address in [*many, "https://herald.example/"]
        ]
        for _ in range(20):
            await asyncio.sleep(0)
        at_once = list(going)
        over.set()
        await asyncio.gather(*tasks)
        assert len(going) == len(tasks)
        return at_once

    found = asyncio.run(ask())
    assert sum("courier" in address for address in found) == 4
    assert "https://herald.example/" in found
