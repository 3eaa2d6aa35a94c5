"""/, /rulings and /log: what lies on the desk, what was decided, and who did what."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.audit import log_action
from briefing.actions.editions.events.rulings import take_back
from briefing.actions.resolve_name import the_draft
from briefing.actions.review.readiness import Readiness, readiness
from briefing.actions.schedule.rehearse import last_rehearsal
from briefing.actions.schedule.upcoming import Coming, coming
from briefing.clock import time_zone
from briefing.model.edition import Edition
from briefing.model.editor import Right
from briefing.model.network.rehearsal import Rehearsal
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.routes import Form, back_to
from briefing.web.desk.security import Visit

_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingCard:
    """One briefing on the first page."""

    name: str
    title: str
    #: The newest edition and how it stands; None before the first draft.
    newest: tuple[Edition, Readiness] | None
    older: tuple[str, ...]
    #: The next editions, by the timetable and what editors said of it.
    coming: tuple[Coming, ...]
    zone: str
    #: The days in words, as config.toml has them.
    words: str
    #: How its next edition went in the night; None when it was not rehearsed.
    rehearsed: Rehearsal | None


def today(request: Request, who: Visit) -> Response:
    """Every briefing with its newest edition."""
    desk = the_desk(request)
    shelves = []
    ahead = coming(desk)
    for name, briefing in desk.config.briefings.items():
        names = desk.store.drafts.latest(name, _SHOWN)
        newest = None
        if names:
            edition = the_draft(desk, names[0])
            newest = (edition, readiness(desk, edition))
        shelves.append(
            BriefingCard(
                name=name,
                title=briefing.title,
                newest=newest,
                older=names[1:],
                coming=tuple(
                    replace(one, at=one.at.astimezone(time_zone(briefing.time_zone)))
                    for one in ahead
                    if one.briefing == name
                ),
                zone=briefing.time_zone,
                words=briefing.every or "",
                rehearsed=last_rehearsal(desk, name),
            )
        )
    return draw(
        request,
        "today",
        who,
        title="Today",
        shelves=shelves,
        now=desk.clock(),
        lists=tuple(desk.config.lists),
        may_order=who.session.may(Right.APPROVE),
    )


def rulings(request: Request, who: Visit) -> Response:
    """Every decision on who speaks, and on which pieces are one story, newest first."""
    desk = the_desk(request)
    return draw(
        request,
        "rulings",
        who,
        title="Rulings",
        rulings=desk.store.rulings.all(),
        joins=desk.store.event_rulings.all(),
        may_edit=who.session.may(Right.EDIT),
    )


def withdraw(request: Request, who: Visit, form: Form) -> Response:
    """Take a decision back; the next draft judges the piece again."""
    desk, number = the_desk(request), form.get("id", "")
    ruling = desk.store.rulings.withdraw(
        int(number) if number.isdecimal() else 0, desk.clock().timestamp()
    )
    log_action(
        desk, who.session.actor, "withdraw", detail=f"ruling {ruling.id} on {ruling.headline}"
    )
    return back_to("/rulings")


def forget(request: Request, who: Visit, form: Form) -> Response:
    """Take back what was said of two pieces; the next draft compares them again."""
    number = form.get("id", "")
    take_back(the_desk(request), int(number) if number.isdecimal() else 0, actor=who.session.actor)
    return back_to("/rulings")


def log(request: Request, who: Visit) -> Response:
    """Who did what to which bytes."""
    desk = the_desk(request)
    edition = request.query_params.get("edition") or None
    return draw(
        request,
        "log",
        who,
        title="Log",
        deeds=desk.store.audit_log.newest(edition=edition),
        edition=edition,
    )
