"""Which reader gets which form of an edition: decided for all of them at once, by what they chose and had.

Readers who chose alike, and had the same of its stories in earlier letters, are one group. There are
few groups however many readers there are, so each is decided by itself and written down as one row;
one statement then makes the deliveries.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Label,
    Subquery,
    and_,
    case,
    cast,
    false,
    func,
    insert,
    literal,
    or_,
    select,
)

from briefing.model.delivery import State
from briefing.model.mail import Email
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import EVERYTHING, Choice, Standing
from briefing.store.editions.edition_json import emails_json
from briefing.store.readers.choices import all_alike
from briefing.store.readers.subscriber_rows import choice_of
from briefing.store.schema.core import deliveries, mailings, subscribers
from briefing.store.schema.counts import COUNT_LETTERS
from briefing.store.schema.variants import choices, shares, variants

#: No letter of these reached anybody.
_UNREACHED = (State.BOUNCED.value, State.SKIPPED.value)
_OPEN = (State.PENDING.value, State.DEFERRED.value)
#: What readers are shared out by; to look at their names and tags too takes PostgreSQL twice as long.
WHO_GETS_WHAT = (
    subscribers.c.list,
    subscribers.c.standing,
    subscribers.c.choice,
    subscribers.c.email_key,
)
_CHOSEN = func.coalesce(subscribers.c.choice, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of an edition, as a mailing keeps it."""

    email: Email
    #: SHA-256 of what readers see of it.
    hash: str
    #: The stories it prints, as JSON.
    stories: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HadBefore:
    """Which letters held stories that an edition could print again."""

    #: For each such story the mailings and variants that held it.
    held_by: tuple[frozenset[tuple[int, int]], ...] = ()
    #: Mailings to the same list: they count for readers of weekly letters alone.
    own: frozenset[int] = frozenset()
    #: For each such story the lists that an edition goes to which holds it and waits to leave before.
    coming: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Readers of a list who get the same, and how many they are."""

    #: The row of `choices`; 0 for none.
    number: int
    choice: Choice
    #: A bit for each story of `HadBefore` that earlier letters of theirs held.
    had: int
    readers: int


#: Says which form a group gets; None for no letter.
Share = Callable[[Audience], int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """How an edition is shared out."""

    share: Share
    #: By number; 0 is the whole edition.
    forms: Mapping[int, Form] = field(default_factory=dict)
    before: HadBefore = HadBefore()


def groups_of(
    connection: Connection,
    list_name: str,
    before: HadBefore,
    *,
    is_foreseen: bool = False,
    only_reader: int = 0,
) -> tuple[Audience, ...]:
    """The active readers of a list by what they chose and had, the largest group first.

    Args:
        connection: to the database.
        list_name: whose readers.
        before: which letters held what.
        is_foreseen: as it will be once the editions have left that wait to leave before.
        only_reader: the number of the one reader asked for, active or not; 0 for all.
    """
    if not any(before.held_by) and not (is_foreseen and any(before.coming)):
        alike = all_alike(connection, list_name)
        if alike is not None:
            every = Audience(number=0, choice=EVERYTHING, had=0, readers=alike)
            return (every,) if alike else ()
    joined, mask = _with_had(subscribers, before, is_foreseen=is_foreseen)
    joined = joined.outerjoin(choices, choices.c.id == subscribers.c.choice)
    columns = (choices.c.topics, choices.c.days, choices.c.weekly)
    readers = func.count().label("readers")
    query = (
        select(_CHOSEN.label("number"), mask.label("had"), *columns, readers)
        .select_from(joined)
        .where(*([subscribers.c.id == only_reader] if only_reader else _active(list_name)))
        .group_by("number", "had", *columns)
        .order_by(readers.desc(), "number", "had")
    )
    return tuple(
        Audience(
            number=row["number"],
            choice=choice_of(row),
            had=row["had"],
            readers=row["readers"],
        )
        for row in connection.execute(query).mappings()
    )


def share_out(connection: Connection, mailing: int, list_name: str, forms: Forms) -> None:
    """Make one delivery for each active reader of a list who gets a letter.

    Args:
        connection: inside the transaction that begins the mailing.
        mailing: its number.
        list_name: whose readers.
        forms: what there is, and who gets which.
    """
    decided = [
        (group, forms.share(group)) for group in groups_of(connection, list_name, forms.before)
    ]
    source = select(literal(mailing), subscribers.c.id, literal(State.PENDING.value))
    if all(number == 0 for _, number in decided):
        source = source.add_columns(literal(0)).select_from(subscribers)
    else:
        _keep_forms(connection, mailing, forms, {number for _, number in decided} - {None})
        _keep_shares(connection, mailing, decided)
        joined, mask = _with_had(subscribers, forms.before)
        mine = (
            shares.c.mailing == mailing,
            shares.c.choice == _CHOSEN,
            shares.c.had == mask,
        )
        source = source.add_columns(shares.c.variant).select_from(joined.join(shares, and_(*mine)))
    columns = ["mailing", "subscriber", "state", "variant"]
    asked = source.where(*_active(list_name))
    put_in = insert(deliveries).from_select(columns, asked, include_defaults=False)
    asked_for = {"preserve_rowcount": True}
    count = connection.execute(put_in, execution_options=asked_for).rowcount
    connection.execute(COUNT_LETTERS, {"mailing": mailing, "count": count})


def _keep_forms(
    connection: Connection, mailing: int, forms: Forms, used: Iterable[int | None]
) -> None:
    """The forms that somebody gets, and the whole; its email stands with the mailing."""
    for number in sorted({0, *(one for one in used if one is not None)}):
        form = forms.forms[number]
        email = "" if number == 0 else emails_json().dump_json(form.email).decode()
        values = {"mailing": mailing, "number": number, "hash": form.hash}
        connection.execute(insert(variants).values(**values, stories=form.stories, email=email))


def _keep_shares(
    connection: Connection, mailing: int, decided: Iterable[tuple[Audience, int | None]]
) -> None:
    rows = [
        {"mailing": mailing, "choice": group.number, "had": group.had, "variant": number}
        for group, number in decided
        if number is not None
    ]
    if rows:
        connection.execute(insert(shares), rows)


def _with_had(
    readers: FromClause, before: HadBefore, *, is_foreseen: bool = False
) -> tuple[FromClause, ColumnElement[int]]:
    """The readers joined to what they had, and the column that says so."""
    masks: list[ColumnElement[int]] = []
    for had in (_had(before), _coming(before) if is_foreseen else None):
        if had is not None:
            readers = readers.outerjoin(had, had.c.email_key == subscribers.c.email_key)
            masks.append(func.coalesce(had.c.mask, 0))
    if not masks:
        return readers, literal(0, BigInteger)
    return readers, reduce(lambda one, other: one.bitwise_or(other), masks)


def _active(list_name: str) -> tuple[ColumnElement[bool], ...]:
    return (
        subscribers.c.list == list_name,
        subscribers.c.standing == Standing.ACTIVE.value,
    )


def _had(before: HadBefore) -> Subquery | None:
    """By address, a bit for each story that letters to it held, on whatever list; None for none."""
    asked = {mailing for pairs in before.held_by for mailing, _ in pairs}
    if not asked:
        return None
    mask = _mask(_among(pairs) for pairs in before.held_by)
    aborted = select(mailings.c.number).where(mailings.c.status == MailingStatus.ABORTED.value)
    weekly = select(choices.c.id).where(choices.c.weekly)
    return (
        select(subscribers.c.email_key, mask)
        .select_from(deliveries.join(subscribers, subscribers.c.id == deliveries.c.subscriber))
        .where(
            deliveries.c.mailing.in_(sorted(asked)),
            deliveries.c.state.not_in(_UNREACHED),
            # What never left, and never will, was read by nobody.
            or_(deliveries.c.state.not_in(_OPEN), deliveries.c.mailing.not_in(aborted)),
            or_(
                deliveries.c.mailing.not_in(sorted(before.own)),
                subscribers.c.choice.in_(weekly),
            ),
        )
        .group_by(subscribers.c.email_key)
        .subquery()
    )


def _coming(before: HadBefore) -> Subquery | None:
    """By address, a bit for each story that an edition will bring which waits; None for none."""
    asked = frozenset[str]().union(*before.coming)
    if not asked:
        return None
    mask = _mask(subscribers.c.list.in_(sorted(lists)) for lists in before.coming)
    return (
        select(subscribers.c.email_key, mask)
        .where(
            subscribers.c.list.in_(sorted(asked)), subscribers.c.standing == Standing.ACTIVE.value
        )
        .group_by(subscribers.c.email_key)
        .subquery()
    )


def _mask(tests: Iterable[ColumnElement[bool]]) -> Label[int]:
    """A number with a bit for each test that one of the rows passes."""
    bits = (
        cast(func.max(case((test, 1), else_=0)), BigInteger) * (1 << place)
        for place, test in enumerate(tests)
    )
    return reduce(add, bits).label("mask")


def _among(pairs: Iterable[tuple[int, int]]) -> ColumnElement[bool]:
    """Whether a delivery is of one of these mailings and variants."""
    by_mailing: dict[int, list[int]] = {}
    for mailing, number in sorted(pairs):
        by_mailing.setdefault(mailing, []).append(number)
    return or_(
        false(),
        *(
            and_(deliveries.c.mailing == mailing, deliveries.c.variant.in_(numbers))
            for mailing, numbers in by_mailing.items()
        ),
    )
