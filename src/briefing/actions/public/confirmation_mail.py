"""The confirmation mail: the only letter that goes to an address nobody has vouched for."""

import asyncio
import secrets
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.actions.context import Desk
from briefing.actions.letters.post_one import post_one
from briefing.actions.letters.send_settings import letter_writer, transport
from briefing.actions.public.spoken_words import spoken_words
from briefing.errors import BriefingError
from briefing.model.delivery import Delivery, State
from briefing.model.mail import Email, Letter
from briefing.model.subscriber import Subscriber

if TYPE_CHECKING:
    from jinja2 import Environment

#: Seconds; the reader waits for it, and the next one can be asked for tomorrow only.
_PATIENCE = 120
_FOLDER = Path(__file__).parent / "confirmation"


@cache
def _templates(*, markup: bool) -> "Environment":
    # The sender asks again for mails that a relay put off, and most have none: 2 MB of an idle process.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=markup,  # noqa: S701 - the plain part is not markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def confirmation_letter(
    desk: Desk,
    to: Subscriber,
    *,
    link: str,
    list_name: str,
    title: str,
    at: float,
) -> Letter:
    """The letter that asks a mailbox whether it wants the list; signed as all letters are.

    Raises:
        SendError: when a value cannot stand where it must, or a DKIM key is not one.
    """
    spoken = spoken_words(desk.config)
    say = spoken.confirmation
    view = {
        "say": say,
        "question": spoken.pages["confirm_title"].format(title=title),
        "subject": say["subject"].format(title=title),
        "language": desk.config.site.language,
        "direction": spoken.direction,
        "link": link,
        "title": title,
        "site": desk.config.site.name,
        "postal_address": desk.config.site.postal_address,
    }
    email = Email(
        # Each asking is a letter of its own: mailboxes fold those with the same Message-ID.
        edition_id=f"confirm-{int(at)}",
        template="confirmation",
        subject=say["subject"].format(title=title),
        preheader="",
        html=_templates(markup=True).get_template("confirm.html.j2").render(view),
        text=_templates(markup=False).get_template("confirm.txt.j2").render(view),
        nonce=secrets.token_hex(16),
        language=desk.config.site.language,
    )
    return letter_writer(desk, email, list_name=list_name, title=title, began=at).write(to)


async def post(desk: Desk, letter: Letter) -> Delivery:
    """Hand a letter to the transport that config.toml names, and say what became of it.

    Whatever goes wrong on the way is an answer too: its detail does not name the reader, because
    it goes into a log, and relays repeat the address.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            way, _ = transport(desk.config, "confirmations")
            delivery = await post_one(way, letter)
    except BriefingError as error:
        # Nothing has left.
        delivery = Delivery(recipient="", state=State.DEFERRED, detail=str(error))
    except TimeoutError:
        said = f"there was no answer for {_PATIENCE} seconds"
        delivery = Delivery(recipient="", state=State.IN_DOUBT, detail=said)
    return delivery._replace(detail=delivery.detail.replace(letter.recipient, "(the reader)"))
