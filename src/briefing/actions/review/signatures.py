"""Signatures: whether the approvals in the desk's log were signed with the passkeys that stand there."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from briefing.actions.context import Desk
from briefing.actions.review.passkeys import ADDED, REMOVED, SIGNED, verify_again
from briefing.errors import DeskError
from briefing.model.audit_entry import AuditEntry

_APPROVED, _GONE = "approve", "remove editor"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturesFound:
    """What a look at all approvals of the log found."""

    approvals: int
    signed: int
    #: A sentence for each that is not as it should be.
    faults: tuple[str, ...]


@dataclass
class _Keys:
    """Public keys by person and id, as the lines so far have them."""

    known: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    #: Who signed what last.
    signed: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, entry: AuditEntry) -> None:
        told = _told(entry)
        self.known[entry.actor][str(told.get("credential"))] = str(told.get("public_key"))

    def remove(self, entry: AuditEntry) -> None:
        told = _told(entry)
        self.known[str(told.get("of"))].pop(str(told.get("credential")), None)

    def verify(self, entry: AuditEntry) -> None:
        """Raises: DeskError when the line is not a signature with one of this person's keys."""
        key = self.known[entry.actor].get(str(_told(entry).get("credential")))
        if key is None:
            raise DeskError("the log names no such passkey of theirs before it.")
        verify_again(entry, key)
        self.signed.add(_what(entry))


def verify_signatures(desk: Desk) -> SignaturesFound:
    """Verify the signature of each approval whose approver had a passkey then.

    Nothing but the log is asked: it holds public keys, signatures and the hashes that were signed.
    """
    keys, faults, counts = _Keys(), list[str](), dict.fromkeys((_APPROVED, SIGNED), 0)
    for number, entry in desk.store.audit_log.of_kind(ADDED, REMOVED, _GONE, SIGNED, _APPROVED):
        if entry.verb == ADDED:
            keys.add(entry)
        elif entry.verb == REMOVED:
            keys.remove(entry)
        elif entry.verb == _GONE:
            keys.known.pop(entry.detail, None)
        elif entry.verb == _APPROVED:
            counts[_APPROVED] += 1
            if keys.known[entry.actor] and _what(entry) not in keys.signed:
                faults.append(
                    f"Line {number}: {entry.actor} approved {entry.edition} without the passkey "
                    "they had."
                )
        else:
            counts[SIGNED] += 1
            try:
                keys.verify(entry)
            except (DeskError, TypeError) as error:
                faults.append(
                    f"Line {number}: the signature of {entry.actor} under {entry.edition} does not "
                    f"hold: {error}"
                )
    return SignaturesFound(approvals=counts[_APPROVED], signed=counts[SIGNED], faults=tuple(faults))


def _what(entry: AuditEntry) -> tuple[str, str, str]:
    return entry.actor, entry.edition, entry.hash


def _told(entry: AuditEntry) -> dict[str, Any]:
    try:
        found = json.loads(entry.detail)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
