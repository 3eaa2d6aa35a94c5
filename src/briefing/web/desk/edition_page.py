"""/editions/ID: today's edition, its pieces next to its preview, and every change to it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from briefing.actions.context import Desk
from briefing.actions.editions import edit
from briefing.actions.editions.block_plan import block_plan, moved, place_next
from briefing.actions.editions.follow_ups import since_label
from briefing.actions.editions.standing_blocks import standing_blocks
from briefing.actions.editions.word_diff import differences
from briefing.actions.gather.source_status import source_faults
from briefing.actions.resolve_name import list_of
from briefing.actions.review.preview import CLIPPED, PreviewMode, inbox_rows, show
from briefing.actions.review.readiness import Readiness, readiness
from briefing.counted import counted
from briefing.errors import BriefingError, EditedMeanwhile, EditionError
from briefing.model.edition import Edition
from briefing.model.editor import Right
from briefing.model.finding import Severity
from briefing.model.version import VersionLine
from briefing.web.desk.form_changes import asked
from briefing.web.desk.letter import framed, reader_said
from briefing.web.desk.rendering import clock_time, draw, lasting, the_desk
from briefing.web.desk.routes import Form, back_to, wants_json
from briefing.web.desk.security import Visit
from briefing.web.desk.stories.source import source_path

LOOKS = (
    (PreviewMode.DESKTOP, "Desktop"),
    (PreviewMode.PHONE, "Phone"),
    (PreviewMode.DARK, "Dark"),
    (PreviewMode.PHONE_DARK, "Phone, dark"),
    (PreviewMode.FORCED_DARK, "Forced dark"),
    (PreviewMode.IMAGES_OFF, "Images off"),
    (PreviewMode.STRIPPED, "No styles"),
    (PreviewMode.OUTLOOK, "Outlook, roughly"),
    ("archive", "Archive page"),
    ("confirmation", "Confirmation letter"),
)


def sheet_page(request: Request, who: Visit) -> Response:
    """The edition as it stands."""
    desk = the_desk(request)
    name = request.path_params["edition"]
    found = edit.sheet(desk, name)
    ready = readiness(desk, found.edition)
    look = request.query_params.get("look", PreviewMode.DESKTOP)
    return draw(
        request,
        "sheet",
        who,
        title=f"{found.edition.title}, {found.edition.slot:%A} {found.edition.slot.day} "
        f"{found.edition.slot:%B}",
        edition=found.edition,
        version=found.version,
        since={item.id: since_label(desk, found.edition, item) for item in found.edition.items},
        lost=found.lost,
        plan=block_plan(desk, found.edition),
        moved=moved,
        unread=(
            *source_faults(desk, found.edition.briefing),
            *standing_blocks(desk, found.edition.briefing, found.edition.slot)[1],
        ),
        ready=ready,
        promise=promise(found.edition, ready),
        errors=[one for one in ready.findings if one.severity is Severity.ERROR],
        notices=[one for one in ready.findings if one.severity is Severity.INFO],
        looks=LOOKS,
        look=look if look in dict(LOOKS) else PreviewMode.DESKTOP,
        reader=request.query_params.get("as", ""),
        reader_said=reader_said(request, found.edition),
        topics=desk.config.lists[list_of(desk, found.edition)].topics,
        variant=_hash(request.query_params.get("variant", "")),
        rows=inbox_rows(desk, found.edition),
        size=_size(request, found.edition),
        clipped=CLIPPED,
        testers=desk.store.testers.all(),
        comments=desk.store.comments.of(name),
        may_edit=who.session.may(Right.EDIT) and ready.mailing is None,
        has_passkey=bool(desk.store.passkeys.of(who.session.actor)),
        may_approve=who.session.may(Right.APPROVE) and ready.mailing is None,
        approval=desk.config.briefing(found.edition.briefing).approval,
        approvers=desk.config.briefing(found.edition.briefing).approvers,
    )


def change(request: Request, who: Visit, form: Form) -> Response:
    """Make the change a form asks for; when somebody else was faster, show both."""
    desk, name = the_desk(request), request.path_params["edition"]
    seen = number(form.get("seen", ""))
    try:
        stands = edit.sheet(desk, name, seen).edition
        changes = asked(stands, _placed(desk, stands, form))
        done = edit.change(desk, name, changes, seen=seen, actor=who.session.actor)
    except EditedMeanwhile as conflict:
        return _conflict(request, who, form, conflict)
    except BriefingError as error:
        if wants_json(request):
            return JSONResponse({"error": str(error)}, status_code=422)
        raise
    if not wants_json(request):
        is_source = form.get("back") == "source"
        return back_to(source_path(name, form["item"]) if is_source else f"/editions/{name}")
    answer: dict[str, object] = {"version": done.version, "lost": done.lost}
    if "look" in request.query_params:
        # The preview comes with the answer: asking for it would take the time of another visit.
        answer["frame"] = framed(request, done.edition)
    return JSONResponse(answer)


def _placed(desk: Desk, edition: Edition, form: Form) -> Form:
    """An arrow's form with the place it means: within the story's block."""
    by, name = {"up": -1, "down": 1}.get(form.get("kind", "")), form.get("item", "")
    if by is None or name not in {item.id for item in edition.items}:
        return form
    to = place_next(block_plan(desk, edition), edition, name, by)
    return {**form, "kind": "move", "to": str(to)}


def undo(request: Request, who: Visit, form: Form) -> Response:
    """Make an older version stand again."""
    desk, name = the_desk(request), request.path_params["edition"]
    seen, to = number(form.get("seen", "")), number(form.get("to", ""))
    if form.get("only") == "mine":
        _refuse_other(edit.lines(desk, name), to + 1, who.session.actor)
    try:
        done = edit.go_back(desk, name, to, seen=seen, actor=who.session.actor)
    except EditedMeanwhile as conflict:
        return _conflict(request, who, form, conflict)
    if wants_json(request):
        return JSONResponse({"version": done.version, "lost": done.lost})
    return back_to(f"/editions/{name}")


def _refuse_other(
    lines: Sequence[tuple[VersionLine, datetime]], taken_back: int, actor: str
) -> None:
    """Let a key take back what its own person did, and nothing else.

    Raises:
        EditionError: when somebody else made that version.
    """
    made = next((line for line, _ in lines if line.number == taken_back), None)
    if made is None or made.actor != actor:
        by = f"{made.actor} {made.said}" if made else "there is nothing before it"
        raise EditionError(
            f"Nothing was taken back: {by}. The versions take back whatever you choose."
        )


def rebuild(request: Request, who: Visit, form: Form) -> Response:  # noqa: ARG001 - it has no field
    """Read the sources again; the editors' changes stay."""
    name = request.path_params["edition"]
    edit.rebuild(the_desk(request), name, actor=who.session.actor)
    return back_to(f"/editions/{name}")


