"""Trials: one letter to oneself, or all letters written and none posted. Nothing is recorded."""

from dataclasses import replace

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.event_loop import in_loop
from briefing.actions.letters.letter_writer import LetterWriter
from briefing.actions.letters.post_one import post_one
from briefing.actions.letters.send_settings import letter_writer, transport
from briefing.actions.progress import Progress, Quiet
from briefing.actions.readers.import_list import import_list
from briefing.actions.rendering.render import the_email
from briefing.actions.resolve_name import list_of, the_draft, the_rendered
from briefing.actions.sending.deliver import Sent
from briefing.counted import counted
from briefing.errors import SendError, SubscriberError
from briefing.model.delivery import State
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import NOBODY, Standing, Subscriber
from briefing.store import fingerprint
from briefing.subscribers.addresses import checked_address


def test_send(desk: Desk, edition_id: str, address: str) -> Sent:
    """Send one letter to somebody who need not be on any list, its subject marked [TEST].

    Raises:
        StoreError: when the edition is not there or not rendered.
        SendError: when the letter does not get through.
    """
    try:
        to, _ = checked_address(address)
    except SubscriberError as error:
        raise SendError(str(error)) from error
    edition, email = the_rendered(desk, edition_id)
    marked = replace(email, subject=f"[TEST] {email.subject}")
    way, where = transport(desk.config, f"{edition_id}-test")
    writer = _writer(desk, edition, marked)
    letter = writer.write(Subscriber(email=to, ref=NOBODY))
    delivery = in_loop(lambda: post_one(way, letter))
    if delivery.state is not State.POSTED:
        raise SendError(f"The test letter to {to} did not get through: {delivery.detail}.")
    return Sent(
        edition=edition_id,
        transport=desk.config.send.transport,
        where=where,
        now=1,
        counts={State.POSTED: 1},
        status=MailingStatus.SENT,
    )


def test_letters(
    desk: Desk, edition_id: str, addresses: tuple[str, ...], *, actor: str
) -> tuple[str, ...]:
    """Send test letters from the desk, and remember where they went.

    Returns:
        The addresses that have one now.

    Raises:
        EditionHeld: when a piece waits for a person's decision.
        SendError: when an address is not one, or a letter does not get through; it names those that did.
    """
    try:
        checked = tuple(dict.fromkeys(checked_address(address)[0] for address in addresses))
    except SubscriberError as error:
        raise SendError(str(error)) from error
    edition = the_draft(desk, edition_id)
    content = fingerprint(the_email(desk, edition))
    done: list[str] = []
    try:
        for address in checked:
            test_send(desk, edition_id, address)
            done.append(address)
    except SendError as error:
        had = f" {', '.join(done)} had one before that." if done else ""
        raise SendError(f"{error}{had}") from error
    finally:
        if done:
            desk.store.testers.remember(tuple(done), desk.clock().timestamp())
            letters = counted(len(done), "letter")
            log_action(desk, actor, "test", edition_id, letters, content)
    return tuple(done)


def dry_run(desk: Desk, edition_id: str, progress: Progress | None = None) -> Sent:
    """Write every letter and post none.

    The list's file is checked too, but nobody joins the list.

    Raises:
        StoreError: when the edition is not there or not rendered.
        EditionHeld: when a piece of it waits for a person's decision.
        SendError: when a letter cannot be written.
    """
    notes: list[str] = []
    edition, email = the_rendered(desk, edition_id)
    list_name = list_of(desk, edition)
    path = desk.config.lists[list_name].path
    writer = _writer(desk, edition, email)
    if path is not None:
        checked = import_list(desk, list_name, desk.config.path(path), actor="", keeps=False)
        notes.append(f"{path}: {checked.added:,} good rows, {checked.bad:,} bad ones.")
        notes += checked.sentences
    total = desk.store.subscribers.counts(list_name).get(Standing.ACTIVE, 0)
    readers = desk.store.subscribers.each(list_name, Standing.ACTIVE)
    for reader in (progress or Quiet()).track(readers, "Writing letters", total):
        writer.write(reader)
    _, where = transport(desk.config, edition_id)
    said = f"A dry run: {counted(total, 'letter')} to the list as it is could be written; none was posted."
    return Sent(
        edition=edition_id,
        transport=desk.config.send.transport,
        where=where,
        now=0,
        counts={State.PENDING: total},
        notes=(said, *notes),
    )


def _writer(desk: Desk, edition: Edition, email: Email) -> LetterWriter:
    return letter_writer(
        desk,
        email,
        list_name=list_of(desk, edition),
        title=edition.title,
        began=desk.clock().timestamp(),
    )
