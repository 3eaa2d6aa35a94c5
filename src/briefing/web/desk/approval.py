"""/editions/ID/approve, reject, test and send: a person's word, letters to try, and letting it go."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from briefing.actions.review.approve import approve as approve_edition
from briefing.actions.schedule.send_by_hand import send_by_hand
from briefing.actions.sending.test_send import test_letters
from briefing.counted import counted
from briefing.errors import EditionError
from briefing.model.edition import Edition
from briefing.web.desk.passkeys import signed_approval
from briefing.web.desk.rendering import tell, the_desk
from briefing.web.desk.routes import Form, back_to, wants_json
from briefing.web.desk.security import Visit

_BETWEEN = re.compile(r"[\s,;]+")
#: Test letters at once; more is a mailing.
_MOST = 10


def approve(request: Request, who: Visit, form: Form) -> Response:
    """Approve exactly the bytes that were shown."""
    return _say(request, who, form, yes=True)


def reject(request: Request, who: Visit, form: Form) -> Response:
    """Send the edition back, with the reason."""
    return _say(request, who, form, yes=False)


def test(request: Request, who: Visit, form: Form) -> Response:
    """Send the letter, marked [TEST], to a few addresses and remember them."""
    desk, name = the_desk(request), request.path_params["edition"]
    addresses = tuple(filter(None, _BETWEEN.split(form.get("addresses", ""))))
    if not addresses or len(addresses) > _MOST:
        raise EditionError(f"A test goes to 1 to {_MOST} addresses; you gave {len(addresses)}.")
    sent = test_letters(desk, name, addresses, actor=who.session.actor)
    said = f"{counted(len(sent), 'letter')} marked [TEST] went to {', '.join(sent)}."
    if wants_json(request):
        return JSONResponse({"said": said})
    return tell(
        request,
        who,
        "Test letters sent",
        said,
        onward=(f"/editions/{name}", "Back to the edition"),
    )


def send_now(request: Request, who: Visit, form: Form) -> Response:
    """Let an edition that has no hour leave; its letters do not come back."""
    desk, name = the_desk(request), request.path_params["edition"]
    require_tick(form)
    send_by_hand(desk, name, actor=who.session.actor)
    return tell(
        request,
        who,
        f"{name} leaves now",
        "The sender takes its letters up within half a minute; without `briefing serve`, run "
        "`briefing send`. The page of its readers counts them, pauses them and ends them.",
        onward=(f"/editions/{name}/readers", "To its readers"),
    )


def require_tick(form: Form) -> None:
    """Let letters leave only for somebody who has ticked that they know what it means.

    Raises:
        EditionError: when the box is not ticked.
    """
    if form.get("sure") != "yes":
        raise EditionError("Tick the box first: letters that have left do not come back.")


def _say(request: Request, who: Visit, form: Form, *, yes: bool) -> Response:
    desk, name = the_desk(request), request.path_params["edition"]
    done = approve_edition(
        desk,
        name,
        seen=form.get("hash", ""),
        seen_variants=form.get("variants", "").split(),
        yes=yes,
        actor=who.session.actor,
        note=form.get("note", ""),
        accepts_warnings=form.get("warnings") == "read",
        signed=signed_approval(request, name, form) if yes else None,
    )
    if not yes:
        return back_to(f"/editions/{name}#approval")
    if done.missing:
        more = counted(done.missing, "more person", "more people")
        return _told(request, who, done.edition, f"It leaves when {more} approved the same bytes.")
    return _told(
        request, who, done.edition, "Exactly these bytes will be sent; any change voids your word."
    )


def _told(request: Request, who: Visit, edition: Edition, sentence: str) -> Response:
    return tell(
        request,
        who,
        f"You approved {edition.id}",
        sentence,
        onward=(f"/editions/{edition.id}#approval", "Back to the edition"),
    )
