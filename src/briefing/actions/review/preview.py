"""Previewing: the very letter one reader would get, and how mail programs would show it."""

from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from functools import cached_property

from briefing.actions.context import Desk
from briefing.actions.letters.send_settings import letter_writer
from briefing.actions.rendering.own_editions import own_editions
from briefing.actions.rendering.render import the_email
from briefing.actions.resolve_name import list_of
from briefing.actions.review.reader_form import reader_form
from briefing.errors import SubscriberError
from briefing.model.edition import Edition
from briefing.model.mail import Email, Letter
from briefing.model.subscriber import NOBODY, Subscriber

#: Bytes of HTML above which Gmail cuts an email short.
CLIPPED = 102_400
_NOBODY = Subscriber(email="reader@example.org", name="A Reader", ref=NOBODY)
#: Letters of sender, subject and preheader that an inbox row of three programs shows.
INBOXES = (("Phone, upright", 22, 36, 74), ("Webmail", 20, 60, 90), ("Desktop list", 28, 48, 60))


class PreviewMode(StrEnum):
    """One way to look at a letter."""

    DESKTOP = "desktop"
    PHONE = "phone"
    DARK = "dark"
    PHONE_DARK = "phone-dark"
    FORCED_DARK = "forced-dark"
    IMAGES_OFF = "images-off"
    STRIPPED = "stripped"
    OUTLOOK = "outlook"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A letter taken apart again as a mail program does it."""

    letter: Letter

    @cached_property
    def html(self) -> str:
        """The HTML part, decoded."""
        # Without a reading of its headers by all their rules: nobody looks at them here.
        message = message_from_bytes(self.letter.wire, policy=policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                written = part.get_payload(decode=True)
                assert isinstance(written, bytes)
                return written.decode(part.get_content_charset("ascii"))
        return ""

    @property
    def text(self) -> str:
        """The plain text, decoded."""
        return part_of(self._message, "plain")

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Every header with its value, as a program shows it."""
        return tuple((name, str(value)) for name, value in self._message.items())

    @cached_property
    def _message(self) -> EmailMessage:
        return read_back(self.letter)

    @property
    def size(self) -> int:
        """Bytes of the HTML part, decoded."""
        return len(self.html.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """What one mail program's list shows before anybody opens the letter."""

    program: str
    sender: str
    subject: str
    preheader: str


def show(
    desk: Desk, edition: Edition, reader: Subscriber | None = None, variant: str = ""
) -> Shown:
    """Write the letter for a reader and read it back. Its links do nothing: only the real letter's do.

    Args:
        desk: the desk.
        edition: as it stands.
        reader: whose letter, in the form that they get; without one the whole edition for nobody.
        variant: the SHA-256 of a variant, or its beginning, for nobody; the whole edition when empty, or
            when no reader wants it any more.

    Raises:
        SubscriberError: when that reader gets no letter of it.
        SendError: when the letter cannot be written.
    """
    list_name = list_of(desk, edition)
    writer = letter_writer(
        desk,
        _form(desk, edition, list_name, variant) if reader is None else _own(desk, edition, reader),
        list_name=list_name,
        title=edition.title,
        began=desk.clock().timestamp(),
    )
    # Name and address are theirs; a token of theirs would let whoever looks act for them.
    return Shown(letter=writer.write(_NOBODY if reader is None else replace(reader, ref=NOBODY)))


def _form(desk: Desk, edition: Edition, list_name: str, variant: str) -> Email:
    variants = own_editions(desk, edition, list_name).variants if variant else ()
    found = (one.email for one in variants if one.hash.startswith(variant))
    return next(found, None) or the_email(desk, edition)


def _own(desk: Desk, edition: Edition, reader: Subscriber) -> Email:
    form = reader_form(desk, edition, reader)
    if form.email is None:
        raise SubscriberError(form.said)
    return form.email


def looked_at(shown: Shown, look: PreviewMode) -> str:
    """The HTML part as that program gets to see it; sizes and dark schemes are the frame's."""
    # It brings a parser of markup; a letter is also read back where nobody looks at it.
    from briefing.emails import client_simulation as simulation  # noqa: PLC0415

    match look:
        case PreviewMode.STRIPPED:
            return simulation.without_styles(shown.html)
        case PreviewMode.OUTLOOK:
            return simulation.as_outlook(shown.html)
        case PreviewMode.IMAGES_OFF:
            return simulation.without_images(shown.html)
        case PreviewMode.FORCED_DARK:
            return simulation.forced_dark(shown.html)
        case PreviewMode.DESKTOP | PreviewMode.PHONE | PreviewMode.DARK | PreviewMode.PHONE_DARK:
            return shown.html


def inbox_rows(desk: Desk, edition: Edition) -> tuple[InboxRow, ...]:
    """The row of three kinds of inbox, each cut where such programs cut; the widths are rough."""
    sender = desk.config.send.sender
    return tuple(
        InboxRow(
            program=program,
            sender=_cut(sender.name or sender.email, names),
            subject=_cut(edition.subject, subjects),
            preheader=_cut(edition.preheader, preheaders),
        )
        for program, names, subjects, preheaders in INBOXES
    )


def read_back(letter: Letter) -> EmailMessage:
    """A letter as a mail program reads it."""
    return message_from_bytes(letter.wire, _class=EmailMessage, policy=policy.default)


def part_of(message: EmailMessage, kind: str) -> str:
    """The part that is `html` or `plain`, decoded; empty when there is none."""
    part = message.get_body(preferencelist=(kind,))
    return "" if part is None else str(part.get_content())


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
