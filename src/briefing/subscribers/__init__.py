"""csv and forms → subscriber: reading lists and signing readers' links."""

from briefing.subscribers.importing import BadRow, read_subscribers
from briefing.subscribers.tokens import sign, verify

__all__ = ["BadRow", "read_subscribers", "sign", "verify"]
