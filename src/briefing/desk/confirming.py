"""The confirmation mail: the only letter that goes to an address nobody has vouched for."""

import asyncio
import secrets
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from briefing.config import Config
from briefing.desk.postman import LetterWriter, transport
from briefing.errors import SendError
from briefing.model.delivery import State
from briefing.model.mail import Email, Letter
from briefing.model.subscriber import Subscriber

#: Seconds; the reader waits for it, and the next one can be asked for tomorrow only.
_PATIENCE = 120
_FOLDER = Path(__file__).parent / "confirmation"


def _templates(*, markup: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=markup,  # noqa: S701 - the plain part is not markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_HTML, _TEXT = _templates(markup=True), _templates(markup=False)


def confirmation_letter(  # noqa: PLR0913 - what the letter says
    config: Config,
    to: Subscriber,
    *,
    link: str,
    list_name: str,
    title: str,
    now: float,
    keys: tuple[bytes, ...],
) -> Letter:
    """The letter that asks a mailbox whether it wants the list; signed as all letters are.

    Raises:
        SendError: when a value cannot stand where it must, or a DKIM key is none.
    """
    view = {
        "link": link,
        "title": title,
        "site": config.site.name,
        "postal_address": config.site.postal_address,
    }
    email = Email(
        # Each asking is a letter of its own: mailboxes fold those with the same Message-ID.
        edition_id=f"confirm-{int(now)}",
        template="confirmation",
        subject=f"Please confirm: {title}",
        preheader="",
        html=_HTML.get_template("confirm.html.j2").render(view),
        text=_TEXT.get_template("confirm.txt.j2").render(view),
        nonce=secrets.token_hex(16),
    )
    return LetterWriter(
        config, email, list_name=list_name, title=title, began=now, keys=keys
    ).write(to)


async def post(config: Config, letter: Letter) -> None:
    """Hand a letter to the transport that config.toml names.

    Raises:
        SendError: when it did not get through; the sentence does not name the reader.
    """
    way, _ = transport(config, "confirmations")
    try:
        async with asyncio.timeout(_PATIENCE):
            connection = await way.open()
            try:
                delivery = await connection.post(letter)
            finally:
                await connection.close()
    except (SendError, TimeoutError) as error:
        raise SendError(_without(letter, str(error) or "the relay took too long")) from error
    if delivery.state is not State.POSTED:
        raise SendError(_without(letter, delivery.detail))


def _without(letter: Letter, said: str) -> str:
    """Relays repeat the address; a log must not hold it."""
    hidden = said.replace(letter.recipient, "(the reader)")
    return f"A confirmation mail did not get through: {hidden}"
