"""Hosts that refused everybody: nobody is dropped for a block, and ops hear of it."""

import logging
from collections.abc import Callable, Iterable

from briefing.actions.context import Desk
from briefing.clock import Clock
from briefing.config import Config
from briefing.counted import counted
from briefing.model.audit_entry import AuditEntry

_LOG = logging.getLogger("briefing.bounces")


def give_back_where_all_were_refused(
    desk: Desk, editions: Iterable[str], tell_ops: Callable[[Config, str, Clock], None] | None
) -> int:
    """Look at the hosts of sendings of which dead addresses were reported just now.

    Args:
        desk: the desk.
        editions: whose letters came back.
        tell_ops: called with a sentence for each host; without it the sentence stands in the log.

    Returns:
        How many readers get letters again.
    """
    back = 0
    for edition in sorted(editions):
        mailing = desk.store.mailings.number(edition)
        if mailing is None:
            continue
        now = desk.clock().timestamp()
        for host in desk.store.bounces.give_back_where_all_were_refused(mailing, now=now):
            said = (
                f"{host.domain} refused all {host.refused} letters of {edition} that are told of, the last with: "
                f"{host.said}. That is a block and no proof against any reader, so "
                f"{counted(host.given_back, 'reader gets', 'readers get')} letters again. "
                "Ask its postmaster; a host that says so for a week is believed."
            )
            back += host.given_back
            desk.store.audit_log.note(
                AuditEntry(
                    at=now,
                    actor="mailbox",
                    verb="undo bounces",
                    edition=edition,
                    detail=f"{counted(host.given_back, 'reader')} at {host.domain}, which refused everybody",
                )
            )
            if tell_ops is None:
                _LOG.warning("%s", said)
            else:
                tell_ops(desk.config, said, desk.clock)
    return back
