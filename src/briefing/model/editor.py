"""An editor: somebody with a name at the desk, and what their role lets them do."""

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """One thing that not everybody may do."""

    #: Change words, order and choice; decide who speaks in a piece; send a test letter.
    EDIT = "edit"
    #: Say yes or no to the very bytes; print a correction.
    APPROVE = "approve"
    #: Try letters again, pause and go on.
    SEND = "send"


class Role(StrEnum):
    """What somebody is at the desk. Everybody who is signed in may look."""

    VIEWER = "viewer"
    EDITOR = "editor"
    APPROVER = "approver"
    OPS = "ops"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset(),
    Role.EDITOR: frozenset({Right.EDIT}),
    Role.APPROVER: frozenset({Right.EDIT, Right.APPROVE}),
    Role.OPS: frozenset({Right.SEND}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Somebody who may sign in with a password."""

    name: str
    role: Role
    #: As argon2 writes it: parameters, salt and hash.
    password: str
    #: Seconds since 1970 in UTC.
    since: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A key that an editor's device holds and signs with (WebAuthn); this is its public half."""

    #: Its id, as base64url without padding.
    credential: str
    actor: str
    #: What its owner calls it.
    title: str
    #: As COSE has it (RFC 9052), in base64url.
    public_key: str
    #: How often it has signed, by its own word; 0 for those that do not count.
    sign_count: int
    #: Seconds since 1970 in UTC.
    since: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who is signed in, from one browser."""

    actor: str
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        """True when they have the right."""
        return right in self.rights


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """One place where somebody is signed in, as they see it themselves."""

    #: Names it to its owner; no power comes with it.
    handle: str
    #: When it began and was last used; seconds since 1970 in UTC.
    made: float
    used: float
    #: As the browser calls itself.
    browser: str
    #: True for the session that asks.
    is_this: bool
