"""Letters written beside the event loop are those that were asked for, each for its own reader."""

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from briefing.errors import SendError
from briefing.model.mail import Letter
from briefing.model.subscriber import Subscriber
from briefing.sends.scribes import Scribes

READERS = [Subscriber(email=f"reader{n}@example.net", ref=f"{n:016}") for n in range(40)]


class Write:
    """Makes a letter, and remembers in which threads."""

    def __init__(self):
        self.threads = set()

    def __call__(self, reader):
        self.threads.add(threading.current_thread())
        if reader.ref.endswith("7"):
            raise SendError(f"{reader.email} cannot be written to.")
        return Letter(
            recipient=reader.email,
            sender="briefing@example.org",
            message_id=f"<{reader.ref}@example.org>",
            date=datetime(2026, 11, 23, tzinfo=UTC),
            wire=b"\r\n",
        )


def asked(write, threads):
    """What each reader's carrier gets who asks at once with all others, twice."""

    async def ask():
        with Scribes(write, threads) as scribes:
            first = [scribes.letter(reader) for reader in READERS]
            found = await asyncio.gather(*first, return_exceptions=True)
            again = [scribes.letter(reader) for reader in READERS]
            return found, await asyncio.gather(*again, return_exceptions=True)

    return asyncio.run(ask())


@pytest.mark.parametrize("threads", [0, 1, 2, 5])
def test_everybody_gets_their_own_letter_or_the_reason_why_there_is_none(threads):
    for found in asked(Write(), threads):
        for reader, letter in zip(READERS, found, strict=True):
            if reader.ref.endswith("7"):
                assert isinstance(letter, SendError)
                assert reader.email in str(letter)
            else:
                assert letter.recipient == reader.email


def test_without_threads_letters_are_written_where_they_are_asked_for():
    write = Write()
    asked(write, 0)
    assert write.threads == {threading.main_thread()}


def test_with_threads_the_event_loop_writes_none_and_no_thread_stays():
    write = Write()
    asked(write, 2)
    assert threading.main_thread() not in write.threads
    assert not any(thread.is_alive() for thread in write.threads)


def test_who_stops_waiting_leaves_the_others_their_letters():
    async def ask():
        with Scribes(Write(), 2) as scribes:
            gone, stays = (asyncio.create_task(scribes.letter(one)) for one in READERS[:2])
            await asyncio.sleep(0)
            gone.cancel()
            return await stays

    assert asyncio.run(ask()).recipient == READERS[1].email
