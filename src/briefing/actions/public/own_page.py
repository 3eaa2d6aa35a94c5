"""What a reader's own page shows of all their lists, and what they choose there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from briefing.actions.context import Desk
from briefing.actions.public.preferences import line_of
from briefing.actions.public.signup import (
    READING,
    claims_of,
    is_public,
    list_title,
    masked,
)
from briefing.actions.readers.choices import letter_days, tidy_choice
from briefing.clock import time_zone
from briefing.config import Topic
from briefing.model.departure import Departure
from briefing.model.subscriber import EVERYTHING, NOBODY, Choice, Standing, Subscriber

#: A pause that ends later than this is one until they say so.
_LONGEST = timedelta(days=3_660)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnList:
    """One list on a reader's own page."""

    name: str
    title: str
    standing: Standing
    choice: Choice
    #: The day on which letters come again.
    resumes: date | None
    #: What the list offers, by key.
    topics: Mapping[str, Topic]
    #: ISO weekdays on which it has letters.
    days: tuple[int, ...]
    #: True where a form takes new readers.
    is_public: bool

    @property
    def is_reading(self) -> bool:
        """False for who left it, or was put off."""
        return self.standing in READING

    @property
    def gets_all(self) -> bool:
        """True where they get every edition whole."""
        return self.choice == EVERYTHING

    @property
    def lost_topic(self) -> bool:
        """True where they chose a topic that the list does not have any more."""
        return not set(self.choice.topics) <= set(self.topics)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """A reader's own page: no address in clear."""

    name: str
    address: str
    #: The list whose letter led here first.
    lists: tuple[OwnList, ...]

    @property
    def is_gone(self) -> bool:
        """True where they are on no list any more."""
        return not any(one.is_reading for one in self.lists)


def own_page(desk: Desk, token: str) -> OwnPage | None:
    """All lists of the mailbox that a link names; None for the links of a test letter.

    Raises:
        SubscriberError: when the link is not ours, or its reader is not known.
    """
    readers = readers_of_link(desk, token)
    if not readers:
        return None
    return OwnPage(
        name=readers[0].name,
        address=masked(readers[0].email),
        lists=tuple(_shown(desk, one) for one in readers),
    )


def choose(
    desk: Desk,
    token: str,
    list_name: str,
    *,
    topics: Collection[str],
    days: Collection[int],
    weekly: bool,
) -> None:
    """Keep what a reader wants of a list, from the next edition on.

    No topic, or every one, means all; so do days. Weekly letters come on the last of the days.

    Args:
        desk: the desk.
        token: of their link.
        list_name: a list of theirs; the one of the link when empty.
        topics: keys; what the list does not have any more is left out.
        days: ISO weekdays.
        weekly: one letter a week.

    Raises:
        SubscriberError: when the link is not ours, or its reader is not known.
    """
    reader = _on_list(desk, token, list_name)
    if reader is not None:
        choice = tidy_choice(desk, reader.list, topics=topics, days=days, weekly=weekly)
        desk.store.choices.choose([reader.id], choice)


def pause(desk: Desk, token: str, list_name: str, until: str) -> bool:
    """Send a reader nothing of a list until a day, or until they resume; False where that is not a day to come.

    Args:
        desk: the desk.
        token: of their link.
        list_name: a list of theirs; the one of the link when empty.
        until: the first day with letters again, as `2026-12-24`; empty for none.

    Errors as `choose`.
    """
    reader = _on_list(desk, token, list_name)
    now = desk.clock()
    moment = None
    if until.strip():
        moment = day_of(until, _zone(desk, reader.list if reader else list_name))
        if moment is None or not now < moment < now + _LONGEST:
            return False
    if reader is not None:
        end = None if moment is None else moment.timestamp()
        cause = "paused on the preferences page" + (f" until {until.strip()}" if end else "")
        desk.store.choices.pause(reader.id, end, cause=cause, actor="reader", now=now.timestamp())
    return True


def day_of(written: str, zone: tzinfo) -> datetime | None:
    """The first moment of a day such as `2026-12-24`; None for what is not one."""
    try:
        return datetime.combine(date.fromisoformat(written.strip()), time(), zone)
    except ValueError:
        return None


def resume(desk: Desk, token: str, list_name: str) -> None:
    """Send a paused reader letters of a list again. Errors as `choose`."""
    reader = _on_list(desk, token, list_name)
    if reader is not None:
        desk.store.subscribers.change(
            reader.id,
            Standing.ACTIVE,
            only_from=(Standing.PAUSED,),
            cause="resumed on the preferences page",
            actor="reader",
            now=desk.clock().timestamp(),
        )


def leave(desk: Desk, token: str, list_name: str) -> None:
    """Let a reader go from one list. Errors as `choose`; a second time changes nothing."""
    claims, reader = claims_of(desk, "preferences", token), _on_list(desk, token, list_name)
    if reader is not None:
        desk.store.departures.leave(_leaving(desk, reader, claims["edition"]))


def leave_all(desk: Desk, token: str) -> None:
    """Let a reader go from every list of theirs; a second time changes nothing.

    Raises:
        SubscriberError: when the link is not ours, or its reader is not known.
        StoreError: when the book cannot be written.
    """
    edition = claims_of(desk, "preferences", token)["edition"]
    there = [one for one in readers_of_link(desk, token) if one.standing in READING]
    if there:
        desk.store.departures.leave(*(_leaving(desk, one, edition) for one in there))


def _leaving(desk: Desk, reader: Subscriber, edition: str) -> Departure:
    mark = desk.store.departures.marking.reader(reader.list, reader.email.casefold())
    return line_of(desk, "preferences", edition, ref=reader.ref, mark=mark)


def readers_of_link(desk: Desk, token: str) -> tuple[Subscriber, ...]:
    """Everybody with the mailbox of a link, the one it names first; nobody for a test letter's."""
    ref = claims_of(desk, "preferences", token)["reader"]
    if ref == NOBODY:
        return ()
    first = desk.store.subscribers.by_ref(ref)
    others = desk.store.choices.of_mailbox(first.id)
    return (first, *(one for one in others if one.id != first.id))


def _zone(desk: Desk, list_name: str) -> tzinfo:
    briefings = desk.config.briefings.values()
    zones = (one.time_zone for one in briefings if one.list == list_name)
    return time_zone(next(zones, "UTC"))


def _shown(desk: Desk, reader: Subscriber) -> OwnList:
    name, now = reader.list, desk.clock()
    resumes = None
    if reader.resumes is not None and reader.standing is Standing.PAUSED:
        resumes = datetime.fromtimestamp(reader.resumes, UTC).astimezone(_zone(desk, name)).date()
    # Whose pause is over gets the next letter; the row says so when that is begun.
    is_over = reader.resumes is not None and reader.resumes <= now.timestamp()
    lists = desk.config.lists
    return OwnList(
        name=name,
        title=list_title(desk, name),
        standing=Standing.ACTIVE if is_over else reader.standing,
        choice=reader.choice,
        resumes=None if is_over else resumes,
        topics=lists[name].topics if name in lists else {},
        days=letter_days(desk, name),
        is_public=is_public(desk, name),
    )


def _on_list(desk: Desk, token: str, list_name: str) -> Subscriber | None:
    """The reader of a link on a list of theirs, the link's own when empty; None where they are gone from it."""
    readers = readers_of_link(desk, token)
    own = list_name or (readers[0].list if readers else "")
    return next((one for one in readers if one.list == own and one.standing in READING), None)
