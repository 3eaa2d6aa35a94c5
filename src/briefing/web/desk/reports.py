"""/reports: who sends in our name, as receivers report it."""

from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.sending.domain_reports import domain_reports
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.security import Visit

_DAYS = (7, 30, 90, 400)
#: Rows of each table; a forger has as many addresses as there are.
_MOST = 200


def reports(request: Request, who: Visit) -> Response:
    """Two tables: letters in our name, and sessions with our mail servers."""
    wished = request.query_params.get("days", "")
    days = int(wished) if wished in map(str, _DAYS) else 30
    seen = domain_reports(the_desk(request), days)
    return draw(request, "reports", who, title="Reports", seen=seen, spans=_DAYS, most=_MOST)
