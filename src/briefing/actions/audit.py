"""The audit log: who did what at the desk, kept for good."""

from briefing.actions.context import Desk
from briefing.model.audit_entry import AuditEntry


def log_action(
    desk: Desk, actor: str, verb: str, edition: str = "", detail: str = "", content: str = ""
) -> None:
    """Write a line into the audit log.

    Args:
        desk: the desk.
        actor: who did it.
        verb: what was done, in a word or two.
        edition: to which edition; empty for none.
        detail: whatever else is worth knowing.
        content: the SHA-256 of the email it was about; empty for none.
    """
    desk.store.audit_log.note(
        AuditEntry(
            at=desk.clock().timestamp(),
            actor=actor,
            verb=verb,
            edition=edition,
            hash=content,
            detail=detail,
        )
    )
