"""Why a letter was refused or came back, in the field's standard words."""

from enum import StrEnum


class Reason(StrEnum):
    """Whom or what a refusal speaks of."""

    #: There is no such mailbox, or it has moved away.
    MAILBOX_UNKNOWN = "mailbox unknown"
    MAILBOX_DISABLED = "mailbox disabled"
    MAILBOX_FULL = "mailbox full"
    #: The mailbox gets more than its host takes for it just now.
    MAILBOX_BUSY = "mailbox busy"
    #: The domain does not exist, or takes no mail.
    HOST_UNKNOWN = "host unknown"
    #: The host cannot be reached, or cannot take mail just now.
    HOST = "host"
    #: Our relay does not carry letters of ours, or not to there.
    RELAYING = "relaying"
    #: Our own address or domain.
    SENDER = "sender"
    POLICY = "policy"
    REPUTATION = "reputation"
    #: We send more than somebody on the way takes.
    RATE = "rate"
    CONTENT = "content"
    #: Nobody has said it in words we know.
    UNKNOWN = "unknown"

    @property
    def is_about_us(self) -> bool:
        """True when the next letter of ours to anybody there would be refused as well."""
        return self in _ABOUT_US


_ABOUT_US = frozenset(
    (
        Reason.RELAYING,
        Reason.SENDER,
        Reason.POLICY,
        Reason.REPUTATION,
        Reason.RATE,
        Reason.CONTENT,
    )
)
