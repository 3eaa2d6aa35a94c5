"""The plain-text part: a letter of its own, not a leftover."""

import re
from collections.abc import Iterator

from briefing.counted import counted
from briefing.emails.checks.rule import ERROR, TEXT_PART, WARNING, Fault, Faults, quoted, rule
from briefing.emails.checks.sample import Proof, folded, worded
from briefing.emails.printable import plain, web_address

#: RFC 5322 section 2.1.1 recommends no more characters a line.
_LINE = 78
_SHARE = 0.3
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|nbsp|mdash|ndash|[lr][sd]quo|hellip|#\d{2,5}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)


@rule(
    "text-part",
    ERROR,
    WARNING,
    reason="Watches, screen readers, terminals and filters read this part.",
    source="RFC 2046 section 5.1.4; RFC 5322 section 2.1.1",
)
def text_part(proof: Proof) -> Faults:
    """Headlines, addresses and the way out stand in it; no entities; lines up to 78 characters."""
    if not proof.text.strip():
        yield Fault(ERROR, "There is no plain-text part; write briefing.txt.j2.", TEXT_PART)
        return
    yield from _missing(proof)
    words, shown = len(proof.text.split()), len(proof.words.split())
    if words < _SHARE * shown:
        message = (
            f"The plain-text part has {words} words, the HTML part {shown}; say as much in both."
        )
        yield Fault(ERROR, message, TEXT_PART)
    entity = _ENTITY.search(proof.text)
    if entity:
        message = f"The plain-text part prints {entity[0]} as it is; escape nothing in it."
        yield Fault(ERROR, message, TEXT_PART)
    long = [line for line in proof.text.splitlines() if len(line) > _LINE and " " in line.strip()]
    if long:
        told = counted(len(long), "line is", "lines are")
        message = f"{told} longer than {_LINE} characters, first {quoted(long[0], 40)}; wrap them."
        yield Fault(WARNING, message, TEXT_PART)


def _missing(proof: Proof) -> Iterator[Fault]:
    printed = folded(proof.text)
    is_whole = all(folded(item.headline) in printed for item in proof.pieces)
    letters = "" if is_whole else worded(proof.text)
    # Addresses whose counted link stands there instead.
    led_to = {address for link, address in proof.counted.items() if link in printed}
    for item in proof.pieces:
        address = web_address(*item.links)
        is_there = {
            plain(item.headline): folded(item.headline) in printed
            or worded(item.headline) in letters,
            address: address in printed or address in led_to,
        }
        for what in (what for what, found in is_there.items() if not found):
            message = f"The plain-text part does not print “{what}”; add it to the design."
            yield Fault(ERROR, message, proof.place_of(item))
    if proof.own_links["unsubscribe_url"] not in proof.text:
        message = "The plain-text part has no unsubscribe link; add {{ slot.unsubscribe_url }}."
        yield Fault(ERROR, message, TEXT_PART)
