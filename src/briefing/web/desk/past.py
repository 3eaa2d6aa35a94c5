"""/past/NAME: what came of past editions, what was missed, and how even the choice was."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.reports.balance_report import DAYS, balance_report
from briefing.actions.reports.edition_results import edition_results
from briefing.actions.reports.miss_report import ENOUGH, miss_report
from briefing.web.desk.charts import bars
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.security import Visit

#: Names that are compared at a time.
_NAMES = 8


def past(request: Request, who: Visit) -> Response:
    """One briefing over 30 days."""
    desk, name = the_desk(request), request.path_params["briefing"]
    if name not in desk.config.briefings:
        raise HTTPException(404)
    written = request.query_params.get("names", "")[:400]
    asked = tuple(dict.fromkeys(filter(None, (one.strip() for one in written.split(",")))))
    balance = balance_report(desk, name, asked[:_NAMES])
    lists = (
        ("Sources", balance.sources, "a story counts for who printed it first"),
        ("People, bodies and places named", balance.names, "once a story, whatever the times"),
        ("Voices", balance.voices, "who says, denies or accuses in a printed sentence"),
    )
    return draw(
        request,
        "past",
        who,
        title=f"Looking back at {desk.config.briefing(name).title}",
        briefing=name,
        briefings=desk.config.briefings,
        days=DAYS,
        enough=ENOUGH,
        results=edition_results(desk, name),
        asks_opinions=desk.config.public.ask_opinions,
        missed=miss_report(desk, name),
        balance=balance,
        lists=[(title, rows, how, bars(rows)) for title, rows, how in lists],
        names=written,
    )
