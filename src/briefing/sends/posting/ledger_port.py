"""What the posting loop needs of a ledger; the store fulfils it."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from briefing.model.delivery import Addressee, Outcome, State


@runtime_checkable
class Meanwhile(Protocol):
    """A ledger that lets the event loop go on while it works."""

    async def commit_meanwhile(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """As `LedgerPort.commit`."""
        ...

    async def pending_meanwhile(self, after: int, limit: int) -> list[Addressee]:
        """As `LedgerPort.pending`."""
        ...


class LedgerPort(Protocol):
    """The deliveries of one mailing. Times are seconds since 1970."""

    def pending(self, after: int, limit: int) -> list[Addressee]:
        """The next readers whose letter was never tried, by number, after the one given."""
        ...

    def due(self, now: float, limit: int) -> list[Addressee]:
        """Readers whose deferred letter is to be tried again by now."""
        ...

    def commit(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """Write down outcomes and claim the next readers, in one durable transaction.

        Returns:
            The readers whose letter may leave; None when nothing more may.
        """
        ...

    def put_off(self, readers: Sequence[int], until: float, why: str) -> None:
        """Let letters that were not tried wait until then, with the reason."""
        ...

    def settle(self, reader: int, state: State, reply: str, *, doubtful: bool) -> None:
        """Write down what was found out about a letter in doubt that was about to be tried again."""
        ...

    def count(self, outcomes: Sequence[Outcome], now: float) -> None:
        """Let refusals that were written down before count against their readers."""
        ...

    def reopen(self, readers: Sequence[int], due: float, why: str) -> None:
        """Let letters that were refused for good be tried once more from then on."""
        ...
