"""/editions/ID/readers: what became of the letters, and what was wrong in them."""

from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.audit import log_action
from briefing.actions.editions.correct import correct
from briefing.actions.resolve_name import the_draft
from briefing.actions.sending.delivery_report import AGAIN, delivery_page, try_again
from briefing.actions.sending.steer_mailing import steer
from briefing.counted import counted
from briefing.errors import SendError
from briefing.model.delivery import State
from briefing.model.editor import Right
from briefing.model.mailing import MailingStatus
from briefing.web.desk.charts import bars
from briefing.web.desk.rendering import draw, tell, the_desk
from briefing.web.desk.routes import Form, back_to
from briefing.web.desk.security import Visit

_MEANING = {
    State.PENDING: "wait their turn",
    State.POSTING: "are on the wire",
    State.POSTED: "were taken by the relay",
    State.DEFERRED: "were put off, and are tried again",
    State.BOUNCED: "were refused for good",
    State.IN_DOUBT: "may have arrived: the last reply was not seen",
    State.SKIPPED: "were not sent: the reader had left",
}
#: Of letters in doubt where on_doubt = "hold": nobody but a person goes on.
_HELD = "may have arrived: the last reply was not seen. They wait for you: whom you try again may get two"


def readers(request: Request, who: Visit) -> Response:
    """Counts, rows by state, corrections."""
    desk, name = the_desk(request), request.path_params["edition"]
    written, page = request.query_params.get("state", ""), request.query_params.get("page", "0")
    state = State(written) if written in tuple(State) else None
    number = int(page) if page.isdecimal() and len(page) < 6 else 0  # noqa: PLR2004
    found = delivery_page(desk, name, state, number)
    clicks = desk.store.clicks.of(name)
    meaning = _MEANING | ({State.IN_DOUBT: _HELD} if desk.config.send.on_doubt == "hold" else {})
    rows = [(str(each), found.counts.get(each, 0), meaning[each]) for each in State]
    return draw(
        request,
        "readers",
        who,
        title=f"Readers of {name}",
        edition=the_draft(desk, name),
        found=found,
        clicks=clicks,
        opinions=desk.store.opinions.of(name),
        asks_opinions=desk.config.public.ask_opinions,
        followed=bars([(f"{one.number}", one.people) for one in clicks]),
        drawn=bars([(label.replace("_", " "), count) for label, count, _ in rows]),
        states=rows,
        state=state,
        page=number,
        again=AGAIN,
        may_send=who.session.may(Right.SEND),
        may_steer=who.session.may(Right.SEND) or who.session.may(Right.APPROVE),
        waiting=sum(found.counts.get(each, 0) for each in (State.PENDING, State.DEFERRED)),
        may_approve=who.session.may(Right.APPROVE),
    )


def retry(request: Request, who: Visit, form: Form) -> Response:
    """Try letters of one state again."""
    desk, name = the_desk(request), request.path_params["edition"]
    if form.get("state", "") not in tuple(State):
        raise SendError(f"There is no state {form.get('state')!r}.")
    count = try_again(
        desk,
        name,
        State(form["state"]),
        actor=who.session.actor,
        note=form.get("note", ""),
    )
    return tell(
        request,
        who,
        f"{counted(count, 'letter')} will be tried again",
        "The sender takes them up within a minute; without `briefing serve`, run `briefing send`.",
        onward=(f"/editions/{name}/readers", "Back to the readers"),
    )


def steer_letters(request: Request, who: Visit, form: Form) -> Response:
    """Pause the letters of an edition, let them go on, or end them for good."""
    desk, name, actor = the_desk(request), request.path_params["edition"], who.session.actor
    reason = " ".join(form.get("reason", "").split())
    match form.get("order", ""):
        case "pause":
            steer(desk, name, MailingStatus.PAUSED, f"{reason or 'paused'} ({actor})")
        case "resume":
            steer(desk, name, MailingStatus.SENDING, "")
        case "abort" if form.get("sure") == "yes":
            steer(desk, name, MailingStatus.ABORTED, f"{reason or 'aborted'} ({actor})")
        case "abort":
            raise SendError("Tick the box first: letters that have not left would never leave.")
        case other:
            raise SendError(f"There is no order {other!r} for letters.")
    log_action(desk, actor, form["order"], name, reason)
    return back_to(f"/editions/{name}/readers")


def correction(request: Request, who: Visit, form: Form) -> Response:
    """Print a correction."""
    name = request.path_params["edition"]
    correct(the_desk(request), name, form.get("text", ""), actor=who.session.actor)
    return back_to(f"/editions/{name}/readers#corrections")
