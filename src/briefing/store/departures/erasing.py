"""Erasing: what is blanked so that only keyed marks, and what was counted, stay of a reader."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, insert, select, update

from briefing.model.subscriber import Standing
from briefing.store.schema.core import bounces, changes, deliveries, mailings, subscribers, tries


def erase_readers(
    connection: Connection, readers: Iterable[tuple[int, str]], now: float, actor: str
) -> None:
    """Blank the rows of readers, and what relays and mailboxes said of them.

    Args:
        connection: inside a transaction that writes.
        readers: number and address of each.
        now: seconds since 1970.
        actor: who did it.
    """
    for reader, email in readers:
        was = connection.execute(
            select(subscribers.c.standing).where(subscribers.c.id == reader)
        ).scalar_one()
        blank: dict[str, str | None] = {
            "email": "",
            "email_key": f"erased {reader}",
            "name": "",
            "tags": "",
        }
        blank |= {"choice": None, "resumes": None}
        connection.execute(
            update(subscribers)
            .where(subscribers.c.id == reader)
            .values(standing=Standing.ERASED.value, since=now, **blank)
        )
        record = {"subscriber": reader, "at": now, "was": was, "becomes": Standing.ERASED.value}
        connection.execute(insert(changes).values(**record, cause="erased", actor=actor))
        for table, column in ((deliveries, "reply"), (tries, "reply"), (bounces, "detail")):
            connection.execute(
                update(table).where(table.c.subscriber == reader).values({column: ""})
            )
        connection.execute(
            update(changes).where(changes.c.subscriber == reader).values(cause="erased")
        )
        # A relay's last word, with the address in it, may be why a mailing is paused.
        connection.execute(
            update(mailings)
            .where(mailings.c.reason.contains(email, autoescape=True))
            .values(reason=func.replace(mailings.c.reason, email, "(erased)"))
        )
