"""Addresses: checked without the network, and spelled in one way."""

import re

from email_validator import EmailNotValidError, validate_email

from briefing.errors import SubscriberError

#: What nearly every address looks like; email-validator takes 30 times as long to say the same.
_PLAIN = re.compile(
    r"(?=.{6,254}\Z)(?=[^@]{1,64}@)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!test\b|local\b|onion\b|arpa\b|invalid\b)[a-z]{2,18}\Z"
)


def checked_address(written: str) -> tuple[str, str]:
    """An address as letters carry it, and the spelling by which addresses are compared.

    The domain is lower case and in A-labels (IDNA 2008), so every relay understands it. The
    comparison also folds the case of the local part: no real mailbox depends on it.

    Raises:
        SubscriberError: when it is no address, with the reason; nothing is looked up in the DNS.
    """
    text = written.strip()
    if _PLAIN.match(text) and "--" not in text:
        return text, text
    try:
        # A dead domain answers by itself; a list is read without a network.
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        shown = text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004 - a line of a terminal
        raise SubscriberError(f"{shown!r} is no address: {error}") from error
    email = found.ascii_email or found.normalized
    return email, email.casefold()
