"""Readers of a list → rows as bare as those of a file: an export needs no more of a million of them."""

from collections.abc import Iterator

from sqlalchemy import select

from briefing.model.subscriber import Exported, Standing
from briefing.store.engine.database import Database
from briefing.store.readers.subscriber_rows import chosen
from briefing.store.schema.core import subscribers
from briefing.store.schema.variants import choices

#: Rows asked for at a time. Of ten times as many, each took twice as long.
_PAGE = 500
_COLUMNS = select(
    subscribers.c.email,
    subscribers.c.name,
    subscribers.c.tags,
    subscribers.c.standing,
    subscribers.c.resumes,
    choices.c.topics,
    choices.c.days,
    choices.c.weekly,
).select_from(subscribers.outerjoin(choices, choices.c.id == subscribers.c.choice))


def exported(
    database: Database, list_name: str, standing: Standing | None = None
) -> Iterator[list[Exported]]:
    """Every reader of a list by number, but those who were erased, a page at a time.

    Args:
        database: where they are kept; all pages are of one moment.
        list_name: whose readers.
        standing: only those who stand so.
    """
    asked = _COLUMNS.where(
        subscribers.c.list == list_name, subscribers.c.standing != Standing.ERASED.value
    )
    if standing is not None:
        asked = asked.where(subscribers.c.standing == standing.value)
    asked = asked.order_by(subscribers.c.id).execution_options(yield_per=_PAGE)
    with database.read() as connection:
        for page in connection.execute(asked).partitions():
            yield [
                (email, name, tags[1:-1], stands, list_name, chosen(*choice), resumes)
                for email, name, tags, stands, resumes, *choice in page
            ]
