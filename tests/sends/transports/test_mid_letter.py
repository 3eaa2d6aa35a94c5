"""A relay that hangs up in the middle of letters, on loopback: what is known of a letter then."""

import asyncio
from datetime import UTC, datetime

import pytest
import uvloop
from tests.faults.relay import Faults, Relay

from briefing.errors import TransportError
from briefing.model.delivery import State
from briefing.model.mail import Letter
from briefing.sends.transports import SmtpSettings, SmtpTransport

CONNECTIONS = 3
_NOT_TAKEN = "before the letter was complete"


@pytest.fixture
def relay(tmp_path):
    with Relay(tmp_path / "mail.jsonl", Faults(drop_in_data=1)) as server:
        yield server


def letter(lines=400):
    date = datetime(2026, 11, 23, tzinfo=UTC)
    wire = b"Subject: x\r\n\r\n" + b"line\r\n" * lines
    return Letter(
        recipient="r@example.net", sender="d@e.org", message_id="<1@e>", date=date, wire=wire
    )


async def granted():
    """What a commit takes, and the relay's hanging up less."""
    await asyncio.sleep(0.2)
    return True


async def became(way, one):
    """Over a connection of its own: how the letter stands, or why it surely did not get through."""
    connection = await way.open()
    try:
        return (await connection.post(one, granted())).state
    except TransportError as error:
        return str(error)
    finally:
        await connection.close()


def run(work):
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def test_a_relay_that_hangs_up_in_the_middle_of_letters_leaves_one_doubt_a_connection(relay):
    way = SmtpTransport(
        SmtpSettings(host="127.0.0.1", port=relay.port, security="none", connections=CONNECTIONS)
    )

    async def three_times():
        return [
            await asyncio.gather(*(became(way, letter()) for _ in range(CONNECTIONS)))
            for _ in range(3)
        ]

    first, *others = run(three_times())
    assert first == [State.IN_DOUBT] * CONNECTIONS
    # From then on texts leave ahead of their ends, and who loses one knows that it had none.
    assert all(_NOT_TAKEN in one for turn in others for one in turn)
    assert relay.accepted() == []


def test_a_letter_that_was_not_handed_over_whole_is_no_doubt(relay):
    # More than the kernel takes of a relay that does not read.
    way = SmtpTransport(SmtpSettings(host="127.0.0.1", port=relay.port, security="none"))
    assert _NOT_TAKEN in run(became(way, letter(lines=2_500_000)))
    assert relay.accepted() == []


def test_a_letter_whose_connection_is_lost_before_its_intent_is_kept_is_no_doubt(tmp_path):
    async def work(way, relay):
        connection = await way.open()

        async def granted_late():
            await asyncio.to_thread(relay.__exit__)
            return True

        try:
            with pytest.raises(TransportError, match=_NOT_TAKEN):
                await connection.post(letter(), granted_late())
        finally:
            await connection.close()

    relay = Relay(tmp_path / "mail.jsonl").__enter__()
    way = SmtpTransport(SmtpSettings(host="127.0.0.1", port=relay.port, security="none"))
    run(work(way, relay))
    assert relay.accepted() == []
