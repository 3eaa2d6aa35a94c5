"""Editors: who may come to the desk, and letting them in."""

import re
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from briefing.actions.admin.passwords import fits, hashed, hashed_again, is_outdated, nobodys
from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.networks import network_of
from briefing.actions.open_store import house_folder
from briefing.actions.review.challenges import Challenges, DeskAddress
from briefing.actions.review.passkeys import add_passkey, prove
from briefing.config import Config
from briefing.errors import DeskError
from briefing.model.editor import Editor, Role
from briefing.store import write_whole

#: Wrong passwords within so many seconds: for one name from one network (IPv4 /24, IPv6 /64), for one
#: network, and for one name from everywhere (ASVS 5.0 6.3.1: guesses at an account are bounded).
TRIES, TRIES_OF_NETWORK, TRIES_OF_NAME, WITHIN = 5, 30, 25, 15 * 60.0
#: What the log calls it that somebody guesses at an account.
GUESSES = "guesses"
#: The purpose of a signature that begins a session.
SIGN_IN = "sign in"


def add_editor(desk: Desk, name: str, role: Role, password: str) -> None:
    """Let somebody sign in from now on.

    Raises:
        DeskError: when the name or the password will not do.
    """
    chosen = name.strip()
    if not chosen or len(chosen) > 63 or not chosen.isprintable():  # noqa: PLR2004 - the column
        raise DeskError(f"{name!r} is not a name for an editor; take 1 to 63 letters.")
    kept, since = hashed(password, own_words(chosen)), desk.clock().timestamp()
    desk.store.editors.add(Editor(name=chosen, role=role, password=kept, since=since))


def change_password(desk: Desk, name: str, password: str) -> None:
    """Give somebody another password; every browser they are signed in from is signed out.

    Raises:
        DeskError: when there is no such editor, or the password will not do.
    """
    desk.store.editors.change(name, password=hashed(password, own_words(name)))


def own_words(name: str) -> tuple[str, ...]:
    """What a password must not be made of: the person's name, its parts, and the program's."""
    return (name, *re.split(r"[\W\d_]+", name), "briefing", "editor", "approver")


def sign_in(desk: Desk, name: str, password: str, peer: str, browser: str = "") -> str:
    """Check a password and begin a session.

    Args:
        desk: the desk.
        name: who they say they are.
        password: as it was typed.
        peer: the address they ask from.
        browser: as it calls itself; shown in the list of one's own sessions.

    Returns:
        What the browser holds.

    Raises:
        DeskError: when name and password do not fit, or too many were tried. It does not say which
            of the two was wrong.
    """
    network = network_of(peer)
    limits = {
        f"{name} {network}": TRIES,
        f"from {network}": TRIES_OF_NETWORK,
        f"{name} from everywhere": TRIES_OF_NAME,
    }
    with _counted(desk, limits, name):
        nobody, editor = nobodys(), desk.store.editors.find(name)
        if not fits(editor.password if editor else nobody, password) or editor is None:
            raise DeskError("That name and that password do not belong together.")
    if is_outdated(editor.password):
        desk.store.editors.rehash(name, hashed_again(password))
    return begin_session(desk, editor.name, editor.role, browser)


def sign_in_with_passkey(
    desk: Desk, address: DeskAddress, challenges: Challenges, answer: str, browser: str = ""
) -> str:
    """Begin a session of whose passkey signed.

    Returns:
        What the browser holds.

    Raises:
        DeskError: when none of this desk did, or its owner may not come any more.
    """
    passkey, _ = prove(desk, address, SIGN_IN, challenges, answer)
    editor = desk.store.editors.find(passkey.actor)
    if editor is None:
        raise DeskError("That passkey is not known here. Sign in with your password.")
    return begin_session(desk, editor.name, editor.role, browser)


