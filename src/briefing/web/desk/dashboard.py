"""/, /rulings and /log: what lies on the desk, what was decided, and who did what."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.editions.draft import draft
from briefing.actions.editions.events.rulings import take_back
from briefing.actions.reports.troubles import troubles
from briefing.actions.resolve_name import list_of, the_draft
from briefing.actions.review.readiness import Readiness, readiness
from briefing.actions.schedule.rehearse import last_rehearsal
from briefing.actions.schedule.upcoming import Coming, coming
from briefing.clock import time_zone
from briefing.errors import EditionError
from briefing.model.edition import Edition
from briefing.model.editor import Right
from briefing.model.network.rehearsal import Rehearsal
from briefing.model.subscriber import Standing
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
    #: Whom the newest goes to.
    list: str
    #: The next editions, by the timetable and what editors said of it.
    coming: tuple[Coming, ...]
    zone: str
    #: The days in words, as config.toml has them.
    words: str
    #: How its next edition went in the night; None when it was not rehearsed.
    rehearsed: Rehearsal | None
    #: True where no edition of today or a later day is there.
    may_draft: bool


def today(request: Request, who: Visit) -> Response:
    """What went wrong and waits for somebody, then every briefing with its newest edition."""
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
                list=list_of(desk, newest[0]) if newest else briefing.list,
                coming=tuple(
                    replace(one, at=one.at.astimezone(time_zone(briefing.time_zone)))
                    for one in ahead
                    if one.briefing == name
                ),
                zone=briefing.time_zone,
                words=briefing.every or "",
                rehearsed=last_rehearsal(desk, name),
                may_draft=newest is None or _is_past(desk, newest[0]),
            )
        )
    return draw(
        request,
        "today",
        who,
        title="Today",
        troubles=troubles(desk),
        shelves=shelves,
        now=desk.clock(),
        lists=tuple(desk.config.lists),
        active={
            name: desk.store.subscribers.counts(name).get(Standing.ACTIVE, 0)
            for name in desk.config.lists
        },
        may_order=who.session.may(Right.APPROVE),
        may_edit=who.session.may(Right.EDIT),
    )


def make_draft(request: Request, who: Visit, form: Form) -> Response:
    """Read the sources of a briefing and make today's edition of them, before its hour or without one."""
    desk, name = the_desk(request), form.get("briefing", "")
    if name not in desk.config.briefings:
        raise EditionError(f"There is no briefing {name!r}.")
    newest = desk.store.drafts.latest(name, 1)
    if newest and not _is_past(desk, the_draft(desk, newest[0])):
        raise EditionError(
            f"{newest[0]} is there already; change it, or read its sources again there."
        )
    made = draft(desk, name, actor=who.session.actor).edition
    log_action(desk, who.session.actor, "draft", made.id)
    return back_to(f"/editions/{made.id}")


def _is_past(desk: Desk, edition: Edition) -> bool:
    """True for an edition of an earlier day than today, where its briefing is at home."""
    zone = time_zone(desk.config.briefing(edition.briefing).time_zone)
    return edition.slot.astimezone(zone).date() < desk.clock().astimezone(zone).date()


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
