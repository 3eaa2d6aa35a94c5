"""/editions/ID/add: an address, a text or a file becomes a traced story."""

import base64
import binascii

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from briefing.actions.editions.add_story import LARGEST, add_file, add_written
from briefing.errors import EditionError
from briefing.web.desk.rendering import the_desk
from briefing.web.desk.routes import Form, back_to, wants_json
from briefing.web.desk.security import Visit
from briefing.web.security import CUT

#: Bytes of the form: a file comes as base64, whose signs `+`, `/` and `=` take three each.
LARGEST_FORM = LARGEST * 2


def add(request: Request, who: Visit, form: Form) -> Response:
    """Add what was pasted, or what was dropped or chosen."""
    desk, name, actor = the_desk(request), request.path_params["edition"], who.session.actor
    seen = form.get("seen", "")
    number = int(seen) if seen.isdecimal() and len(seen) < 10 else 0  # noqa: PLR2004
    if CUT in form:
        raise EditionError(f"The file is far too large; the desk takes {LARGEST // 1024**2} MB.")
    if form.get("file"):
        body = _decoded(form["file"])
        done = add_file(desk, name, form.get("name", ""), body, seen=number, actor=actor)
    else:
        done = add_written(desk, name, form.get("written", ""), seen=number, actor=actor)
    if wants_json(request):
        return JSONResponse({"version": done.version, "lost": done.lost})
    return back_to(f"/editions/{name}#stories")


def _decoded(written: str) -> bytes:
    try:
        return base64.b64decode(written, validate=True)
    except binascii.Error as error:
        raise EditionError("The file did not arrive whole. Choose it once more.") from error
