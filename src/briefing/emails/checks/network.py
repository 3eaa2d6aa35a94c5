"""What only the network can say: whether links answer, how heavy images are.

These rules find something only when a `LinkProbe` is handed in, which `briefing lint --network`
does; nothing here opens a connection.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from briefing.emails.checks.rule import ERROR, WARNING, Fault, Faults, rule
from briefing.model.finding import Severity

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
    #: Bytes of the body as far as it was read; None where it was not.
    size: int | None = None
    #: Why nothing answered, in words that follow the address.
    problem: str = ""


class LinkProbe(Protocol):
    """Asks addresses; guarded by whoever writes it, since a page may name any address."""

    def ask(self, addresses: Iterable[str]) -> Mapping[str, Answer]:
        """What each address answers; never raises for one that does not."""
        ...


@rule(
    "link-live",
    ERROR,
    WARNING,
    reason="A link that leads nowhere is the first thing a reader writes in about.",
    source="RFC 9110 section 15: 2xx is success, 4xx and 5xx are not; asked with `--network`",
)
def link_live(proof: "Proof") -> Faults:
    """Every link of the stories and of paid copy answers with 2xx."""
    if proof.fetcher is None:
        return
    links = {link.href: link for link in reversed(proof.links) if not proof.is_own(link)}
    asked, left = _first(reversed(links))
    for address, answer in proof.fetcher.ask(asked).items():
        if not _FINE <= answer.status < _MOVED:
            message = f"{address} {_said(answer)}; open it, and correct the link or take it out."
            yield Fault(_weight(answer), message, proof.place(links[address].element))
    if left:
        yield Fault(WARNING, f"{left} more links were not asked, only {MOST}; open them yourself.")


@rule(
    "img-weight",
    ERROR,
    WARNING,
    reason="Readers on the move pay for every byte, and a heavy picture is not there in time.",
    source="React Email's linter stops at 1 MiB (read 2026-11-22); the rest is ours; "
    "asked with `--network`",
)
def img_weight(proof: "Proof") -> Faults:
    """Every picture is there; none is over 200 kB, none over 1 MiB, all together are under 1 MB."""
    if proof.fetcher is None:
        yield from _weighed([one.picture.size for one in proof.edition.items if one.picture])
        return
    asked, left = _first(image.get("src", "") for image in proof.page.iter("img"))
    answers = proof.fetcher.ask(asked)
    for address, answer in answers.items():
        size = answer.size or 0
        if answer.size is None:
            message = f"{address} {_said(answer)}; put the picture where it can be read."
            yield Fault(_weight(answer), message)
        elif size > _HEAVY:
            severity = ERROR if size > _TOO_HEAVY else WARNING
            yield Fault(severity, f"{address} has {size:,} bytes; make it smaller than {_HEAVY:,}.")
    yield from _weighed([answer.size or 0 for answer in answers.values()])
    if left:
        yield Fault(WARNING, f"{left} more pictures were not asked for, only {MOST}.")


def _weighed(sizes: list[int]) -> Faults:
    if sum(sizes) > _TOGETHER:
        yield Fault(WARNING, f"All pictures have {sum(sizes):,} bytes; leave some out.")


def _said(answer: Answer) -> str:
    return f"answers with status {answer.status}" if answer.status else answer.problem


def _weight(answer: Answer) -> Severity:
    may_be_fine = _MOVED <= answer.status < _WRONG or answer.status in _NOT_TO_US
    return WARNING if may_be_fine else ERROR


def _first(addresses: Iterable[str]) -> tuple[list[str], int]:
    """The web addresses among them, each once and so many at most, and how many are left."""
    found = dict.fromkeys(one for one in addresses if one.startswith(("http://", "https://")))
    return list(found)[:MOST], max(0, len(found) - MOST)
