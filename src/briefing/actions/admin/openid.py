"""Signing in by an OpenID provider of the house: it says who somebody is, and the desk what they may.

OpenID Connect Core 1.0, the code flow (section 3.1) with PKCE (RFC 7636). Nothing the provider says is
believed before its signature, issuer, audience, time and nonce have been checked (section 3.1.3.7).
"""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode

from briefing.actions.admin.accounts import begin_session
from briefing.actions.context import Desk
from briefing.actions.event_loop import in_loop
from briefing.actions.gather.read_sources import reach
from briefing.config.openid import OpenId
from briefing.config.secrets import secret_of
from briefing.errors import DeskError, SourceError, SubscriberError
from briefing.subscribers.tokens import sign, verify

#: Seconds for one answer of the provider, and from the first step of a sign-in to the last.
_PATIENCE, _WITHIN = 10.0, 600.0
#: Bytes of an answer, and seconds by which clocks may differ.
_LARGEST, _LEEWAY = 256 * 1024, 60
#: Signatures by a key that the provider alone has; never `none`, never one made with a shared secret.
ALGORITHMS = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
]
_PURPOSE = "openid"
BACK = "/sign-in/openid/back"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInBegun:
    """Where the browser goes, and what it holds meanwhile."""

    url: str
    held: str


def begin_openid(desk: Desk, to: str) -> SignInBegun:
    """Send somebody to the provider.

    Args:
        desk: the desk.
        to: the page to come back to; "" for the first.

    Raises:
        DeskError: when config.toml names no provider, or it cannot be asked.
    """
    settings = _settings(desk)
    found = _discovered(desk, settings)
    claims = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = urlsafe_b64encode(sha256(claims["verifier"].encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": settings.client_id,
        "redirect_uri": _back(desk),
        "scope": "openid email profile",
        "state": claims["state"],
        "nonce": claims["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    sign_on = _text(found, "authorization_endpoint")
    held = sign(_PURPOSE, claims | {"at": repr(desk.clock().timestamp()), "to": to}, desk.keys[0])
    return SignInBegun(
        url=f"{sign_on}{'&' if '?' in sign_on else '?'}{urlencode(asked)}", held=held
    )


def finish_openid(desk: Desk, held: str, *, state: str, code: str, browser: str) -> tuple[str, str]:
    """Let somebody in whom the provider knows and the desk has as an editor.

    Args:
        desk: the desk.
        held: what the browser was given at the beginning.
        state: as the provider handed it back.
        code: by which the provider tells who it is.
        browser: as it calls itself.

    Returns:
        What the browser holds from now on, and the page to go on to.

    Raises:
        DeskError: in every other case.
    """
    settings, begun = _settings(desk), _begun(desk, held, state)
    found = _discovered(desk, settings)
    token = _token(desk, settings, found, code, begun["verifier"])
    keys = _json(desk, _text(found, "jwks_uri"), led_by=settings.issuer)
    claims = _claims(desk, settings, token, keys, begun["nonce"])
    name = _name(settings, claims)
    editor = desk.store.editors.find(name)
    if editor is None:
        raise DeskError(
            f"{name} is not an editor of this desk. Whoever runs it adds you: `briefing editors add`, "
            "or [desk.openid] people."
        )
    return begin_session(desk, editor.name, editor.role, browser), begun["to"]


def _settings(desk: Desk) -> OpenId:
    if desk.config.desk.openid is None:
        raise DeskError("This desk knows no such way to sign in.")
    return desk.config.desk.openid


def _back(desk: Desk) -> str:
    settings = desk.config.desk
    way = "https" if settings.is_encrypted else "http"
    return f"{(settings.public_url or f'{way}://{settings.listen}').rstrip('/')}{BACK}"


def _begun(desk: Desk, held: str, state: str) -> dict[str, str]:
    """What was begun in this very browser, lately."""
    try:
        begun = verify(_PURPOSE, held, desk.keys)
    except (SubscriberError, ValueError) as error:
        raise DeskError("That sign-in was begun in another browser, or too long ago.") from error
    is_old = desk.clock().timestamp() - float(begun["at"]) > _WITHIN
    if is_old or not compare_digest(begun["state"].encode(), state.encode()):
        raise DeskError("That sign-in was begun in another browser, or too long ago. Begin again.")
    return begun


def _discovered(desk: Desk, settings: OpenId) -> dict[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 1.0 section 4)."""
    place = f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration"
    found = _json(desk, place)
    if found.get("issuer") != settings.issuer:
        raise DeskError(
            f"The provider at {settings.issuer} calls itself {str(found.get('issuer'))[:200]!r}: write "
            "[desk.openid] issuer as it does."
        )
    return found


def _token(desk: Desk, settings: OpenId, found: dict[str, Any], code: str, verifier: str) -> str:
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _back(desk),
        "client_id": settings.client_id,
        "code_verifier": verifier,
        "client_secret": secret_of(
            desk.config, "desk.openid", settings.secret, settings.secret_file
        ),
    }
    place = _text(found, "token_endpoint")
    return _text(_json(desk, place, form=urlencode(asked), led_by=settings.issuer), "id_token")


def _claims(
    desk: Desk, settings: OpenId, token: str, keys: dict[str, Any], nonce: str
) -> dict[str, Any]:
    """What a token says whose signature, issuer, audience, time and nonce are right."""
    # Here and below: 12 MB, and most houses have no provider.
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    rules = jwt.JWTClaimsRegistry(
        now=int(desk.clock().timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": settings.issuer},
        aud={"essential": True, "value": settings.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        said = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims  # type: ignore[arg-type] # it is checked there
        rules.validate(said)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise DeskError(f"What the provider says of you does not hold: {error}.") from error
    audience = said["aud"]
    if isinstance(audience, list) and len(audience) > 1 and said.get("azp") != settings.client_id:
        raise DeskError("What the provider says of you was said to another program.")
    return said


def _name(settings: OpenId, claims: dict[str, Any]) -> str:
    """The editor's name that somebody goes by."""
    value = str(claims.get(settings.claim) or "")
    if settings.claim == "email" and claims.get("email_verified") is not True:
        raise DeskError(
            "The provider has not verified your e-mail address, so it proves nothing here."
        )
    if not value or not value.isprintable():
        raise DeskError(
            f"The provider does not say your {settings.claim}; see [desk.openid] claim."
        )
    return settings.people.get(value, value)


def _json(desk: Desk, url: str, *, form: str = "", led_by: str = "") -> dict[str, Any]:
    from briefing.fetching.fetcher import Ask, Fetcher  # noqa: PLC0415 - see above

    ask = Ask(url=url, form=form, led_by=led_by, seconds=_PATIENCE, largest=_LARGEST)

    async def fetch() -> bytes:
        async with Fetcher(reach(desk.config)) as fetcher:
            return (await fetcher.get(ask)).body

    try:
        found = json.loads(in_loop(fetch))
    except SourceError as error:
        raise DeskError(
            f"The provider {url} {error}. Try again, or sign in by password."
        ) from error
    except (ValueError, RecursionError) as error:
        raise DeskError(f"The provider {url} did not answer with JSON.") from error
    if not isinstance(found, dict):
        raise DeskError(f"The provider {url} did not answer with a JSON object.")
    return found


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value:
        raise DeskError(f"The provider does not say its {name}.")
    return value
