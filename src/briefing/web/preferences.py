"""/preferences/TOKEN: all lists of a reader on one page, what they choose, a pause, and the way out."""

from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.context import Desk
from briefing.actions.public import own_page, preferences
from briefing.actions.public.export import export_json
from briefing.actions.public.own_page import OwnPage
from briefing.actions.public.spoken_words import SpokenWords
from briefing.model.subscriber import EVERY_DAY, Standing
from briefing.web.rendering import front_desk, page, spoken
from briefing.web.security import read_form
from briefing.web.unsubscribe import gone, nobody

#: Fields of a form: a list may have many topics.
_FIELDS = 200
_TOPIC, _DAY = "topic.", "day."


class Preferences(HTTPEndpoint):
    """One page with a few small forms for each list."""

    async def get(self, request: Request) -> Response:
        """Show what we keep of the reader."""
        return await run_in_threadpool(_shown, request, "")

    async def post(self, request: Request) -> Response:
        """Do what the pressed button says."""
        form = await read_form(request, most=_FIELDS)
        token = request.path_params["token"]
        note = await run_in_threadpool(_done, front_desk(request), token, form)
        return await run_in_threadpool(_shown, request, note)


async def export(request: Request) -> Response:
    """All that is kept of the reader, as a file."""
    token = request.path_params["token"]
    content = await run_in_threadpool(export_json, front_desk(request), token)
    if content is None:
        return nobody(request)
    headers = {
        "Content-Disposition": 'attachment; filename="kept-about-me.json"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/json", headers=headers)


def _done(desk: Desk, token: str, form: dict[str, str]) -> str:
    """Do what a form asks for; the name of the sentence that says so."""
    name = form.get("list", "")
    match form.get("do"):
        case "save":
            preferences.rename(desk, token, form.get("name", ""))
            return "saved"
        case "choose":
            topics = [field.removeprefix(_TOPIC) for field in form if field.startswith(_TOPIC)]
            days = [day for day in EVERY_DAY if f"{_DAY}{day}" in form]
            weekly = form.get("rhythm") == "weekly"
            own_page.choose(desk, token, name, topics=topics, days=days, weekly=weekly)
            return "choice_saved"
        case "pause":
            is_done = own_page.pause(desk, token, name, form.get("until", ""))
            return "now_paused" if is_done else "bad_day"
        case "resume":
            own_page.resume(desk, token, name)
            return "resumed"
        case "leave" if name:
            own_page.leave(desk, token, name)
            return "gone"
        case "leave":
            preferences.unsubscribe(desk, "preferences", token)
            return "gone"
        case "leave-all":
            preferences.unsubscribe(desk, "preferences", token)
            own_page.leave_all(desk, token)
            return "gone"
        case _:
            raise HTTPException(400)


def _shown(request: Request, note: str) -> Response:
    desk, token = front_desk(request), request.path_params["token"]
    reader = preferences.preferences(desk, "preferences", token)
    found = own_page.own_page(desk, token) if reader and reader.is_known else None
    if reader is None or found is None or found.is_gone:
        is_of_several = found is not None and len(found.lists) > 1
        return gone(request, reader, desk.config.site.name if is_of_several else "")
    words = spoken(request)
    return page(
        request,
        "preferences",
        title=words.pages["preferences"],
        own=found,
        note=words.pages[note] if note else "",
        is_fault=note == "bad_day",
        standing={one.name: _standing(found, one, words) for one in found.lists},
        weekdays={day: words.weekday(day) for day in EVERY_DAY},
        every_day=EVERY_DAY,
        export=f"{request.url.path}/export",
        tomorrow=date.fromordinal(desk.clock().date().toordinal() + 1).isoformat(),
    )


def _standing(found: OwnPage, one: own_page.OwnList, words: SpokenWords) -> str:
    """How a reader stands on a list, in words."""
    say = words.pages
    match one.standing:
        case Standing.PAUSED if one.resumes:
            return say["paused_until"].format(address=found.address, date=words.day(one.resumes))
        case Standing.PAUSED:
            return say["paused"].format(address=found.address)
        case Standing.PENDING:
            return say["pending"].format(address=found.address)
        case Standing.ACTIVE:
            name = "active" if one.gets_all else "chosen"
            return say[name].format(address=found.address)
        case _:
            return say["off_list"]
