"""Approvals ↔ rows: who said what about which bytes."""

from sqlalchemy import insert, select

from briefing.model.approval import Approval
from briefing.store.engine.database import Database
from briefing.store.schema.editing import approvals

_COLUMNS = tuple(
    approvals.c[name] for name in ("edition", "hash", "approved", "actor", "note", "at", "variants")
)


class Approvals:
    """The record of approvals and rejections; nothing in it is ever changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, approval: Approval) -> None:
        """Keep what somebody said."""
        with self._database.write() as connection:
            connection.execute(
                insert(approvals).values(
                    edition=approval.edition,
                    hash=approval.hash,
                    approved=approval.approved,
                    actor=approval.actor,
                    note=approval.note,
                    at=approval.at,
                    variants="\n".join(approval.variants),
                )
            )

    def of(self, edition: str) -> tuple[Approval, ...]:
        """Everything said about an edition, oldest first."""
        query = select(*_COLUMNS).where(approvals.c.edition == edition).order_by(approvals.c.id)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings()
            return tuple(
                Approval(**{**row, "variants": tuple(row["variants"].split())}) for row in rows
            )

    def standing(self, edition: str, content: str) -> tuple[Approval, ...]:
        """The approvals of exactly these bytes, one a person, since the last rejection.

        Args:
            edition: its id.
            content: the hash of what would be sent; any edit gives another.
        """
        holding: dict[str, Approval] = {}
        for approval in self.of(edition):
            if not approval.approved:
                holding.clear()
            elif approval.hash == content:
                holding[approval.actor] = approval
        return tuple(holding.values())

    def rejected(self, edition: str, content: str) -> Approval | None:
        """The rejection of exactly these bytes, unless somebody has approved them since."""
        said = [approval for approval in self.of(edition) if approval.hash == content]
        return said[-1] if said and not said[-1].approved else None
