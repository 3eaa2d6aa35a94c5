"""/preferences/TOKEN: the reader's name, a pause, and the way out."""

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.public import preferences
from briefing.actions.public.signup import ReaderView
from briefing.model.subscriber import Standing
from briefing.web.rendering import front_desk, page, spoken
from briefing.web.security import read_form
from briefing.web.unsubscribe import gone

PURPOSE = "preferences"


class Preferences(HTTPEndpoint):
    """One page with three small forms."""

    async def get(self, request: Request) -> Response:
        """Show what we keep of the reader."""
        token = request.path_params["token"]
        reader = await run_in_threadpool(
            preferences.preferences, front_desk(request), PURPOSE, token
        )
        return _shown(request, reader)

    async def post(self, request: Request) -> Response:
        """Do what the pressed button says."""
        desk, token = front_desk(request), request.path_params["token"]
        form = await read_form(request)
        match form.get("do"):
            case "save":
                name = form.get("name", "")
                reader = await run_in_threadpool(preferences.rename, desk, token, name)
                note = "saved"
            case "pause":
                reader = await run_in_threadpool(preferences.pause, desk, token)
                note = "now_paused"
            case "resume":
                reader = await run_in_threadpool(preferences.resume, desk, token)
                note = "resumed"
            case "leave":
                reader = await run_in_threadpool(preferences.unsubscribe, desk, PURPOSE, token)
                note = ""
            case _:
                raise HTTPException(400)
        return _shown(request, reader, note)


def _shown(request: Request, reader: ReaderView | None, note: str = "") -> Response:
    if reader is None or reader.is_gone:
        return gone(request, reader)
    return page(
        request,
        "preferences",
        title=reader.title,
        reader=reader,
        note=spoken(request).pages[note] if note else "",
        paused=reader.standing is Standing.PAUSED,
        pending=reader.standing is Standing.PENDING,
    )
