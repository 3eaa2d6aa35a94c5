"""What is kept of a reader, as a file for themselves."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

from briefing.actions.context import Desk
from briefing.actions.public.own_page import readers_of_link
from briefing.actions.public.signup import list_title
from briefing.model.subscriber import Subscriber


def export_json(desk: Desk, token: str) -> str | None:
    """All that is kept under the mailbox of a link, as JSON; None for a test letter's link.

    Times are in UTC (RFC 3339). The book of departures holds marks besides, which name nobody without
    the house's key.

    Raises:
        SubscriberError: when the link is not ours, or its reader is not known.
    """
    readers = readers_of_link(desk, token)
    if not readers:
        return None
    kept = {
        "address": readers[0].email,
        "written": _moment(desk.clock().timestamp()),
        "lists": [_of_list(desk, one) for one in readers],
    }
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def _of_list(desk: Desk, reader: Subscriber) -> dict[str, object]:
    return {
        "list": reader.list,
        "title": list_title(desk, reader.list),
        "address": reader.email,
        "name": reader.name,
        "tags": list(reader.tags),
        "standing": reader.standing.value,
        "choice": asdict(reader.choice),
        "paused_until": None if reader.resumes is None else _moment(reader.resumes),
        "record": [
            {**asdict(one), "at": _moment(one.at)}
            for one in desk.store.subscribers.history(reader.id)
        ],
        "letters": [_timed(row) for row in desk.store.kept_of_reader.letters(reader.id)],
        "refusals": [_timed(row) for row in desk.store.kept_of_reader.refusals(reader.id)],
    }


def _timed(row: dict[str, object]) -> dict[str, object]:
    at = row["at"]
    return {**row, "at": _moment(at) if isinstance(at, int | float) else None}


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
