"""/editions/ID/picture/ITEM: the pictures of a story's source, and the one that is printed with it."""

import base64
import binascii
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.editions import edit
from briefing.actions.editions.pictures.choose_picture import (
    ENDS,
    LARGEST,
    WantedPicture,
    choose_picture,
    take_picture_off,
)
from briefing.errors import BriefingError, EditionError
from briefing.model.article import Verdict
from briefing.model.editor import Right
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.routes import Form, back_to
from briefing.web.desk.security import Visit
from briefing.web.pictures import kept_picture
from briefing.web.security import CUT

#: Bytes of the form. A file that is too large by less than this still gets its sentence with all that was typed.
LARGEST_FORM = 3 * LARGEST
#: Nobody but who is signed in gets it here; its name is its content.
_HEADERS = {"Cache-Control": "private, max-age=31536000, immutable"}
#: What of a form stands again where it could not be done.
_TYPED = ("kind", "address", "alt", "credit", "keeps")


def picture_path(edition: str, item: str) -> str:
    """Where the picture of a story is chosen."""
    return f"/editions/{edition}/picture/{quote(item, safe='')}"


def picture_page(request: Request, who: Visit) -> Response:
    """What the source shows, as it describes it. Nothing of it is fetched."""
    return _drawn(request, who, str(request.path_params["item"]), {})


def choose(request: Request, who: Visit, form: Form) -> Response:
    """Put a picture to the story, change its words, or take it off; a fault is told where it was made."""
    desk, name, item = the_desk(request), request.path_params["edition"], form.get("item", "")
    seen, actor = form.get("seen", ""), who.session.actor
    number = int(seen) if seen.isdecimal() and len(seen) < 10 else 0  # noqa: PLR2004
    try:
        if CUT in form:
            raise EditionError(
                f"The file is far too large; the desk takes {LARGEST // 1024**2} MB."
            )
        if form.get("kind") == "off":
            take_picture_off(desk, name, item, seen=number, actor=actor)
        else:
            choose_picture(desk, name, item, _wanted(form), seen=number, actor=actor)
    except BriefingError as error:
        return _drawn(request, who, item, form, str(error))
    return back_to(picture_path(name, item))


def kept(request: Request, who: Visit) -> Response:  # noqa: ARG001 - everybody may look
    """A picture for the desk's own pages and previews."""
    content = kept_picture(the_desk(request), request.path_params["picture"])
    return Response(content, media_type="image/jpeg", headers=_HEADERS)


def _wanted(form: Form) -> WantedPicture:
    return WantedPicture(
        address=form.get("address", ""),
        name=form.get("name", ""),
        body=_decoded(form.get("file", "")),
        alt=form.get("alt", ""),
        credit=form.get("credit", ""),
        keeps=form.get("keeps", ""),
    )


def _decoded(written: str) -> bytes:
    try:
        return base64.b64decode(written, validate=True)
    except binascii.Error as error:
        raise EditionError("The file did not arrive whole. Choose it once more.") from error


def _drawn(request: Request, who: Visit, piece: str, form: Form, fault: str = "") -> Response:
    desk, name = the_desk(request), request.path_params["edition"]
    found = edit.sheet(desk, name)
    item = edit.story(found.edition, piece)
    is_report = item.article.verdict is Verdict.EDITORIAL
    begun = desk.store.mailings.find(name) is not None
    return draw(
        request,
        "picture",
        who,
        status=422 if fault else 200,
        title=f"Picture of “{item.headline}”",
        edition=found.edition,
        version=found.version,
        item=item,
        fault=fault,
        ends=ENDS,
        #: What was asked for, if it could not be done.
        typed={field: form.get(field, "") for field in _TYPED},
        is_report=is_report,
        may_edit=is_report and who.session.may(Right.EDIT) and not begun,
    )
