"""Nouns ↔ what is kept on disk."""

from briefing.store.archived import HEADER as ARCHIVE_HEADER
from briefing.store.backup import back_up, restore
from briefing.store.bounces import BounceRules
from briefing.store.copying import Copied, copy_all
from briefing.store.database import Database
from briefing.store.dispatchers import Deliver, Dispatcher, LocalDispatcher, Task
from briefing.store.files import write_whole
from briefing.store.keys import signing_keys
from briefing.store.lock import Held, one_of_many, only_one
from briefing.store.mailings import Headed, fingerprint
from briefing.store.opening import Store, open_store
from briefing.store.printed import MEMORY, Printed, words_of
from briefing.store.readers.carried_over import Carried, Told, carry_over
from briefing.store.shared_ledger import SharedLedger
from briefing.store.signups import SignupLimits
from briefing.store.subscriber_rows import Added, Entry
from briefing.store.upgrade import HEAD, downgrade, revision

__all__ = [
    "ARCHIVE_HEADER",
    "HEAD",
    "MEMORY",
    "Added",
    "BounceRules",
    "Carried",
    "Copied",
    "Database",
    "Deliver",
    "Dispatcher",
    "Entry",
    "Headed",
    "Held",
    "LocalDispatcher",
    "Printed",
    "SharedLedger",
    "SignupLimits",
    "Store",
    "Task",
    "Told",
    "back_up",
    "carry_over",
    "copy_all",
    "downgrade",
    "fingerprint",
    "one_of_many",
    "only_one",
    "open_store",
    "restore",
    "revision",
    "signing_keys",
    "words_of",
    "write_whole",
]
