"""Challenges: what browsers are asked to sign with a passkey, each good for one answer."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from briefing.errors import DeskError

#: Seconds that a browser may take for its answer.
_PATIENCE = 300.0
#: Questions that are open at once; the oldest are forgotten first.
_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskAddress:
    """Where a browser met the desk: a passkey holds for one name only."""

    #: The host's name: WebAuthn's RP ID.
    name: str
    #: With scheme and port, as the browser tells it.
    origin: str


@dataclass
class Challenges:
    """What browsers were asked to sign; each question is good for one answer. It lives as long as the process."""

    _open: dict[bytes, tuple[str, str, float]] = field(default_factory=dict)

    def ask(self, purpose: str, now: float) -> bytes:
        """A new challenge for one purpose, which the challenge is made of."""
        nonce = secrets.token_hex(16)
        challenge = challenge_of(purpose, nonce)
        self._open[challenge] = (purpose, nonce, now + _PATIENCE)
        while len(self._open) > _MOST:
            del self._open[next(iter(self._open))]
        return challenge

    def take(self, answer: dict[str, Any], purpose: str, now: float) -> tuple[bytes, str]:
        """Use up the challenge that an answer is to.

        Returns:
            The challenge and the nonce in it.

        Raises:
            DeskError: when it was asked for something else, too long ago, or answered already.
        """
        challenge = _challenge_in(answer)
        asked, nonce, until = self._open.pop(challenge, ("", "", 0.0))
        if asked != purpose or until < now:
            raise DeskError("That signature is not an answer to what was asked. Do it again.")
        return challenge, nonce


def challenge_of(purpose: str, nonce: str) -> bytes:
    """What a device signs for a purpose: SHA-256 of both, a line each."""
    return sha256(f"{purpose}\n{nonce}".encode()).digest()


def approval_of(edition: str, content_hash: str) -> str:
    """The purpose of a signature under an approval."""
    return f"approve {edition} {content_hash}"


def read_answer(written: str) -> dict[str, Any]:
    """JSON of a browser, or of the log.

    Raises:
        DeskError: when it is not an object.
    """
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise DeskError("That is not the answer of a passkey. Reload the page and do it again.")
    return found


def to_base64url(content: bytes) -> str:
    """Bytes as WebAuthn writes them in JSON: base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Bytes, as WebAuthn writes them in JSON."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _challenge_in(answer: dict[str, Any]) -> bytes:
    try:
        said = json.loads(from_base64url(answer["response"]["clientDataJSON"]))
        return from_base64url(said["challenge"])
    except (KeyError, TypeError, ValueError):
        return b""
