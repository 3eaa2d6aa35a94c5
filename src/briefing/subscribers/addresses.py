"""Addresses: checked without the network, and spelled in one way."""

import re
from functools import cache, lru_cache

from briefing.errors import SubscriberError

#: What nearly every address looks like; email-validator takes 30 times as long to say the same.
_PLAIN_LOCAL = re.compile(r"[a-zA-Z0-9_+-]+(?:\.[a-zA-Z0-9_+-]+)*", re.ASCII)
_PLAIN_DOMAIN = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
    r"(?!(?:test|local|localhost|onion|arpa|invalid)\Z)[a-z]{2,18}",
    re.ASCII | re.IGNORECASE,
)
#: Lines of addresses that both of these take, shorter than any part of one may be: domains in lower case, no two
#: hyphens together in them. No repetition gives back what it took, so a line that does not fit is found at once.
_PLAIN_LINES = re.compile(
    r"(?:[a-zA-Z0-9_+-]++(?:\.[a-zA-Z0-9_+-]++)*+"
    r"@(?:[a-z0-9]++(?:-[a-z0-9]++)*+\.)++"
    r"(?!(?:test|local|localhost|onion|arpa|invalid)\n)[a-z]{2,18}+\n)*+",
    re.ASCII,
)
_LONGEST, _LONGEST_LOCAL = 254, 64


def plain_address(text: str) -> tuple[str, str] | None:
    """What `checked_address` says of an address that looks like nearly every one; None of others.

    None says nothing about the address: it may well be one.
    """
    local, _, domain = text.partition("@")
    if len(text) > _LONGEST or len(local) > _LONGEST_LOCAL or "--" in text:
        return None
    lower = _plain_domain(domain)
    if not lower or _PLAIN_LOCAL.fullmatch(local) is None:
        return None
    key = text.lower()
    if key == text or local.lower() in _caseless():
        return key, key
    return f"{local}@{lower}", key


def plain_addresses(cells: list[str]) -> tuple[list[str], list[str]]:
    """What `plain_address` says of each cell, in two columns; two empty texts for None."""
    together = _all_plain(cells)
    if together is not None:
        return together
    found = [plain_address(cell.strip()) or ("", "") for cell in cells]
    return [email for email, _ in found], [key for _, key in found]


def _all_plain(cells: list[str]) -> tuple[list[str], list[str]] | None:
    """As `plain_addresses`, of cells that are all plain and short; None where one might not be."""
    text = "\n".join(cells) + "\n"
    if max(map(len, cells), default=0) > _LONGEST_LOCAL or text.count("\n") != len(cells):
        return None
    if "--" in text or _PLAIN_LINES.fullmatch(text) is None:
        return None
    lower = text.lower()
    if lower == text:
        return cells, cells
    written = f"\n{text}"
    caseless = _caseless_lines().finditer(f"\n{lower}")
    if any(not written.startswith(one[0], one.start()) for one in caseless):
        return None
    return cells, lower.split("\n")[:-1]


@cache
def _caseless_lines() -> re.Pattern[str]:
    return re.compile(rf"\n(?:{'|'.join(sorted(_caseless()))})@")


@cache
def _caseless() -> frozenset[str]:
    """Mailboxes such as "postmaster", whose case no server heeds."""
    from email_validator.rfc_constants import (  # noqa: PLC0415 - see `checked_address`
        CASE_INSENSITIVE_MAILBOX_NAMES,
    )

    return frozenset(CASE_INSENSITIVE_MAILBOX_NAMES)


@lru_cache(maxsize=10_000)
def _plain_domain(domain: str) -> str:
    """The domain in lower case; empty when it is not a plain one. A list has few, again and again."""
    return domain.lower() if _PLAIN_DOMAIN.fullmatch(domain) else ""


def checked_address(written: str) -> tuple[str, str]:
    """An address as letters carry it, and the spelling by which addresses are compared.

    The domain is lower case and in A-labels (IDNA 2008), so every relay understands it. The
    comparison also folds the case of the local part: no real mailbox depends on it.

    Raises:
        SubscriberError: when it is not an address, with the reason; nothing is looked up in the DNS.
    """
    text = written.strip()
    plain = plain_address(text)
    if plain is not None:
        return plain
    # It takes a while to import, and nearly no address needs it.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    try:
        # A dead domain answers by itself; a list is read without a network.
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise SubscriberError(f"{_shown(text)} is not an address: {error}") from error
    if found.ascii_email is None:
        raise SubscriberError(
            f"{_shown(text)} has letters beyond ASCII before the @, which few mail servers take. "
            "Ask the reader for another address."
        )
    return found.ascii_email, found.ascii_email.casefold()


#: A name and an address (RFC 5322, section 3.4), as mail programs write them.
_MAILBOX = re.compile(r'(?:"([^"]*)"|([^<>"@]*?))\s*<([^<>\s]+)>')


def mailbox_in(cell: str) -> tuple[str, str]:
    """The address of a cell such as `Ada Lee <ada@example.org>` or `mailto:ada@example.org`, and its name.

    Any other cell comes back as it is, without a name; `checked_address` says what is wrong with it.
    """
    written = cell.strip()
    if written[:7].casefold() == "mailto:":
        return written[7:].partition("?")[0], ""
    found = _MAILBOX.fullmatch(written)
    return (found[3], (found[1] or found[2]).strip()) if found else (written, "")


def is_mailbox(cell: str) -> bool:
    """Whether a cell is an address, with or without a name before it."""
    try:
        checked_address(mailbox_in(cell)[0])
    except SubscriberError:
        return False
    return True


#: Hosts for which dots before the @ are nothing, and under which name they are counted.
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


def mailbox_of(key: str) -> str:
    """The mailbox that a spelling leads to, for limits alone: two readers may share one.

    What follows a `+` before the @ is the reader's own mark (RFC 5233) and left out; so are dots
    where the host does not see them.

    Args:
        key: the address in the spelling that is compared.
    """
    local, _, domain = key.rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _DOTLESS:
        return f"{local.replace('.', '')}@{_DOTLESS[domain]}"
    return f"{local}@{domain}"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else f"{text[:77]}…")  # noqa: PLR2004 - a line of a terminal
