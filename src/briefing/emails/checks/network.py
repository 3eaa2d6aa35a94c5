"""What only the network can say: whether links answer, how heavy images are.

These rules run only when a `LinkProbe` is handed in; nothing here opens a connection.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from briefing.emails.checks.rule import ERROR, WARNING, Fault, Faults, rule

if TYPE_CHECKING:
    from briefing.emails.checks.sample import Proof

#: Addresses that are asked for one email.
MOST = 100
_FINE, _MOVED, _WRONG = 200, 300, 400
#: What sites say to programs while they let people in: sign in, forbidden, too many, not now.
_NOT_TO_US = (401, 403, 405, 429, 503)
_HEAVY, _TOO_HEAVY, _TOGETHER = 200_000, 1_048_576, 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered."""

    #: The HTTP status after redirects; 0 when nothing answered.
    status: int
    #: Bytes of the body, where the server says so.
    size: int | None = None
    #: Why nothing answered, in words.
    problem: str = ""


class LinkProbe(Protocol):
    """Asks an address; guarded by whoever writes it, since a page may name any address."""

    def ask(self, address: str) -> Answer:
        """What the address answers; never raises for one that does not."""
        ...


@rule(
    "link-live",
    ERROR,
    WARNING,
    reason="A link that leads nowhere is the first thing a reader writes in about.",
    source="RFC 9110 section 15: 2xx is success, 4xx and 5xx are not; needs a fetcher",
)
def link_live(proof: "Proof") -> Faults:
    """Every link of the stories and of paid copy answers with 2xx."""
    if proof.fetcher is None:
        return
    asked: dict[str, Answer] = {}
    for link in proof.links:
        if proof.is_own(link) or not link.href.startswith(("http://", "https://")):
            continue
        if link.href not in asked and len(asked) < MOST:
            answer = asked[link.href] = proof.fetcher.ask(link.href)
            if not _FINE <= answer.status < _MOVED:
                severity = WARNING if _may_be_fine(answer.status) else ERROR
                said = f"status {answer.status}" if answer.status else answer.problem or "nothing"
                message = f"{link.href} answers with {said}; open it, and correct the link or take it out."
                yield Fault(severity, message, proof.place(link.element))


@rule(
    "img-weight",
    ERROR,
    WARNING,
    reason="Readers on the move pay for every byte, and a heavy picture is not there in time.",
    source="React Email's linter stops at 1 MiB (read 2026-11-22); the rest is ours; needs a fetcher",
)
def img_weight(proof: "Proof") -> Faults:
    """No picture is over 200 kB, none over 1 MiB, all together are under 1 MB."""
    if proof.fetcher is None:
        return
    total = 0
    for source in _unique(image.get("src", "") for image in proof.page.iter("img")):
        size = proof.fetcher.ask(source).size or 0
        total += size
        if size > _HEAVY:
            severity = ERROR if size > _TOO_HEAVY else WARNING
            yield Fault(severity, f"{source} has {size:,} bytes; make it smaller than {_HEAVY:,}.")
    if total > _TOGETHER:
        yield Fault(WARNING, f"All pictures have {total:,} bytes; leave some out.")


def _may_be_fine(status: int) -> bool:
    return _MOVED <= status < _WRONG or status in _NOT_TO_US


def _unique(addresses: Iterable[str]) -> list[str]:
    found = dict.fromkeys(one for one in addresses if one.startswith(("http://", "https://")))
    return list(found)[:MOST]
