"""The desk's application: which path does what, and how faults look."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from briefing.actions.admin.accounts import Invitation
from briefing.actions.context import Desk
from briefing.actions.review.challenges import Challenges
from briefing.errors import BriefingError, EditedMeanwhile, StoreError
from briefing.model.editor import Right
from briefing.web.desk import (
    approval,
    comments,
    dashboard,
    delivery_report,
    edition_page,
    guide,
    inbox,
    letter,
    lost_password,
    openid,
    passkeys,
    past,
    reports,
    sign_in,
    slots,
)
from briefing.web.desk.events import EVENTS
from briefing.web.desk.rendering import tell, the_desk
from briefing.web.desk.routes import action, page, wants_json
from briefing.web.desk.security import HEADERS, visit
from briefing.web.desk.stories import added, picture, source
from briefing.web.guard import HSTS, Guard

_LOG = logging.getLogger("briefing.desk")
_STATIC = Path(__file__).parent / "static"
_KINDS = {"desk.css": "text/css", "desk.js": "text/javascript", "passkeys.js": "text/javascript"}
_FILES = {name: (_STATIC / name).read_bytes() for name in _KINDS}


async def static(request: Request) -> Response:
    """The style sheet and the script."""
    name = request.path_params["name"]
    if name not in _FILES:
        raise HTTPException(404)
    return Response(_FILES[name], media_type=_KINDS[name], headers={"Cache-Control": "no-cache"})


_EDITION = "/editions/{edition}"
ROUTES = (
    Route("/static/{name}", static, methods=["GET"]),
    sign_in.SIGN_IN,
    passkeys.SIGN_IN_OPTIONS,
    openid.BEGIN,
    openid.COME_BACK,
    lost_password.LOST,
    lost_password.NEW,
    action("/sign-out", sign_in.sign_out),
    page("/account", sign_in.account),
    action("/account/password", sign_in.password),
    action("/account/address", sign_in.address),
    action("/account/end", sign_in.end_session),
    action("/account/passkey/make", passkeys.make_options),
    action("/account/passkey/prove", passkeys.proof_options),
    action("/account/passkey/add", passkeys.add),
    action("/account/passkey/remove", passkeys.remove),
    page("/", dashboard.today),
    action("/slots", slots.order, Right.APPROVE),
    action("/drafts", dashboard.make_draft, Right.EDIT),
    page("/inbox/{briefing}", inbox.inbox_page),
    page("/past/{briefing}", past.past),
    page("/rulings", dashboard.rulings),
    action("/rulings/withdraw", dashboard.withdraw, Right.EDIT),
    action("/rulings/forget", dashboard.forget, Right.EDIT),
    page("/log", dashboard.log),
    page("/reports", reports.reports),
    page("/help", guide.guide),
    page(_EDITION, edition_page.sheet_page),
    action(f"{_EDITION}/change", edition_page.change, Right.EDIT),
    action(f"{_EDITION}/add", added.add, Right.EDIT, largest=added.LARGEST_FORM),
    action(f"{_EDITION}/take", inbox.take, Right.EDIT),
    action(f"{_EDITION}/comment", comments.say),
    action(f"{_EDITION}/undo", edition_page.undo, Right.EDIT),
    action(f"{_EDITION}/rebuild", edition_page.rebuild, Right.EDIT),
    page(f"{_EDITION}/versions", edition_page.versions),
    page(f"{_EDITION}/source/{{item:path}}", source.source_page),
    page(f"{_EDITION}/picture/{{item:path}}", picture.picture_page),
    action(
        f"{_EDITION}/picture",
        picture.choose,
        Right.EDIT,
        largest=picture.LARGEST_FORM,
    ),
    page("/pictures/{picture}", picture.kept),
    page(f"{_EDITION}/frame", letter.frame),
    page(f"{_EDITION}/letter", letter.letter),
    page(f"{_EDITION}/letter.eml", letter.download),
    action(f"{_EDITION}/as", letter.as_reader),
    action(f"{_EDITION}/test", approval.test, Right.EDIT),
    action(f"{_EDITION}/passkey", passkeys.approval_options, Right.APPROVE),
    action(f"{_EDITION}/approve", approval.approve, Right.APPROVE),
    action(f"{_EDITION}/reject", approval.reject, Right.APPROVE),
    action(f"{_EDITION}/send", approval.send_now, Right.APPROVE),
    page(f"{_EDITION}/readers", delivery_report.readers),
    action(f"{_EDITION}/retry", delivery_report.retry, Right.SEND),
    action(f"{_EDITION}/steer", delivery_report.steer_letters, Right.SEND, Right.APPROVE),
    action(f"{_EDITION}/correct", delivery_report.correction, Right.APPROVE),
    EVENTS,
)


def make_desk(
    current: Callable[[], Desk],
    invitation: Invitation | None = None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> ASGIApp:
    """The desk over an open desk, which the caller closes after the last request.

    Args:
        current: the desk, under the configuration in force.
        invitation: the one-time link of the person at this machine; None where editors have names.
        is_stopping: True once the server has been told to stop; open pages would keep it waiting.
    """
    app = Starlette(
        routes=ROUTES,
        exception_handlers={
            HTTPException: _refused,
            BriefingError: _not_done,
            Exception: _broken,
        },
    )
    app.router.redirect_slashes = False
    app.state.current, app.state.invitation, app.state.is_stopping = (
        current,
        invitation,
        is_stopping,
    )
    app.state.challenges = Challenges()
    #: Readers that somebody typed to see their letter, by what stands for them in the page's own address.
    app.state.typed = {}
    #: Who has which edition's page open, and how often.
    app.state.here = {}
    settings = current().config.desk
    headers = HEADERS | (HSTS if settings.is_encrypted else {})
    return Guard(app, names=settings.names, headers=headers, refusal="This desk is not here.")


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    said = {
        404: "There is no such page.",
        413: "That is more than this form takes. Nothing was changed.",
    }
    sentence = said.get(status, "The desk could not read that. Go back and try once more.")
    if wants_json(request):
        return JSONResponse({"error": sentence}, status_code=status)
    return await _told(request, "That did not work", sentence, status)


async def _not_done(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, StoreError) else 422
    if isinstance(error, EditedMeanwhile):
        status = 409
    if wants_json(request):
        return JSONResponse({"error": str(error)}, status_code=status)
    # The form was read before it could not be done.
    typed = getattr(request.state, "typed", ())
    return await _told(request, "That was not done", str(error), status, typed)


async def _broken(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the server logs it
    sentence = "Something is wrong with the desk itself. Nothing was half done; ops see more."
    return await _told(request, "The desk cannot do that just now", sentence, 500)


async def _told(
    request: Request, title: str, sentence: str, status: int, typed: Sequence[str] = ()
) -> Response:
    def told() -> Response:
        who = visit(request, the_desk(request))
        edition = request.path_params.get("edition")
        onward = (f"/editions/{edition}", "Back to the edition") if edition else ("/", "Today")
        return tell(request, who, title, sentence, status=status, onward=onward, typed=typed)

    return await run_in_threadpool(told)
