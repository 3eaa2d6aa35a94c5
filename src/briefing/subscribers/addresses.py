"""Addresses: checked without the network, and spelled in one way."""

import re

from email_validator import EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

from briefing.errors import SubscriberError

#: What nearly every address looks like; email-validator takes 30 times as long to say the same.
_PLAIN = re.compile(
    r"(?=.{6,254}\Z)(?!.*--)(?=[^@]{1,64}@)"
    r"([a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*)@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
    r"(?!(?:test|local|localhost|onion|arpa|invalid)\Z)[a-z]{2,18})\Z",
    re.ASCII | re.IGNORECASE,
)


def checked_address(written: str) -> tuple[str, str]:
    """An address as letters carry it, and the spelling by which addresses are compared.

    The domain is lower case and in A-labels (IDNA 2008), so every relay understands it. The
    comparison also folds the case of the local part: no real mailbox depends on it.

    Raises:
        SubscriberError: when it is no address, with the reason; nothing is looked up in the DNS.
    """
    text = written.strip()
    plain = _PLAIN.match(text)
    if plain is not None:
        key = text.lower()
        if key == text or plain[1].lower() in CASE_INSENSITIVE_MAILBOX_NAMES:
            return key, key
        return f"{plain[1]}@{plain[2].lower()}", key
    try:
        # A dead domain answers by itself; a list is read without a network.
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise SubscriberError(f"{_shown(text)} is no address: {error}") from error
    if found.ascii_email is None:
        raise SubscriberError(
            f"{_shown(text)} has letters beyond ASCII before the @, which few mail servers take. "
            "Ask the reader for another address."
        )
    return found.ascii_email, found.ascii_email.casefold()


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else f"{text[:77]}…")  # noqa: PLR2004 - a line of a terminal