def add_own_passkey(  # noqa: PLR0913 - a form's fields
    desk: Desk,
    address: DeskAddress,
    challenges: Challenges,
    name: str,
    *,
    password: str,
    proof: str,
    made: str,
    title: str,
) -> None:
    """Keep a passkey of one's own: the first on the word of a password, each other on that of a passkey.

    So whoever learns the password of somebody with a passkey cannot sign in their place.

    Raises:
        DeskError: when it is not proved, or is not what was asked for.
    """
    if desk.store.passkeys.of(name):
        prove_own(desk, address, challenges, name, proof)
    else:
        refuse_other_password(desk, name, password)
    add_passkey(desk, address, name, challenges, made, title)


def prove_own(
    desk: Desk, address: DeskAddress, challenges: Challenges, name: str, proof: str
) -> None:
    """Let only who signs with a passkey of theirs pass.

    Raises:
        DeskError: when nobody does, or somebody else.
    """
    passkey, _ = prove(desk, address, owner_of(name), challenges, proof)
    if passkey.actor != name:
        raise DeskError("That passkey is somebody else's; nothing was changed.")


def owner_of(name: str) -> str:
    """The purpose of a signature that only proves who is there."""
    return f"be {name}"


def refuse_other_password(desk: Desk, name: str, password: str) -> Editor:
    """Let only who knows the present password pass.

    Raises:
        DeskError: when it is another one, or too many were tried.
    """
    with _counted(desk, {f"{name} changes": TRIES}, name):
        editor = desk.store.editors.find(name)
        if editor is None or not fits(editor.password, password):
            raise DeskError("The present password is another one; nothing was changed.")
    return editor


def change_own_password(desk: Desk, name: str, old: str, new: str, browser: str = "") -> str:
    """Change one's own password. All sessions end; a new one begins.

    Returns:
        What the browser holds from now on.

    Raises:
        DeskError: when the old one is wrong, too many were tried, or the new one will not do.
    """
    editor = refuse_other_password(desk, name, old)
    change_password(desk, name, new)
    log_action(desk, name, "password")
    return begin_session(desk, editor.name, editor.role, browser)


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
        return begin_session(desk, self.actor, None)


def leave_link(config: Config, link: str) -> Path:
    """Put the link that lets in, once, into a file that only this user reads.

    Raises:
        StoreError: when it cannot be written.
    """
    path = house_folder(config) / "sign-in.link"
    write_whole(path, f"{link}\n".encode(), mode=0o600)
    return path


@contextmanager
def _counted(desk: Desk, limits: Mapping[str, int], name: str) -> Iterator[None]:
    """Look at a password inside: what is not refused there was right, and is not held against anybody.

    Raises:
        DeskError: when too many were tried.
    """
    now = desk.clock().timestamp()
    tries = desk.store.editors.attempt(limits, since=now - WITHIN, at=now)
    if tries is None:
        _tell_owner(desk, name, now)
        raise DeskError("There were too many wrong passwords. Wait a quarter of an hour.")
    yield
    desk.store.editors.forgive(tries)


def _tell_owner(desk: Desk, name: str, now: float) -> None:
    """Say in the log, and so on the owner's own page, that somebody guesses; once in a while."""
    if desk.store.editors.find(name) is None:
        return
    said = desk.store.audit_log.of(name, GUESSES, most=1)
    if not said or said[0].at < now - WITHIN:
        log_action(
            desk, name, GUESSES, detail="too many wrong passwords; more are refused for a while"
        )


def begin_session(desk: Desk, actor: str, role: Role | None, browser: str = "") -> str:
    """Begin a session of somebody who proved who they are; gives what their browser holds."""
    token = secrets.token_urlsafe(32)
    desk.store.editors.sign_in(token, actor, role, desk.clock().timestamp(), browser)
    log_action(desk, actor, "sign in")
    return token


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
            f"{settings.listen} is not a name that browsers ask for: give [desk] public_url the one they do"
        )
    if missing:
        where = settings.public_url or settings.listen
        raise DeskError(
            f"The desk is not started on {where}, where others reach it: {'; '.join(missing)}. "
            'Or listen on this machine alone: [desk] listen = "127.0.0.1:8081".'
        )
