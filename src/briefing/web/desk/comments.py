"""/editions/ID/comment: what editors tell each other; readers never see it."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from briefing.actions.editions.comment import comment, resolve
from briefing.web.desk.rendering import the_desk
from briefing.web.desk.routes import Form, back_to, wants_json
from briefing.web.desk.security import Visit


def say(request: Request, who: Visit, form: Form) -> Response:
    """Keep a comment, or put one aside."""
    desk, name, actor = the_desk(request), request.path_params["edition"], who.session.actor
    number = form.get("resolve", "")
    if number:
        known = int(number) if number.isdecimal() and len(number) < 10 else 0  # noqa: PLR2004
        resolve(desk, name, known, actor=actor)
    else:
        comment(desk, name, form.get("item", ""), form.get("text", ""), actor=actor)
    if wants_json(request):
        return JSONResponse({"version": desk.store.drafts.number(name), "lost": []})
    return back_to(f"/editions/{name}")
