"""The statements of the posting loop, built once: building them takes longer than running them."""

from sqlalchemy import Double, bindparam, exists, select, text, update

from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing
from briefing.store.schema.core import deliveries, mailings, subscribers

OPEN = (State.PENDING.value, State.DEFERRED.value)
#: Why a letter was skipped, and what is known of one whose sender died.
LEFT = "left the list before the letter did"
STOPPED = "the sender stopped before the relay's answer was written down"

#: The timeline that PostgreSQL writes on; asked once a statement, not once a row.
TIMELINE = "(SELECT left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))"
#: True unless the server is of another timeline than the database was told of; see `Lineage`.
SAME_LINEAGE = (
    f"coalesce((SELECT value LIKE '%/' || {TIMELINE} || '/%' "  # noqa: S608
    "FROM house WHERE name = 'lineage'), true)"
)

THIS = deliveries.c.mailing == bindparam("in_mailing")
OUTCOME = f"""
    UPDATE deliveries
    SET state = :to_state, reply = :to_reply, due = :to_due, doubtful = doubtful OR :is_doubtful
    WHERE mailing = :in_mailing AND subscriber = :of_reader AND state = '{State.POSTING.value}'
"""  # noqa: S608
ASKED = (
    THIS,
    deliveries.c.subscriber.in_(bindparam("readers", expanding=True)),
    deliveries.c.state.in_(OPEN),
)
STAYS = exists().where(
    subscribers.c.id == deliveries.c.subscriber,
    subscribers.c.standing == Standing.ACTIVE.value,
)
_GOES_ON = exists().where(
    mailings.c.number == bindparam("in_mailing"), mailings.c.status == MailingStatus.SENDING.value
)
CLAIM = (
    update(deliveries)
    .where(*ASKED, STAYS, _GOES_ON)
    .values(
        state=State.POSTING.value, tries=deliveries.c.tries + 1, at=bindparam("now", type_=Double)
    )
    .returning(deliveries.c.subscriber)
)
#: The same for PostgreSQL, where another server may have taken the place of the one before.
CLAIM_ON_SERVER = CLAIM.where(text(SAME_LINEAGE))
SKIP = (
    update(deliveries)
    .where(*ASKED, ~STAYS, _GOES_ON)
    .values(state=State.SKIPPED.value, reply=LEFT, due=None)
)
SETTLE = (
    update(deliveries)
    .where(
        THIS,
        deliveries.c.subscriber == bindparam("of_reader"),
        deliveries.c.state == State.DEFERRED.value,
    )
    .values(
        state=bindparam("to_state"), reply=bindparam("to_reply"), doubtful=bindparam("is_doubtful")
    )
)
PUT_OFF = (
    update(deliveries)
    .where(*ASKED)
    .values(state=State.DEFERRED.value, due=bindparam("until"), reply=bindparam("why"))
)
STATUS = select(mailings.c.status).where(mailings.c.number == bindparam("in_mailing"))
#: A mailing that was called sent has open letters again.
GO_ON = (
    update(mailings)
    .where(
        mailings.c.number == bindparam("in_mailing"), mailings.c.status == MailingStatus.SENT.value
    )
    .values(status=MailingStatus.SENDING.value, done_at=None)
)
