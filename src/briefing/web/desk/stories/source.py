"""/editions/ID/source/ITEM: an article sentence by sentence, next to what is printed of it."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.editions import edit
from briefing.actions.editions.provenance import trace
from briefing.model.editor import Right
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.security import Visit


def source_path(edition: str, item: str) -> str:
    """Where the source of a piece is shown."""
    return f"/editions/{edition}/source/{quote(item, safe='')}"


def source_page(request: Request, who: Visit) -> Response:
    """The source of one piece; a click on a sentence takes it into the digest, or out of it."""
    desk, name = the_desk(request), request.path_params["edition"]
    found = edit.sheet(desk, name)
    item = edit.story(found.edition, request.path_params["item"])
    return draw(
        request,
        "source",
        who,
        title=item.article.headline,
        edition=found.edition,
        version=found.version,
        trace=trace(item),
        here=source_path(name, item.id),
        may_edit=who.session.may(Right.EDIT) and desk.store.mailings.find(name) is None,
    )
