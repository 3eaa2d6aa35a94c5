"""Answers of a relay, as they come in pieces and together."""

import asyncio

import pytest

from briefing.sends.transports.wire import ReplyStream

ENVELOPE = (b"250 2.1.0 Ok\r\n", b"250 2.1.5 Ok\r\n", b"354 End with a dot\r\n")


def heard(*pieces, count=3):
    """What is read of so many answers together after these bytes, and what is then read one by one."""

    async def hear():
        stream = ReplyStream()
        for number, piece in enumerate(pieces):
            asyncio.get_running_loop().call_later(number / 1000, stream.data_received, piece)
        together = [reply.code for reply in await stream.replies(5.0, count)]
        stream.connection_lost(None)
        one_by_one = []
        try:
            while True:
                one_by_one.append((await stream.reply(5.0)).line)
        except ConnectionError:
            return together, one_by_one

    return asyncio.run(hear())


def test_answers_to_an_envelope_are_read_together_however_they_come_in():
    assert heard(b"".join(ENVELOPE)) == ([250, 250, 354], [])
    assert heard(*ENVELOPE) == ([250, 250, 354], [])
    assert heard(b"250 2.1.0 O", b"k\r\n250 2.1.5 Ok\r\n354 ", b"go\n") == ([250, 250, 354], [])


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        ((b"250-one\r\n250 two\r\n", b"250 Ok\r\n354 go\r\n"), ["250 one two", "250 Ok", "354 go"]),
        (
            (*ENVELOPE[:2], b"354 go\r\n421 bye\r\n"),
            ["250 2.1.0 Ok", "250 2.1.5 Ok", "354 go", "421 bye"],
        ),
        ((b"550 no\r\n\r\nwhat\r\n",), ["550 no"]),
    ],
)
def test_where_something_else_comes_nothing_is_lost_of_it(pieces, lines):
    assert heard(*pieces) == ([], lines)


def test_answers_that_do_not_come_are_waited_for_so_long():
    async def wait():
        await ReplyStream().replies(0.01, 3)

    with pytest.raises(TimeoutError):
        asyncio.run(wait())


def test_what_came_before_the_connection_was_lost_is_still_read():
    async def hear():
        stream = ReplyStream()
        stream.data_received(b"550 no\r\n")
        stream.connection_lost(None)
        return await stream.replies(5.0, 3), (await stream.reply(5.0)).code

    assert asyncio.run(hear()) == ((), 550)
