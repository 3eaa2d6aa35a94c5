"""The fields of a delivery status (RFC 3464 section 2.3, RFC 6533) → what failed, in which words.

The blocks are found wherever they stand: in a part of their own inside any multipart, in one whose
type a gateway has lost, or in the middle of a text. Fields may carry comments (RFC 3464 section
2.1.1), and blank lines stand where they should not.
"""

import re
from collections.abc import Iterator

from briefing.sends.bounces.failure import Action, Failure
from briefing.sends.bounces.parts import RETURNED, Mail

_KINDS = ("message/delivery-status", "message/global-delivery-status", "message/delivery-report")
_FIELD = re.compile(
    r"^[ \t>]{0,4}(original-recipient|final-recipient|x-actual-recipient|action|status|"
    r"diagnostic-code|remote-mta|x-supplementary-info|smtp-remote-recipient|x-mailer-error)"
    r"[ \t]*:[ \t]*((?:[^\n]*)(?:\n[ \t]+(?![ \t]*\n)[^\n]*)*)|^([ \t]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_COMMENT = re.compile(r"\([^()]*\)")
_ACTIONS = {
    "failed": Action.FAILED,
    "failure": Action.FAILED,
    "fail": Action.FAILED,
    "deliveryfailed": Action.FAILED,
    "expired": Action.FAILED,
    "delayed": Action.DELAYED,
    "delay": Action.DELAYED,
    "deferred": Action.DELAYED,
    "delivered": Action.NONE,
    "relayed": Action.NONE,
    "expanded": Action.NONE,
}
_LONGEST_TYPE = 20
#: Said more than once, these belong to the next recipient.
_ONCE = ("final-recipient", "action", "status")


def failures(mail: Mail) -> Iterator[Failure]:
    """What each block says that speaks of a recipient, however it ended."""
    texts = [part.text for part in mail.of_kind(*_KINDS)]
    if not texts:
        texts = [
            part.text
            for part in mail.parts
            if part.kind not in RETURNED and b"inal-recipient:" in part.body.lower()
        ]
    for text in texts:
        for block in _blocks(text):
            yield _failure(block)


def _blocks(text: str) -> Iterator[dict[str, str]]:
    block: dict[str, str] = {}
    for found in _FIELD.finditer(text):
        name = (found[1] or "").lower()
        full = "final-recipient" in block and ("action" in block or "status" in block)
        if not name:
            if full:
                yield block
                block = {}
            continue
        if name in _ONCE and name in block:
            yield block
            block = {}
        value = " ".join(found[2].split())
        block[name] = f"{block[name]} {value}" if name in block else value
    if "action" in block or "status" in block:
        yield block


def _failure(block: dict[str, str]) -> Failure:
    found = _STATUS.search(block.get("status", ""))
    status = found[0] if found else ""
    word = _COMMENT.sub("", block.get("action", "")).strip().lower()
    action = _ACTIONS.get(re.sub(r"[^a-z]", "", word))
    if action is None:
        by_class = {"5": Action.FAILED, "4": Action.DELAYED, "2": Action.NONE}
        action = by_class.get(status[:1], Action.FAILED if word else Action.NONE)
    said = _after_type(block.get("diagnostic-code", ""))
    comment = _COMMENT.findall(block.get("status", "")) + _COMMENT.findall(block.get("action", ""))
    return Failure(
        action=action,
        status=status,
        recipient=_after_type(block.get("final-recipient", "")),
        said=said,
        beside=" ".join((*comment, block.get("x-supplementary-info", ""))).strip(),
    )


def _after_type(value: str) -> str:
    """RFC 3464 section 2.1.2: a type, a semicolon, and what is meant."""
    kind, found, rest = value.partition(";")
    is_type = found and len(kind) < _LONGEST_TYPE and " " not in kind.strip()
    return rest.strip() if is_type else value
