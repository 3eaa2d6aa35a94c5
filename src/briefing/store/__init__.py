"""Nouns ↔ what is kept on disk."""

from briefing.store.backup import back_up, restore
from briefing.store.bounces import BounceRules
from briefing.store.database import Database
from briefing.store.drafts import Drafts
from briefing.store.keys import signing_keys
from briefing.store.lock import only_one
from briefing.store.opening import Store, open_store
from briefing.store.signups import SignupLimits
from briefing.store.subscriber_rows import Added, Entry
from briefing.store.upgrade import HEAD, revision

__all__ = [
    "HEAD",
    "Added",
    "BounceRules",
    "Database",
    "Drafts",
    "Entry",
    "SignupLimits",
    "Store",
    "back_up",
    "only_one",
    "open_store",
    "restore",
    "revision",
    "signing_keys",
]
