"""/slots: another hour or list for one day, an edition left out, taken up again, or sent now."""

from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.schedule import slot_orders
from briefing.errors import EditionError
from briefing.web.desk.approval import require_tick
from briefing.web.desk.rendering import tell, the_desk
from briefing.web.desk.routes import Form
from briefing.web.desk.security import Visit


def order(request: Request, who: Visit, form: Form) -> Response:
    """Do what a form of the first page asks of one slot, and say what will happen."""
    desk, actor = the_desk(request), who.session.actor
    name, slot = form.get("briefing", ""), form.get("slot", "")
    match form.get("order", ""):
        case "move":
            said = slot_orders.move(desk, name, slot, form.get("hour", ""), actor=actor)
        case "move back":
            said = slot_orders.move_back(desk, name, slot, actor=actor)
        case "leave out":
            said = slot_orders.leave_out(desk, name, slot, actor=actor)
        case "take up":
            said = slot_orders.take_up(desk, name, slot, actor=actor)
        case "send now":
            require_tick(form)
            said = slot_orders.send_now(desk, name, slot, actor=actor)
        case "list":
            said = slot_orders.choose_list(desk, name, slot, form.get("list", ""), actor=actor)
        case "list by hand":
            said = slot_orders.choose_list_by_hand(
                desk, form.get("edition", ""), form.get("list", ""), actor=actor
            )
        case other:
            raise EditionError(f"There is no order {other!r} for an edition to come.")
    return tell(request, who, "Done", said, onward=("/", "Today"))
