"""A claim of an article and what answers it, by the places of their sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from briefing.model.digest import PairKind

#: What an answer is to its claim, in words: among the reasons why a sentence was taken.
ANSWERS: Mapping[PairKind, str] = MappingProxyType(
    {
        PairKind.CONTRAST: "limits what sentence {} says",
        PairKind.DENIAL: "the denial of what sentence {} says",
        PairKind.REPLY: "the reply of those whom sentence {} is about",
        PairKind.TURN: "takes back what sentence {} says",
        PairKind.CONDITION: "the condition of what sentence {} says",
        PairKind.RESULT: "what became of what sentence {} promises",
        PairKind.MARGIN: "how exact the figures of sentence {} are",
        PairKind.HEADLINE: "the other half of the headline next to sentence {}",
        PairKind.COMEBACK: "what the report comes back with on sentence {}",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAt:
    """A sentence that is not printed without one of its answers."""

    kind: PairKind
    claim: int
    #: The best first; one of them is enough.
    answers: tuple[int, ...]
    #: Which one answers it is not sure: where there is room one of these is printed as well.
    further: tuple[int, ...] = ()
