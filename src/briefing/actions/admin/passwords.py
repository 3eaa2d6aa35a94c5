"""Passwords: which will do, how they are kept, and whether one fits."""

import secrets
import threading
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from briefing.errors import DeskError

#: Characters of a password, least and most (NIST SP 800-63B section 3.1.1: 15 without a second
#: factor, no rules of composition; the upper end keeps hashing cheap).
SHORTEST, LONGEST = 15, 256
#: zxcvbn's score from which on guessing is no way in, 0 to 4; it reads no more than so many letters.
_GOOD, _READ = 3, 72
#: Characters that are left of a password once its owner's own words are taken out.
_OF_ITS_OWN = 8
#: OWASP's second choice of argon2id: 19 MiB, two passes; two at once cost no server its memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_AT_ONCE = threading.Semaphore(2)


def hashed(password: str, own_words: Iterable[str]) -> str:
    """A password as it is kept.

    Args:
        password: as it was chosen.
        own_words: the person's name and the house's: whoever guesses tries those first.

    Raises:
        DeskError: when it is too short, common, repeated, or made of the person's own words
            (ASVS 5.0 6.2.4 and 6.2.11), with what to do instead.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise DeskError(
            f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}. "
            "Four or five words do well."
        )
    if why := _weakness(password, [word for word in own_words if word]):
        raise DeskError(f"This password is easy to guess: {why} Four or five words do well.")
    with _AT_ONCE:
        return _HASHER.hash(password)


def fits(kept: str, password: str) -> bool:
    """True when this is the password that is kept."""
    with _AT_ONCE:
        try:
            return len(password) <= LONGEST and _HASHER.verify(kept, password)
        except (VerifyMismatchError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """True when it was hashed with other parameters than new ones are."""
    return _HASHER.check_needs_rehash(kept)


def hashed_again(password: str) -> str:
    """A password that fitted, with the parameters of now."""
    with _AT_ONCE:
        return _HASHER.hash(password)


@cache
def nobodys() -> str:
    """Checked for names that nobody has, so that a guess takes as long as for those somebody has."""
    return _HASHER.hash(secrets.token_urlsafe(16))


def _weakness(password: str, own_words: list[str]) -> str:
    """Why a password is easy to guess, as a sentence; empty when it is not."""
    # A quarter of a second to import, and few commands need it.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    found = zxcvbn(password[:_READ], user_inputs=own_words)
    if found["score"] < _GOOD:
        return found["feedback"]["warning"] or "it is made of few and common parts."
    rest = password.casefold()
    for word in own_words:
        rest = rest.replace(word.casefold(), "")
    if len("".join(filter(str.isalpha, rest))) < min(_OF_ITS_OWN, len(password) // 2):
        return "it is made of your own name or the house's."
    return ""
