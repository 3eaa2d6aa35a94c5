"""Nouns ↔ what is kept on disk."""

from briefing.store.deliveries.bounce_rules import BounceRules
from briefing.store.deliveries.leased_ledger import LeasedLedger
from briefing.store.deliveries.ledger_totals import HEADER as ARCHIVE_HEADER
from briefing.store.deliveries.mailings import Earlier, Headed, KeptForm, fingerprint
from briefing.store.deliveries.shares import Audience, Form, Forms, HadBefore
from briefing.store.departures import (
    Book,
    BookPosition,
    Departures,
    book_has_all,
    lines_of,
)
from briefing.store.dispatchers import Deliver, Dispatcher, LocalDispatcher, Task
from briefing.store.editions.drafts import edition_hash
from briefing.store.editions.edition_json import editions_json
from briefing.store.editions.kept_pages import KeptPages
from briefing.store.editions.opinions import OpinionCount
from briefing.store.editions.password_links import LIFETIME as PASSWORD_LINK_LIFETIME
from briefing.store.editions.printed_articles import MEMORY, words_of
from briefing.store.engine.atomic_write import write_whole
from briefing.store.engine.database import Database
from briefing.store.engine.lock import Held, one_of_many, only_one
from briefing.store.engine.signing_keys import signing_keys
from briefing.store.readers.added_columns import EntryColumns, add_columns
from briefing.store.readers.carried_over import Carried, Told, carry_over
from briefing.store.readers.exported import exported
from briefing.store.readers.signups import SignupLimit, SignupLimits
from briefing.store.readers.subscriber_rows import Added, ListRow
from briefing.store.store import Store, open_store
from briefing.store.upkeep.backup import back_up
from briefing.store.upkeep.copy_to_postgres import Copied, copy_all
from briefing.store.upkeep.count_anew import Miscounted, count_anew, miscounted
from briefing.store.upkeep.disk_reserve import give_reserve, keep_reserve, refuse_full
from briefing.store.upkeep.house_parts import (
    BOOK_FILE,
    begin_again,
    is_empty,
    prepare_house,
    settle_house,
    write_probe,
)
from briefing.store.upkeep.migrate import HEAD, downgrade, refuse_newer, revision
from briefing.store.upkeep.rehearsal_copy import copy_for_rehearsal, keep_a_tenth, room_of_copy
from briefing.store.upkeep.restoring import BackupContent, look_at, restore

__all__ = [
    "ARCHIVE_HEADER",
    "BOOK_FILE",
    "HEAD",
    "MEMORY",
    "PASSWORD_LINK_LIFETIME",
    "Added",
    "Audience",
    "BackupContent",
    "Book",
    "BookPosition",
    "BounceRules",
    "Carried",
    "Copied",
    "Database",
    "Deliver",
    "Departures",
    "Dispatcher",
    "Earlier",
    "EntryColumns",
    "Form",
    "Forms",
    "HadBefore",
    "Headed",
    "Held",
    "KeptForm",
    "KeptPages",
    "LeasedLedger",
    "ListRow",
    "LocalDispatcher",
    "Miscounted",
    "OpinionCount",
    "SignupLimit",
    "SignupLimits",
    "Store",
    "Task",
    "Told",
    "add_columns",
    "back_up",
    "begin_again",
    "book_has_all",
    "carry_over",
    "copy_all",
    "copy_for_rehearsal",
    "count_anew",
    "downgrade",
    "edition_hash",
    "editions_json",
    "exported",
    "fingerprint",
    "give_reserve",
    "is_empty",
    "keep_a_tenth",
    "keep_reserve",
    "lines_of",
    "look_at",
    "miscounted",
    "one_of_many",
    "only_one",
    "open_store",
    "prepare_house",
    "refuse_full",
    "refuse_newer",
    "restore",
    "revision",
    "room_of_copy",
    "settle_house",
    "signing_keys",
    "words_of",
    "write_probe",
    "write_whole",
]
