"""One letter on a connection of its own: a test, an alert, a confirmation."""

from briefing.model.delivery import Delivery
from briefing.model.mail import Letter
from briefing.sends.transports import Transport


async def post_one(way: Transport, letter: Letter) -> Delivery:
    """Open a connection, hand over one letter, and say what became of it.

    Raises:
        TransportError: when nobody answers.
    """
    connection = await way.open()
    try:
        return await connection.post(letter)
    finally:
        await connection.close()
