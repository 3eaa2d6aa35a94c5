"""Passkeys: what editors sign in with, and with which approvers sign the very bytes (WebAuthn level 3).

An approval's challenge is made of the edition and the SHA-256 of its email, so what the device signs is
a word on these bytes and no others. The answer is kept in the desk's log, where anybody can verify it
again with the public key that stands there too.
"""

import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.review.challenges import (
    Challenges,
    DeskAddress,
    approval_of,
    challenge_of,
    from_base64url,
    read_answer,
    to_base64url,
)
from briefing.errors import DeskError
from briefing.model.audit_entry import AuditEntry
from briefing.model.editor import Passkey

#: What the log calls it that a passkey came, went, or signed an approval.
ADDED, REMOVED, SIGNED = "add passkey", "remove passkey", "sign"
_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """An approval's signature as the log keeps it: all that is needed to verify it but the public key."""

    credential: str
    nonce: str
    name: str
    origin: str
    client_data: str
    authenticator_data: str
    signature: str


def creation_options(desk: Desk, address: DeskAddress, actor: str, challenges: Challenges) -> Any:
    """What a browser needs to make a passkey, as JSON values."""
    import webauthn  # noqa: PLC0415 - only who has passkeys waits for it
    from webauthn.helpers import structs  # noqa: PLC0415

    user = hmac.new(desk.keys[-1], f"editor {actor}".encode(), sha256).digest()
    options = webauthn.generate_registration_options(
        rp_id=address.name,
        rp_name=desk.config.site.name,
        user_name=actor,
        user_id=user,
        challenge=challenges.ask(f"add {actor}", desk.clock().timestamp()),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=from_base64url(one.credential))
            for one in desk.store.passkeys.of(actor)
        ],
    )
    return json.loads(webauthn.options_to_json(options))


def request_options(
    desk: Desk, address: DeskAddress, purpose: str, challenges: Challenges, actor: str = ""
) -> Any:
    """What a browser needs to sign, as JSON values; with any passkey of the desk where nobody is named."""
    import webauthn  # noqa: PLC0415 - as above
    from webauthn.helpers import structs  # noqa: PLC0415

    options = webauthn.generate_authentication_options(
        rp_id=address.name,
        challenge=challenges.ask(purpose, desk.clock().timestamp()),
        allow_credentials=[
            structs.PublicKeyCredentialDescriptor(id=from_base64url(one.credential))
            for one in (desk.store.passkeys.of(actor) if actor else ())
        ],
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return json.loads(webauthn.options_to_json(options))


def add_passkey(
    desk: Desk, address: DeskAddress, actor: str, challenges: Challenges, written: str, title: str
) -> Passkey:
    """Keep the passkey that somebody's browser made.

    Raises:
        DeskError: when the answer is not one to what was asked, or the passkey is known already.
    """
    import webauthn  # noqa: PLC0415 - as above

    answer = read_answer(written)
    challenge, _ = challenges.take(answer, f"add {actor}", desk.clock().timestamp())
    found = _proved(
        lambda: webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=address.name,
            expected_origin=address.origin,
            require_user_verification=True,
        )
    )
    passkey = Passkey(
        credential=to_base64url(found.credential_id),
        actor=actor,
        title=title.strip()[:_TITLE] or "Passkey",
        public_key=to_base64url(found.credential_public_key),
        sign_count=found.sign_count,
        since=desk.clock().timestamp(),
    )
    desk.store.passkeys.add(passkey)
    told = {"credential": passkey.credential, "public_key": passkey.public_key}
    log_action(desk, actor, ADDED, detail=json.dumps({**told, "title": passkey.title}))
    return passkey


def remove_passkey(desk: Desk, passkey: Passkey, actor: str) -> None:
    """Take a passkey away; whoever has none left approves without one."""
    desk.store.passkeys.remove(passkey.credential)
    told = {"credential": passkey.credential, "of": passkey.actor, "title": passkey.title}
    log_action(desk, actor, REMOVED, detail=json.dumps(told))


def prove(
    desk: Desk, address: DeskAddress, purpose: str, challenges: Challenges, written: str
) -> tuple[Passkey, Signature]:
    """Whose passkey signed for a purpose.

    Raises:
        DeskError: when none did.
    """
    answer = read_answer(written)
    challenge, nonce = challenges.take(answer, purpose, desk.clock().timestamp())
    passkey = desk.store.passkeys.find(str(answer.get("id", "")))
    if passkey is None:
        raise DeskError("That passkey is not known here. Sign in with your password.")
    said = _signature(answer, nonce, address)
    count = _verify(said, challenge, passkey.public_key, passkey.sign_count)
    desk.store.passkeys.counted(passkey.credential, count)
    return passkey, said


def refuse_unsigned(
    desk: Desk,
    edition: str,
    content_hash: str,
    actor: str,
    signed: tuple[Passkey, Signature] | None,
) -> None:
    """Let nobody who has a passkey approve without it; a signature goes into the log.

    Args:
        desk: the desk.
        edition: its id.
        content_hash: of the email that is approved.
        actor: who approves.
        signed: what `prove` gave for these very bytes; None for nothing.

    Raises:
        DeskError: when somebody who has one did not sign, or somebody else's passkey did.
    """
    if signed is None:
        if desk.store.passkeys.of(actor):
            raise DeskError(
                f"{actor} signs approvals with a passkey: approve {edition} at the desk, in a browser."
            )
        return
    passkey, said = signed
    if passkey.actor != actor:
        raise DeskError(f"That passkey is {passkey.actor}'s, and {actor} approves.")
    log_action(desk, actor, SIGNED, edition, json.dumps(asdict(said)), content_hash)


def verify_again(entry: AuditEntry, public_key: str) -> None:
    """Verify a line of the log that holds an approval's signature.

    Raises:
        DeskError: when it is not a signature of these bytes with this key.
    """
    said = Signature(**read_answer(entry.detail))
    challenge = challenge_of(approval_of(entry.edition, entry.hash), said.nonce)
    _verify(said, challenge, public_key, 0)


def _verify(said: Signature, challenge: bytes, public_key: str, count: int) -> int:
    """How often the passkey has signed by now.

    Raises:
        DeskError: when it did not sign this.
    """
    import webauthn  # noqa: PLC0415 - as above

    answer = {
        "id": said.credential,
        "rawId": said.credential,
        "type": "public-key",
        "response": {
            "clientDataJSON": said.client_data,
            "authenticatorData": said.authenticator_data,
            "signature": said.signature,
        },
    }
    found = _proved(
        lambda: webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=said.name,
            expected_origin=said.origin,
            credential_public_key=from_base64url(public_key),
            credential_current_sign_count=count,
            require_user_verification=True,
        )
    )
    return int(found.new_sign_count)


def _signature(answer: dict[str, Any], nonce: str, address: DeskAddress) -> Signature:
    response = answer.get("response")
    found = response if isinstance(response, dict) else {}
    return Signature(
        credential=str(answer.get("id", "")),
        nonce=nonce,
        name=address.name,
        origin=address.origin,
        client_data=str(found.get("clientDataJSON", "")),
        authenticator_data=str(found.get("authenticatorData", "")),
        signature=str(found.get("signature", "")),
    )


def _proved(work: Callable[[], Any]) -> Any:
    """What the library finds.

    Raises:
        DeskError: when it finds anything wrong; on answers of strangers it also raises what Python does.
    """
    try:
        return work()
    except Exception as error:
        raise DeskError(f"The passkey's answer does not hold: {error}.") from error
