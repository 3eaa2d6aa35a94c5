"""/editions/ID/letter: the exact letter, framed, as text, as source, and as the relay gets it."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from briefing.actions.audit import log_action
from briefing.actions.public.signup import site_of
from briefing.actions.readers.lists import reader_at
from briefing.actions.resolve_name import the_draft
from briefing.actions.review.preview import PreviewMode, Shown, looked_at, show
from briefing.errors import BriefingError
from briefing.model.edition import Edition
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.routes import Form
from briefing.web.desk.security import FRAME, Visit

_FORMS = ("text", "source", "headers")


def frame(request: Request, who: Visit) -> Response:  # noqa: ARG001 - everybody may look
    """The HTML part as some program shows it, for the preview's frame."""
    headers = {"Content-Security-Policy": FRAME, "X-Frame-Options": "SAMEORIGIN"}
    try:
        look = PreviewMode(request.query_params.get("look", PreviewMode.DESKTOP))
        _, shown = _shown(request)
    except (BriefingError, ValueError) as error:
        return HTMLResponse(f"<!doctype html><title>-</title><p>{escape(str(error))}", 200, headers)
    served = f"{site_of(the_desk(request))}/pictures/"
    # The public pages may run on another host, or not yet: the desk has the same bytes.
    return HTMLResponse(looked_at(shown, look).replace(served, "/pictures/"), headers=headers)


def letter(request: Request, who: Visit) -> Response:
    """Plain text, HTML source or headers, with the words of the letter itself."""
    form = request.query_params.get("form", "text")
    edition, shown = _shown(request)
    return draw(
        request,
        "letter",
        who,
        title=f"The letter of {edition.id}",
        edition=edition,
        shown=shown,
        form=form if form in _FORMS else "text",
        reader=request.query_params.get("as", ""),
    )


def download(request: Request, who: Visit) -> Response:  # noqa: ARG001 - everybody may look
    """The letter as a file that mail programs open."""
    edition, shown = _shown(request)
    return Response(
        shown.letter.wire,
        media_type="message/rfc822",
        headers={"Content-Disposition": f'attachment; filename="{edition.id}.eml"'},
    )


def as_reader(request: Request, who: Visit, form: Form) -> Response:
    """Look at the letter of one subscriber. Their address stays out of the page's own address."""
    desk, name = the_desk(request), request.path_params["edition"]
    written = form.get("address", "").strip()
    if not written:
        return RedirectResponse(f"/editions/{name}#preview", status_code=303)
    reader = reader_at(desk, the_draft(desk, name).briefing, written)
    log_action(desk, who.session.actor, "look as reader", name, f"reader {reader.ref}")
    return RedirectResponse(f"/editions/{name}?as={reader.ref}#preview", status_code=303)


def _shown(request: Request) -> tuple[Edition, Shown]:
    desk = the_desk(request)
    edition = the_draft(desk, request.path_params["edition"])
    asked = request.query_params
    return edition, show(desk, edition, asked.get("as", ""), asked.get("variant", ""))
