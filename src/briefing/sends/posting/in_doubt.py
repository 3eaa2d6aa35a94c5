"""Doubts: before a letter in doubt is tried again, whoever may know is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.model.delivery import Addressee, State
from briefing.model.subscriber import Subscriber
from briefing.sends.posting.ledger_port import LedgerPort
from briefing.sends.resolvers.base import Doubt, DoubtVerdict, Resolver

_SOON = "the relay is asked about it in a few seconds"
_UNKNOWN = "nobody could say whether the relay took it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Settles what can be settled; `on_doubt` decides the rest."""

    resolver: Resolver
    ledger: LedgerPort
    #: The Message-ID of a reader's letter.
    message_id: Callable[[Subscriber], str]
    on_doubt: Literal["resend", "hold"]
    clock: Callable[[], float]

    def settled(self, page: Sequence[Addressee]) -> list[Addressee]:
        """Those of a page whose letter is to be tried again; the rest is settled in the ledger.

        Raises:
            SendError: when nobody can be asked.
        """
        patience = self.resolver.patience
        if patience is None:
            return list(page)
        again: list[Addressee] = []
        doubtful: list[Addressee] = []
        for one in page:
            ask_at = (one.at or 0.0) + patience
            if one.doubtful and self.clock() < ask_at:
                self.ledger.put_off([one.reader.id], ask_at, _SOON)
            else:
                (doubtful if one.doubtful else again).append(one)
        return again + (self._asked(doubtful) if doubtful else [])

    def _asked(self, page: Sequence[Addressee]) -> list[Addressee]:
        ids = {one.reader.id: self.message_id(one.reader) for one in page}
        findings = self.resolver.ask([Doubt(ids[one.reader.id], one.at or 0.0) for one in page])
        again = []
        for one in page:
            reader, found = one.reader.id, findings.get(ids[one.reader.id])
            if found is not None and found.verdict is DoubtVerdict.TAKEN:
                self.ledger.settle(reader, State.POSTED, found.words, doubtful=False)
                continue
            if found is not None:
                self.ledger.settle(reader, State.DEFERRED, found.words, doubtful=False)
            elif self.on_doubt == "hold":
                self.ledger.settle(reader, State.IN_DOUBT, _UNKNOWN, doubtful=True)
                continue
            again.append(one)
        return again
