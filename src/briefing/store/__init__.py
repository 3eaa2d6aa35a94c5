"""Nouns ↔ what is kept on disk."""

from briefing.store.drafts import Drafts
from briefing.store.keys import signing_key

__all__ = ["Drafts", "signing_key"]
