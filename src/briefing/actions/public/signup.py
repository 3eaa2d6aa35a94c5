"""Signing up: subscribing by a form, and confirming from the mailbox itself."""

from dataclasses import dataclass, replace

from briefing.actions.context import Desk
from briefing.actions.public.confirmation_mail import confirmation_letter
from briefing.errors import LinkOver
from briefing.model.mail import Letter
from briefing.model.subscriber import NOBODY, Standing, Subscriber
from briefing.subscribers.tokens import sign, verify

#: Seconds that a confirmation link holds, and for which who asked is remembered: as long again, so that
#: one button on the page of a link that is over sends another.
_CONFIRM_WITHIN, _REMEMBERED = 7 * 86_400.0, 14 * 86_400.0
_LONGEST_NAME = 100
#: Seconds; an older edition is not sent to a new reader.
_FRESH = 14 * 86_400.0
#: Who may leave; whoever is gone for another reason stays gone for that reason.
READING = (Standing.PENDING, Standing.ACTIVE, Standing.PAUSED)
#: Who comes back only by confirming from the mailbox itself.
_RETURNING = (
    Standing.PENDING,
    Standing.PAUSED,
    Standing.UNSUBSCRIBED,
    Standing.BOUNCED,
    Standing.COMPLAINED,
)


def site_of(desk: Desk) -> str:
    """Where readers' links lead, without a slash at the end."""
    return desk.config.site.public_url.rstrip("/")


def list_title(desk: Desk, name: str) -> str:
    """How readers know a list; one that is not kept any more goes by its key."""
    titles = [each.title for each in desk.config.briefings.values() if each.list == name]
    if name in desk.config.lists:
        titles.insert(0, desk.config.lists[name].title)
    return next(filter(None, titles), name)


def is_public(desk: Desk, name: str) -> bool:
    """True when anybody may ask to join the list."""
    return name in desk.config.lists and desk.config.lists[name].public


def claims_of(desk: Desk, purpose: str, token: str) -> dict[str, str]:
    """What a link says; every link that is not ours is a SubscriberError."""
    return verify(purpose, token, desk.keys)


def forget_unconfirmed(desk: Desk) -> None:
    """Forget who asked to be on a list and let their link grow old: nobody knows it was them.

    Raises:
        StoreError: when the store cannot be written.
    """
    desk.store.signups.forget_unconfirmed(desk.clock().timestamp() - _REMEMBERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderView:
    """What a reader's own page may show of them: no address in clear."""

    list: str
    title: str
    name: str
    address: str
    standing: Standing
    #: False where a restored database does not know them.
    is_known: bool = True
    #: The last edition was put on its way to them just now.
    is_welcomed: bool = False

    @property
    def is_gone(self) -> bool:
        """True when they get no letters and only a confirmation brings them back."""
        return self.standing not in READING


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A letter that asks a mailbox whether it wants a list."""

    letter: Letter
    #: Their `ref`.
    reader: str
    #: When it was asked for, in seconds since 1970.
    at: float


def asking(desk: Desk, reader: Subscriber, at: float) -> Asking:
    """The letter that asks a mailbox, as it was asked for at a moment; the same every time."""
    # The list too: the reader is forgotten when the link grows old, and it still leads on.
    claims = {"at": repr(at), "list": reader.list, "reader": reader.ref}
    link = f"{site_of(desk)}/confirm/{sign('confirm', claims, desk.keys[0])}"
    letter = confirmation_letter(
        desk,
        Subscriber(email=reader.email, ref=reader.ref),
        link=link,
        list_name=reader.list,
        title=list_title(desk, reader.list),
        at=at,
    )
    return Asking(letter=letter, reader=reader.ref, at=at)


def asking_nobody(desk: Desk, list_name: str) -> Letter:
    """The letter that asks a mailbox whether it wants a list, for somebody to look at: its link does nothing.

    Raises:
        SendError: as `confirmation_letter`.
    """
    return confirmation_letter(
        desk,
        Subscriber(email="reader@example.org", ref=NOBODY),
        link=f"{site_of(desk)}/confirm/",
        list_name=list_name,
        title=list_title(desk, list_name),
        at=desk.clock().timestamp(),
    )


def asked(desk: Desk, token: str) -> ReaderView:
    """Whom a confirmation link is for, if it still holds.

    Raises:
        SubscriberError: when it is not ours, too old, or was used.
    """
    return shown(desk, _confirmable(desk, token))


def confirm(desk: Desk, token: str, name: str) -> ReaderView:
    """Make a reader active, whatever they were before; a second time changes nothing.

    Where their list says `welcome`, the last edition goes to them too, if they never had it.

    Args:
        desk: the desk.
        token: of the link in the confirmation mail.
        name: how they want to be addressed; empty keeps what is there.

    Raises:
        SubscriberError: as `asked`.
    """
    reader, now = _confirmable(desk, token), desk.clock().timestamp()
    changed = desk.store.subscribers.change(
        reader.id,
        Standing.ACTIVE,
        only_from=_RETURNING,
        cause="confirmed from the mailbox",
        actor="reader",
        now=now,
    )
    if changed and clean_name(name):
        desk.store.signups.rename(reader.id, clean_name(name))
    view = shown(desk, desk.store.subscribers.by_ref(reader.ref))
    return replace(view, is_welcomed=changed and _welcomed(desk, reader, now))


def _welcomed(desk: Desk, reader: Subscriber, now: float) -> bool:
    """Put the last edition on its way to them; the sender looks for such letters every minute."""
    kept = desk.config.lists.get(reader.list)
    if kept is None or not kept.welcome:
        return False
    return bool(desk.store.mailings.welcome(reader.list, reader.id, now - _FRESH))


def clean_name(written: str) -> str:
    """A name on one line, without control characters, of a length that a header takes."""
    printable = "".join(each if each.isprintable() else " " for each in written)
    return " ".join(printable.split())[:_LONGEST_NAME].strip()


def _confirmable(desk: Desk, token: str) -> Subscriber:
    claims = claims_of(desk, "confirm", token)
    at = float(claims["at"])
    if desk.clock().timestamp() - at > _CONFIRM_WITHIN:
        sentence = "This link is older than seven days. Ask for another, and it comes at once."
        raise LinkOver(sentence, list_name=_joinable(desk, claims.get("list", "")))
    reader = desk.store.subscribers.by_ref(claims["reader"])
    # A change since then means that it was used, or overtaken: it must not undo a later wish.
    if (
        reader.standing is not Standing.ACTIVE
        and desk.store.subscribers.history(reader.id)[-1].at > at
    ):
        sentence = "This link was used already. Ask for another, and it comes at once."
        raise LinkOver(sentence, list_name=_joinable(desk, reader.list))
    return reader


def _joinable(desk: Desk, name: str) -> str:
    """A list that anybody may ask to join, the only one there is for a link that names none; else empty."""
    lists = [one for one in desk.config.lists if is_public(desk, one)]
    return name if name in lists else lists[0] if not name and len(lists) == 1 else ""


def shown(desk: Desk, reader: Subscriber) -> ReaderView:
    """What a reader's own page may show."""
    return ReaderView(
        list=reader.list if is_public(desk, reader.list) else "",
        title=list_title(desk, reader.list),
        name=reader.name,
        address=masked(reader.email),
        standing=reader.standing,
    )


def masked(address: str) -> str:
    """Enough for its owner to know it again: `a•••@e•••.org`."""
    local, _, domain = address.rpartition("@")
    first, _, last = domain.rpartition(".")
    return f"{local[:1]}•••@{first[:1]}•••.{last}" if local else ""
