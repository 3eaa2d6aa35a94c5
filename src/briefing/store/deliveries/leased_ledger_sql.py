"""The statements of several senders on one PostgreSQL; what each asks for keeps the others' rows safe."""

from sqlalchemy import TextClause, text

from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing
from briefing.store.deliveries.ledger_sql import LEFT, SAME_LINEAGE

_CLOCK = "extract(epoch FROM clock_timestamp())::float8"
_FREE = f"(lease IS NULL OR lease < {_CLOCK})"
_GOES_ON = (
    f"EXISTS (SELECT FROM mailings WHERE number = :mailing AND status = '{MailingStatus.SENDING.value}') "
    f"AND {SAME_LINEAGE}"
)
_STAYS = (
    "EXISTS (SELECT FROM subscribers s WHERE s.id = d.subscriber "
    f"AND s.standing = '{Standing.ACTIVE.value}')"
)
_OPEN = f"d.state IN ('{State.PENDING.value}', '{State.DEFERRED.value}')"


def _slice(which: str, order: str) -> TextClause:
    """Take a slice of open deliveries that nobody holds; what others are just taking is left."""
    return text(f"""
        WITH slice AS MATERIALIZED (
            SELECT subscriber FROM deliveries
            WHERE mailing = :mailing AND {which} AND {_FREE} AND {_GOES_ON}
            ORDER BY {order} LIMIT :limit FOR UPDATE SKIP LOCKED
        ), mine AS (
            UPDATE deliveries d SET worker = :worker, lease = {_CLOCK} + :lease
            FROM slice WHERE d.mailing = :mailing AND d.subscriber = slice.subscriber
            RETURNING d.subscriber, d.tries, d.due, d.doubtful, d.at, d.variant
        )
        SELECT id, ref, email, name, tags, tries, doubtful, at, variant FROM mine
        JOIN subscribers ON id = subscriber
        ORDER BY {order}
    """)  # noqa: S608 - every part is a constant of this file


PENDING_SLICE = _slice(f"state = '{State.PENDING.value}' AND subscriber > :after", "subscriber")
DUE_SLICE = _slice(f"state = '{State.DEFERRED.value}' AND due <= :now", "due, subscriber")
#: A letter may leave only to a reader whose delivery is open and still held by this sender.
INTENT = text(f"""
    UPDATE deliveries d
    SET state = '{State.POSTING.value}', tries = tries + 1, at = :now,
        lease = {_CLOCK} + :lease
    WHERE d.mailing = :mailing AND d.subscriber = ANY(:readers) AND {_OPEN}
        AND d.worker = :worker AND d.lease > {_CLOCK} AND {_STAYS} AND {_GOES_ON}
    RETURNING d.subscriber
""")  # noqa: S608
#: A late answer of the relay still settles a doubt, as long as nobody has tried again. What it
#: settles no more is nobody's bounce either: the reader would be skipped for it.
OUTCOME = text(f"""
    UPDATE deliveries d
    SET state = o.state, reply = o.reply, due = o.due, doubtful = d.doubtful OR o.doubtful,
        lease = NULL
    FROM unnest(CAST(:told AS int[]), CAST(:states AS text[]), CAST(:replies AS text[]),
        CAST(:dues AS float8[]), CAST(:doubts AS bool[]))
        AS o(reader, state, reply, due, doubtful)
    WHERE d.mailing = :mailing AND d.subscriber = o.reader AND d.worker = :worker AND (
        d.state = '{State.POSTING.value}' OR (d.doubtful
        AND o.state IN ('{State.POSTED.value}', '{State.BOUNCED.value}')
        AND d.state IN ('{State.DEFERRED.value}', '{State.IN_DOUBT.value}')))
    RETURNING d.subscriber
""")  # noqa: S608
SKIP = text(f"""
    UPDATE deliveries d SET state = '{State.SKIPPED.value}', reply = '{LEFT}', due = NULL
    WHERE d.mailing = :mailing AND d.subscriber = ANY(:readers) AND {_OPEN}
        AND d.worker = :worker AND NOT {_STAYS} AND {_GOES_ON}
""")  # noqa: S608
SETTLE = text(f"""
    UPDATE deliveries SET state = :state, reply = :reply, doubtful = :doubtful
    WHERE mailing = :mailing AND subscriber = :reader AND worker = :worker
        AND state = '{State.DEFERRED.value}'
""")  # noqa: S608
PUT_OFF = text(f"""
    UPDATE deliveries d
    SET state = '{State.DEFERRED.value}', due = :until, reply = :why, worker = NULL, lease = NULL
    WHERE d.mailing = :mailing AND d.subscriber = ANY(:readers) AND {_OPEN}
        AND d.worker = :worker
""")  # noqa: S608
#: What a commit of this same sender is just changing is passed over: that renews it or ends it, and
#: two that wait for each other's rows would both be stopped.
RENEWAL = text(f"""
    WITH mine AS MATERIALIZED (
        SELECT subscriber FROM deliveries
        WHERE mailing = :mailing AND subscriber = ANY(:readers) AND worker = :worker
            AND lease > {_CLOCK}
        FOR UPDATE SKIP LOCKED
    )
    UPDATE deliveries d SET lease = {_CLOCK} + :lease
    FROM mine WHERE d.mailing = :mailing AND d.subscriber = mine.subscriber
""")  # noqa: S608
RELEASE = text(f"""
    UPDATE deliveries d SET worker = NULL, lease = NULL
    WHERE d.mailing = :mailing AND d.subscriber = ANY(:readers) AND d.worker = :worker
        AND {_OPEN}
""")  # noqa: S608
LOST = text(f"""
    WITH lost AS MATERIALIZED (
        SELECT subscriber, at FROM deliveries
        WHERE mailing = :mailing AND state = '{State.POSTING.value}' AND {_FREE}
        FOR UPDATE SKIP LOCKED
    ), noted AS (
        INSERT INTO tries (mailing, subscriber, at, state, reply)
        SELECT :mailing, subscriber, at, '{State.IN_DOUBT.value}', :reply FROM lost
    )
    UPDATE deliveries d
    SET state = :state, doubtful = true, due = :due, reply = :reply, lease = NULL
    FROM lost WHERE d.mailing = :mailing AND d.subscriber = lost.subscriber
""")  # noqa: S608
REFUSED = text(f"""
    SELECT subscriber FROM deliveries
    WHERE mailing = :mailing AND subscriber = ANY(:readers) AND worker = :worker
        AND state = '{State.BOUNCED.value}'
""")  # noqa: S608
WORK = text(f"""
    SELECT 1 FROM deliveries WHERE mailing = :mailing AND {_FREE} AND (
        state IN ('{State.PENDING.value}', '{State.POSTING.value}')
        OR (state = '{State.DEFERRED.value}' AND due <= :now)) LIMIT 1
""")  # noqa: S608
