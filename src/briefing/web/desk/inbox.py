"""/inbox/NAME: everything that was read since the last edition, and the search over it and all past editions."""

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from briefing.actions.editions import inbox as found_inbox
from briefing.model.editor import Right
from briefing.model.source_record import EntryState, InboxQuery
from briefing.web.desk.edition_page import number
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.routes import Form, back_to, wants_json
from briefing.web.desk.security import Visit

#: What each state is called at the desk, in the order of its filter.
STATES = {
    EntryState.NEW: "new",
    EntryState.USED: "in the edition",
    EntryState.HELD: "held",
    EntryState.ASIDE: "left out",
    EntryState.EVENT: "told by another story",
    EntryState.REPEATED: "the same piece again",
    EntryState.PRINTED: "printed before",
    EntryState.OLD: "too old",
    EntryState.PASSED: "from before the source was followed",
    EntryState.REFUSED: "no article on it",
}
#: Filters of the address; of several values the last counts.
_FILTERS = ("source", "section", "language", "state", "all")


def inbox_page(request: Request, who: Visit) -> Response:
    """What was read, filtered, or what the words of a search stand in."""
    desk, name = the_desk(request), request.path_params["briefing"]
    if name not in desk.config.briefings:
        raise HTTPException(404)
    briefing, query = desk.config.briefing(name), request.query_params
    chosen = {key: query.get(key, "") for key in _FILTERS}
    written = query.get("q", "").strip()[:200]
    state = chosen["state"] if chosen["state"] in tuple(EntryState) else ""
    asked = InboxQuery(
        sources=(chosen["source"],) if chosen["source"] in briefing.sources else briefing.sources,
        since=0.0 if chosen["all"] else found_inbox.last_left(desk, name),
        states=(EntryState(state),) if state else (),
        section=chosen["section"],
        language=chosen["language"],
    )
    page = number(query.get("page", ""))
    shown = found_inbox.inbox(desk, name, asked, page)
    return draw(
        request,
        "inbox",
        who,
        title=f"Inbox of {briefing.title}",
        briefing=name,
        briefings=desk.config.briefings,
        sources=briefing.sources,
        states=STATES,
        chosen=chosen | {"state": state},
        asked=written,
        hits=found_inbox.search(desk, name, written) if written else (),
        shown=shown,
        page=page,
        pages=-(-shown.total // found_inbox.PAGE),
        link=lambda **more: f"?{urlencode({k: v for k, v in (chosen | more).items() if v})}",
        now=desk.clock().timestamp(),
        may_edit=who.session.may(Right.EDIT) and bool(shown.edition),
    )


def take(request: Request, who: Visit, form: Form) -> Response:
    """Put an entry's page, or what an older edition printed, into the edition that is open."""
    desk, name = the_desk(request), request.path_params["edition"]
    seen, actor = number(form.get("seen", "")), who.session.actor
    if printed_in := form.get("printed_in"):
        item = form.get("item", "")
        done = found_inbox.add_printed(desk, name, printed_in, item, seen=seen, actor=actor)
    else:
        source, page = form.get("source", ""), form.get("page", "")
        done = found_inbox.add_entry(desk, name, source, page, seen=seen, actor=actor)
    if wants_json(request):
        return JSONResponse({"version": done.version, "lost": done.lost})
    return back_to(f"/editions/{name}#stories")
