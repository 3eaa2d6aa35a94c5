"""/editions/ID/letter: the exact letter, framed, as text, as source, and as the relay gets it."""

import secrets
from dataclasses import replace
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
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
from briefing.actions.review.reader_form import reader_form
from briefing.errors import BriefingError, SubscriberError
from briefing.model.edition import Edition
from briefing.model.subscriber import EVERYTHING, NOBODY, Choice, Subscriber
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.routes import Form
from briefing.web.desk.security import FRAME, Visit

_FORMS = ("text", "source", "headers")
#: Readers that were typed are forgotten when so many others were.
_MOST_TYPED = 100
_TYPED = "typed-"


def frame(request: Request, who: Visit) -> Response:  # noqa: ARG001 - everybody may look
    """The HTML part as some program shows it, or a public page of it, for the preview's frame."""
    headers = {"Content-Security-Policy": FRAME, "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(framed(request), headers=headers)


def framed(request: Request, edition: Edition | None = None) -> str:
    """What the preview's frame shows, for the look, the reader and the variant of the address.

    Args:
        request: whose path names the edition.
        edition: as it stands, where that is known.
    """
    try:
        edition = edition or the_draft(the_desk(request), request.path_params["edition"])
        page = _framed(request, edition, request.query_params.get("look", PreviewMode.DESKTOP))
    except (BriefingError, ValueError) as error:
        return f"<!doctype html><title>-</title><p>{escape(str(error))}"
    served = f"{site_of(the_desk(request))}/pictures/"
    # The public pages may run on another host, or not yet: the desk has the same bytes.
    return page.replace(served, "/pictures/")


def _framed(request: Request, edition: Edition, look: str) -> str:
    desk = the_desk(request)
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
    """Look at the letter of an address, on the list or not. It stays out of the page's own address.

    What is ticked of topics stands in for what they chose themselves.
    """
    desk, name = the_desk(request), request.path_params["edition"]
    written, edition = form.get("address", "").strip(), the_draft(the_desk(request), name)
    choice = _ticked(desk, edition, form)
    if not written and choice is None:
        return RedirectResponse(f"/editions/{name}#preview", status_code=303)
    reader = reader_at(desk, edition.briefing, written or "reader@example.org")
    is_known = reader.ref != NOBODY
    seen = f"reader {reader.ref}" if is_known else "an address that is on no list"
    log_action(desk, who.session.actor, "look as reader", name, seen)
    if choice is None and is_known:
        mark = reader.ref
    else:
        mark = _kept(request, replace(reader, choice=choice or EVERYTHING, id=0, ref=NOBODY))
    return RedirectResponse(f"/editions/{name}?as={mark}#preview", status_code=303)


def _ticked(desk: Desk, edition: Edition, form: Form) -> Choice | None:
    """The choice that was ticked; None where nothing was."""
    known = desk.config.lists[list_of(desk, edition)].topics
    topics = tuple(sorted(key for key in known if form.get(f"topic-{key}")))
    is_weekly = bool(form.get("weekly"))
    return Choice(topics=topics, weekly=is_weekly) if topics or is_weekly else None


def _kept(request: Request, reader: Subscriber) -> str:
    typed: dict[str, Subscriber] = request.app.state.typed
    for old in list(typed)[: max(0, len(typed) - _MOST_TYPED + 1)]:
        typed.pop(old, None)
    mark = f"{_TYPED}{secrets.token_hex(8)}"
    typed[mark] = reader
    return mark


def reader_asked(request: Request) -> Subscriber | None:
    """Whose letter the page's own address asks for; None for nobody's.

    Raises:
        SubscriberError: when there is no such reader, or the desk has forgotten what was typed.
    """
    mark = request.query_params.get("as", "")
    if not mark.startswith(_TYPED):
        return the_desk(request).store.subscribers.by_ref(mark) if mark else None
    typed: dict[str, Subscriber] = request.app.state.typed
    if mark not in typed:
        raise SubscriberError("The desk has forgotten that address. Type it once more.")
    return typed[mark]


def reader_said(request: Request, edition: Edition) -> str:
    """Which form of the edition the reader gets whose letter is asked for, in a sentence."""
    try:
        reader = reader_asked(request)
        return "" if reader is None else reader_form(the_desk(request), edition, reader).said
    except BriefingError:
        return ""  # the preview says so itself


def _shown(request: Request, edition: Edition) -> Shown:
    variant = request.query_params.get("variant", "")
    return show(the_desk(request), edition, reader_asked(request), variant)
