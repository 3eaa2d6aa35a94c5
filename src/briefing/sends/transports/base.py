"""What every transport can do."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from briefing.model.delivery import Delivery
from briefing.model.mail import Letter

#: True when the letter may end; see `Connection.post`.
MayEnd = Awaitable[bool | None]
#: The letter that will be posted next on the same connection, should it be written by now.
Following = Callable[[], Letter | None]


class Connection(Protocol):
    """One way out of the house; letters leave through it one after the other."""

    async def post(
        self, letter: Letter, may_end: MayEnd | None = None, following: Following | None = None
    ) -> Delivery:
        """Post one letter and say what became of it.

        Args:
            letter: the letter.
            may_end: says whether it may become a letter at all. What can be taken back may happen
                before; what cannot, the final dot or the file, waits for it. When it says no, the
                letter is `skipped`.
            following: asked when the letter ends. What it names has to be posted next, or the
                connection be closed: some ways out announce it along with the end of this one.

        Raises:
            TransportError: when the way is lost and the letter certainly did not get through;
                `permanent` says that no letter will, until a person has changed something.
        """
        ...

    async def close(self) -> None:
        """Take leave; never raises."""
        ...


class Transport(Protocol):
    """Something that takes letters out of the house."""

    #: How many connections may be open at once.
    connections: int

    async def open(self) -> Connection:
        """Open one connection.

        Raises:
            TransportError: when that is not possible; `permanent` as in `Connection.post`.
        """
        ...
