"""A departure: one line of the book that no restore undoes."""

from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """Whom a line is about."""

    #: A mailbox on one list.
    READER = "reader"
    #: A mailbox on every list.
    ADDRESS = "address"
    #: Somebody with a password at the desk.
    EDITOR = "editor"
    #: What an editor signed with, by its id.
    PASSKEY = "passkey"


#: What became of them, besides a reader's standing.
RETURNED, REMOVED, CHANGED, ADDED = "returned", "removed", "changed", "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Who left, came back or was shut out. It holds no address: only keyed marks of addresses."""

    about: About
    #: `Marking.reader` or `Marking.address` of the mailbox; the editor's name, the
    #: passkey's id. May be empty where a
    #: letter's link from before marks says only `ref`.
    mark: str
    #: A `Standing`, or `RETURNED`; of editors `REMOVED` or `CHANGED`, of passkeys `REMOVED` or `ADDED`.
    becomes: str
    #: Seconds since 1970 in UTC; never before what it follows on.
    at: float
    #: The reader as links name them; empty for an address.
    ref: str = ""
    #: Why, for the reader's record; only words of this program.
    cause: str = ""
    #: Of an editor: the role and the password's argon2 hash from now on; empty for no change.
    role: str = ""
    password: str = ""
    #: Of a passkey that was added: whose, what they call it, and its public half.
    actor: str = ""
    title: str = ""
    public_key: str = ""

    @property
    def subject(self) -> tuple[str, str]:
        """Whom it is about; a later line about the same one takes its place."""
        return self.about.value, self.mark or self.ref