def versions(request: Request, who: Visit) -> Response:
    """Everything that was done to an edition, and what one version changed."""
    desk, name = the_desk(request), request.path_params["edition"]
    lines = edit.lines(desk, name)
    shown = number(request.query_params.get("show", "")) or (lines[0][0].number if lines else 0)
    new = edit.sheet(desk, name, shown)
    old = edit.sheet(desk, name, max(1, shown - 1))
    return draw(
        request,
        "versions",
        who,
        title=f"Versions of {name}",
        edition=new.edition,
        lines=lines,
        shown=shown,
        version=lines[0][0].number,
        found=differences(old.edition, new.edition),
        may_edit=who.session.may(Right.EDIT) and desk.store.mailings.find(name) is None,
    )


def promise(edition: Edition, ready: Readiness) -> str:
    """What the button to approve will do, in words."""
    what = counted(len(edition.items), "story", "stories")
    if edition.sponsored:
        what += f" and {counted(len(edition.sponsored), 'paid piece')}"
    own = ready.own
    if own and len(own.variants) > 1:
        what += f", in {counted(len(own.variants), 'form')},"
    readers = ready.readers - (own.readers.get(None, 0) if own else 0)
    words = f"Approve {what} for {counted(readers, 'person', 'people')}"
    if ready.missing > 1:
        return f"{words}; {counted(ready.missing - 1, 'more approval')} needed"
    if ready.leaves is None or ready.wait is None:
        return f"{words}, to be sent by hand"
    if ready.wait <= timedelta(0):
        return f"{words}: it leaves now, its hour was {clock_time(ready.leaves)}"
    zone = clock_time(ready.leaves).rpartition(" ")[2]
    return f"{words} at {ready.leaves:%H:%M} {zone}, in {lasting(ready.wait)}"


def _conflict(request: Request, who: Visit, form: Form, conflict: EditedMeanwhile) -> Response:
    """Somebody else made a version meanwhile: what they did, and the way to do ours on top."""
    desk, name = the_desk(request), request.path_params["edition"]
    stands = desk.store.drafts.number(name)
    if wants_json(request):
        return JSONResponse({"error": str(conflict), "stands": stands}, status_code=409)
    old, new = edit.sheet(desk, name, conflict.seen), edit.sheet(desk, name)
    since = [line for line, _ in edit.lines(desk, name) if line.number > conflict.seen]
    return draw(
        request,
        "conflict",
        who,
        status=409,
        title="Somebody else was faster",
        edition=new.edition,
        stands=stands,
        since=since,
        found=differences(old.edition, new.edition),
        again={key: value for key, value in form.items() if key != "seen"},
        action=request.url.path,
    )


def _size(request: Request, edition: Edition) -> int:
    """Bytes of the letter's HTML; 0 when there is none to measure."""
    try:
        return show(the_desk(request), edition).size
    except BriefingError:
        return 0


def _hash(written: str) -> str:
    """The beginning of a SHA-256; empty for anything else."""
    return written if re.fullmatch(r"[0-9a-f]{8,64}", written) else ""


def number(written: str) -> int:
    """A whole number as a form or an address has it; 0 for anything else."""
    return int(written) if written.isdecimal() and len(written) < 10 else 0  # noqa: PLR2004
