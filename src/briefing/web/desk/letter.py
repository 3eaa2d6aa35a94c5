"""/editions/ID/letter: the exact letter, framed, as text, as source, and as the relay gets it."""

import secrets
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from briefing.actions.audit import log_action
from briefing.actions.public import archive
from briefing.actions.public.signup import asking_nobody, site_of
from briefing.actions.readers.lists import reader_at
from briefing.actions.resolve_name import list_of, the_draft
from briefing.actions.review.preview import (
    PreviewMode,
    Shown,
    looked_at,
    part_of,
    read_back,
    show,
)
from briefing.errors import BriefingError, SubscriberError
from briefing.model.edition import Edition
from briefing.model.subscriber import NOBODY
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.routes import Form
from briefing.web.desk.security import FRAME, Visit

_FORMS = ("text", "source", "headers")
#: Addresses that were typed are forgotten when so many others were.
_MOST_TYPED = 100
_TYPED = "typed-"


def frame(request: Request, who: Visit) -> Response:  # noqa: ARG001 - everybody may look
    """The HTML part as some program shows it, or a public page of it, for the preview's frame."""
    headers = {"Content-Security-Policy": FRAME, "X-Frame-Options": "SAMEORIGIN"}
    try:
        page = _framed(request, request.query_params.get("look", PreviewMode.DESKTOP))
    except (BriefingError, ValueError) as error:
        return HTMLResponse(f"<!doctype html><title>-</title><p>{escape(str(error))}", 200, headers)
    served = f"{site_of(the_desk(request))}/pictures/"
    # The public pages may run on another host, or not yet: the desk has the same bytes.
    return HTMLResponse(page.replace(served, "/pictures/"), headers=headers)


def _framed(request: Request, look: str) -> str:
    desk = the_desk(request)
    edition = the_draft(desk, request.path_params["edition"])
    match look:
        case "archive":
            return archive.foreseen(desk, edition)
        case "confirmation":
            return part_of(read_back(asking_nobody(desk, list_of(desk, edition))), "html")
        case _:
            return looked_at(_shown(request, edition), PreviewMode(look))


def letter(request: Request, who: Visit) -> Response:
    """Plain text, HTML source or headers, with the words of the letter itself."""
    form = request.query_params.get("form", "text")
    edition = the_draft(the_desk(request), request.path_params["edition"])
    return draw(
        request,
        "letter",
        who,
        title=f"The letter of {edition.id}",
        edition=edition,
        shown=_shown(request, edition),
        form=form if form in _FORMS else "text",
        reader=request.query_params.get("as", ""),
    )


def download(request: Request, who: Visit) -> Response:  # noqa: ARG001 - everybody may look
    """The letter as a file that mail programs open."""
    edition = the_draft(the_desk(request), request.path_params["edition"])
    return Response(
        _shown(request, edition).letter.wire,
        media_type="message/rfc822",
        headers={"Content-Disposition": f'attachment; filename="{edition.id}.eml"'},
    )


def as_reader(request: Request, who: Visit, form: Form) -> Response:
    """Look at the letter of an address, on the list or not. It stays out of the page's own address."""
    desk, name = the_desk(request), request.path_params["edition"]
    written = form.get("address", "").strip()
    if not written:
        return RedirectResponse(f"/editions/{name}#preview", status_code=303)
    reader = reader_at(desk, the_draft(desk, name).briefing, written)
    is_known = reader.ref != NOBODY
    seen = f"reader {reader.ref}" if is_known else "an address that is on no list"
    log_action(desk, who.session.actor, "look as reader", name, seen)
    mark = reader.ref if is_known else _kept(request, reader.email)
    return RedirectResponse(f"/editions/{name}?as={mark}#preview", status_code=303)


def _kept(request: Request, address: str) -> str:
    typed: dict[str, str] = request.app.state.typed
    for old in list(typed)[: max(0, len(typed) - _MOST_TYPED + 1)]:
        typed.pop(old, None)
    mark = f"{_TYPED}{secrets.token_hex(8)}"
    typed[mark] = address
    return mark


def _shown(request: Request, edition: Edition) -> Shown:
    desk, asked = the_desk(request), request.query_params
    mark, variant = asked.get("as", ""), asked.get("variant", "")
    if not mark.startswith(_TYPED):
        return show(desk, edition, mark, variant)
    address = request.app.state.typed.get(mark)
    if address is None:
        raise SubscriberError("The desk has forgotten that address. Type it once more.")
    return show(desk, edition, "", variant, typed=address)
