"""Editors: who may come to the desk, and letting them in."""

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.errors import DeskError
from briefing.model.editor import Editor, Role

#: Characters of a password, least and most (NIST SP 800-63B section 3.1.1: 15 without a second
#: factor, no rules of composition; the upper end keeps hashing cheap).
SHORTEST, LONGEST = 15, 256
#: Wrong passwords within so many seconds, for one name from one network, and for one network.
TRIES, TRIES_OF_NETWORK, WITHIN = 5, 30, 15 * 60.0
#: OWASP's second choice of argon2id: 19 MiB, two passes; two at once cost no server its memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_AT_ONCE = threading.Semaphore(2)


def add_editor(desk: Desk, name: str, role: Role, password: str) -> None:
    """Let somebody sign in from now on.

    Raises:
        DeskError: when the name or the password will not do.
    """
    chosen = name.strip()
    if not chosen or len(chosen) > 63 or not chosen.isprintable():  # noqa: PLR2004 - the column
        raise DeskError(f"{name!r} is no name for an editor; take 1 to 63 letters.")
    since = desk.clock().timestamp()
    desk.store.editors.add(Editor(name=chosen, role=role, password=_hashed(password), since=since))


def change_password(desk: Desk, name: str, password: str) -> None:
    """Give somebody another password; every browser they are signed in from is signed out.

    Raises:
        DeskError: when there is no such editor, or the password will not do.
    """
    desk.store.editors.change(name, password=_hashed(password))


def sign_in(desk: Desk, name: str, password: str, network: str) -> str:
    """Check a password and begin a session.

    Returns:
        What the browser holds.

    Raises:
        DeskError: when name and password do not fit, or too many were tried. It does not say which
            of the two was wrong.
    """
    limits = {f"{name} {network}": TRIES, f"from {network}": TRIES_OF_NETWORK}
    with _counted(desk, limits):
        nobodys, editor = _nobodys(), desk.store.editors.find(name)
        if not _fits(editor.password if editor else nobodys, password) or editor is None:
            raise DeskError("That name and that password do not belong together.")
    return _begin(desk, editor.name, editor.role)


def change_own_password(desk: Desk, name: str, old: str, new: str) -> str:
    """Change one's own password. All sessions end; a new one begins.

    Returns:
        What the browser holds from now on.

    Raises:
        DeskError: when the old one is wrong, too many were tried, or the new one will not do.
    """
    with _counted(desk, {f"{name} changes": TRIES}):
        editor = desk.store.editors.find(name)
        if editor is None or not _fits(editor.password, old):
            raise DeskError("The present password is another one; nothing was changed.")
    change_password(desk, name, new)
    log_action(desk, name, "password")
    return _begin(desk, editor.name, editor.role)


@dataclass
class Invitation:
    """A link that signs in the person at the machine, once. It lives as long as the process."""

    actor: str
    token: str = ""
    _one: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        self.token = self.token or secrets.token_urlsafe(24)

    def accept(self, desk: Desk, token: str) -> str:
        """Use it up.

        Returns:
            What the browser holds.

        Raises:
            DeskError: when it is another one, or was used.
        """
        with self._one:
            if not self.token or not secrets.compare_digest(self.token.encode(), token.encode()):
                raise DeskError(
                    "This sign-in link was used, or is from an earlier start. Start `briefing "
                    "desk` again for a new one."
                )
            self.token = ""
        return _begin(desk, self.actor, None)


@contextmanager
def _counted(desk: Desk, limits: Mapping[str, int]) -> Iterator[None]:
    """Look at a password inside: what is not refused there was right, and is not held against anybody.

    Raises:
        DeskError: when too many were tried.
    """
    now = desk.clock().timestamp()
    tries = desk.store.editors.attempt(limits, since=now - WITHIN, at=now)
    if tries is None:
        raise DeskError("There were too many wrong passwords. Wait a quarter of an hour.")
    yield
    desk.store.editors.forgive(tries)


def _begin(desk: Desk, actor: str, role: Role | None) -> str:
    token = secrets.token_urlsafe(32)
    desk.store.editors.sign_in(token, actor, role, desk.clock().timestamp())
    log_action(desk, actor, "sign in")
    return token


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise DeskError(
            f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}. "
            "Four or five words do well."
        )
    with _AT_ONCE:
        return _HASHER.hash(password)


@cache
def _nobodys() -> str:
    """Checked for names that nobody has, so that a guess takes as long as for those somebody has."""
    return _HASHER.hash(secrets.token_urlsafe(16))


def _fits(kept: str, password: str) -> bool:
    with _AT_ONCE:
        try:
            return len(password) <= LONGEST and _HASHER.verify(kept, password)
        except (VerifyMismatchError, InvalidHashError):
            return False


def refuse_open_door(desk: Desk) -> None:
    """Let the desk start where strangers can reach it only behind names and TLS.

    Raises:
        DeskError: with everything that is missing.
    """
    settings = desk.config.desk
    if settings.is_private:
        return
    missing = []
    if not desk.store.editors.all():
        missing.append("there are no editors: add one with `briefing editors add NAME`")
    if not settings.is_encrypted:
        missing.append(
            "passwords would cross the network in clear: give [desk] cert_file and key_file, or "
            "public_url and the proxies that do TLS"
        )
    if not settings.names:
        missing.append(
            f"{settings.listen} is no name that browsers ask for: give [desk] public_url the one they do"
        )
    if missing:
        where = settings.public_url or settings.listen
        raise DeskError(
            f"The desk is not started on {where}, where others reach it: {'; '.join(missing)}. "
            'Or listen on this machine alone: [desk] listen = "127.0.0.1:8081".'
        )
