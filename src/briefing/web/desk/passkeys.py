"""Passkeys at the desk: what a browser is asked to sign, and what it signed."""

import ipaddress
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from briefing.actions.admin.accounts import SIGN_IN, add_own_passkey, owner_of, prove_own
from briefing.actions.review.challenges import Challenges, DeskAddress, approval_of
from briefing.actions.review.passkeys import (
    Signature,
    creation_options,
    prove,
    remove_passkey,
    request_options,
)
from briefing.errors import DeskError
from briefing.model.editor import Passkey
from briefing.web.desk.rendering import the_desk
from briefing.web.desk.routes import Form, back_to
from briefing.web.desk.security import Visit, comes_from_here
from briefing.web.guard import host_and_port


def address_of(request: Request) -> DeskAddress | None:
    """Where the browser meets the desk; None at a number, for which no passkey can be made.

    A passkey holds for a name (WebAuthn level 3, section 5.1.2): the one that [desk] public_url
    has, or `localhost`. The guard lets no other name pass.
    """
    found = host_and_port(f"//{request.headers.get('host', '')}")
    if found is None or _is_number(found[0]):
        return None
    name, port = found
    scheme = "https" if the_desk(request).config.desk.is_encrypted else "http"
    return DeskAddress(name=name, origin=f"{scheme}://{name}{f':{port}' if port else ''}")


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def named_address(request: Request) -> DeskAddress:
    """Where the browser meets the desk.

    Raises:
        DeskError: at a number.
    """
    found = address_of(request)
    if found is None:
        raise DeskError(
            "Passkeys hold for a name and not for a number: open the desk as localhost, or by its "
            "[desk] public_url."
        )
    return found


def challenges_of(request: Request) -> Challenges:
    """What browsers were asked to sign since the desk was started."""
    return cast("Challenges", request.app.state.challenges)


def make_options(request: Request, who: Visit, form: Form) -> Response:  # noqa: ARG001 - no field
    """What a browser needs to make a passkey, and to prove whose it will be where there is one already."""
    desk, name, held = the_desk(request), who.session.actor, challenges_of(request)
    address = named_address(request)
    return JSONResponse(
        {
            "create": creation_options(desk, address, name, held),
            "get": request_options(desk, address, owner_of(name), held, name)
            if desk.store.passkeys.of(name)
            else None,
        }
    )


def proof_options(request: Request, who: Visit, form: Form) -> Response:  # noqa: ARG001 - no field
    """What a browser needs to prove who is there."""
    name, held = who.session.actor, challenges_of(request)
    purpose = owner_of(name)
    return _asked(request_options(the_desk(request), named_address(request), purpose, held, name))


def approval_options(request: Request, who: Visit, form: Form) -> Response:
    """What a browser needs to sign an approval of exactly these bytes."""
    purpose = approval_of(request.path_params["edition"], form.get("hash", ""))
    name, held = who.session.actor, challenges_of(request)
    return _asked(request_options(the_desk(request), named_address(request), purpose, held, name))


def signed_approval(request: Request, edition: str, form: Form) -> tuple[Passkey, Signature] | None:
    """What the browser signed; None where it sent nothing.

    Raises:
        DeskError: when it does not hold for these bytes.
    """
    if not form.get("passkey"):
        return None
    purpose = approval_of(edition, form.get("hash", ""))
    address, held = named_address(request), challenges_of(request)
    return prove(the_desk(request), address, purpose, held, form["passkey"])


def add(request: Request, who: Visit, form: Form) -> Response:
    """Keep a passkey of one's own."""
    add_own_passkey(
        the_desk(request),
        named_address(request),
        challenges_of(request),
        who.session.actor,
        password=form.get("old", ""),
        proof=form.get("passkey", ""),
        made=form.get("made", ""),
        title=form.get("title", ""),
    )
    return back_to("/account#passkeys")


def remove(request: Request, who: Visit, form: Form) -> Response:
    """Take one of one's own passkeys away."""
    desk, name = the_desk(request), who.session.actor
    own = {one.credential: one for one in desk.store.passkeys.of(name)}
    prove_own(desk, named_address(request), challenges_of(request), name, form.get("passkey", ""))
    if form.get("credential") not in own:
        raise DeskError("That passkey is not one of yours; nothing was changed.")
    remove_passkey(desk, own[form["credential"]], name)
    return back_to("/account#passkeys")


async def _sign_in_options(request: Request) -> Response:
    """What a browser needs to sign in by any passkey of this desk; whoever asks."""
    if not comes_from_here(request):
        raise HTTPException(403)

    def asked() -> Response:
        held = challenges_of(request)
        return _asked(request_options(the_desk(request), named_address(request), SIGN_IN, held))

    return await run_in_threadpool(asked)


SIGN_IN_OPTIONS = Route("/sign-in/passkey", _sign_in_options, methods=["POST"])


def _asked(options: object) -> Response:
    return JSONResponse({"create": None, "get": options})
