"""What the API does: each operation with its path, its right, and what goes in and comes out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from briefing.actions.context import Desk
from briefing.actions.public import house_api
from briefing.actions.public.archive import Listed
from briefing.model.network.access_token import AccessToken, Scope
from briefing.web.api import bodies
from briefing.web.api.bodies import ApiBody
from briefing.web.subscribe import write_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One call: who asks, and what of it was read."""

    desk: Desk
    token: AccessToken
    path: dict[str, str]
    #: The operation's `takes`, read from the body or the query.
    taken: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is answered, and what is done after that."""

    body: ApiBody
    #: The query that leads to the next page; empty on the last, and where there are no pages.
    next_page: tuple[tuple[str, str], ...] = ()
    after: Callable[[], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be asked for."""

    name: str
    method: str
    path: str
    #: In a sentence.
    says: str
    right: Scope
    #: What is read from the body of a POST, or from the query of a GET.
    takes: type[ApiBody] | None
    gives: type[ApiBody]
    does: Callable[[Asked], Answered]
    status: int = 200
    #: Answers with the address of the next page in `Link` (RFC 8288), as long as there is one.
    is_paged: bool = False


def _editions(asked: Asked) -> Answered:
    taken = asked.taken
    found, cursor = house_api.editions_page(asked.desk, taken.briefing, taken.limit, taken.cursor)
    told = [bodies.SentEditionTold(**_facts(*one)) for one in found]
    following = taken.model_copy(update={"cursor": cursor}).model_dump(exclude_none=True)
    return Answered(
        body=bodies.EditionsTold(editions=told),
        next_page=tuple((name, str(one)) for name, one in following.items()) if cursor else (),
    )


def _edition(asked: Asked) -> Answered:
    briefing, one, url, mailing = house_api.sent_edition(asked.desk, asked.path["edition"])
    body = bodies.EditionCountsTold(
        **_facts(briefing, one, url),
        status=str(mailing.status),
        sha256=mailing.hash,
        letters=house_api.letters_of(asked.desk, mailing),
    )
    return Answered(body=body)


def _facts(briefing: str, one: Listed, url: str) -> dict[str, Any]:
    return {
        "id": one.edition,
        "briefing": briefing,
        "subject": one.subject,
        "sent_at": one.at,
        "url": url,
        "corrections": list(one.corrections),
    }


def _counts(asked: Asked) -> Answered:
    coming = [
        bodies.ComingTold(briefing=name, slot=slot, due_at=at)
        for name, slot, at in house_api.coming_editions(asked.desk)
    ]
    body = bodies.CountsTold(
        lists=house_api.list_standings(asked.desk),
        complaints_30_days=house_api.complaints_lately(asked.desk),
        coming=coming,
    )
    return Answered(body=body)


def _subscribe(asked: Asked) -> Answered:
    wished = house_api.ask_to_join(asked.desk, asked.token, asked.taken.list, asked.taken.email)
    said = "The mailbox is asked by a letter; it joins once somebody there confirms."
    # What depends on whose address it is happens after the answer.
    return Answered(
        body=bodies.SubscribeTold(said=said), after=partial(write_to, asked.desk, wished)
    )


def _leave(asked: Asked) -> Answered:
    left = house_api.let_go(asked.desk, asked.token, asked.taken.email, asked.taken.list)
    return Answered(body=bodies.LeaveTold(left=left))


def _entry(asked: Asked) -> Answered:
    name, is_new = house_api.put_page(
        asked.desk,
        asked.token,
        asked.path["source"],
        headline=asked.taken.headline.strip(),
        content=asked.taken.content,
        is_markup=asked.taken.format == "html",
    )
    return Answered(body=bodies.EntryTold(name=name, is_new=is_new))


OPERATIONS = (
    Operation(
        name="listEditions",
        method="GET",
        path="/editions",
        says="Editions that were sent or are being sent, newest first.",
        right=Scope.READ,
        takes=bodies.EditionsAsked,
        gives=bodies.EditionsTold,
        does=_editions,
        is_paged=True,
    ),
    Operation(
        name="readEdition",
        method="GET",
        path="/editions/{edition}",
        says="One edition, with how many of its letters are in which state.",
        right=Scope.READ,
        takes=None,
        gives=bodies.EditionCountsTold,
        does=_edition,
    ),
    Operation(
        name="readCounts",
        method="GET",
        path="/counts",
        says="Readers by list and standing, complaints, and the next editions.",
        right=Scope.READ,
        takes=None,
        gives=bodies.CountsTold,
        does=_counts,
    ),
    Operation(
        name="subscribe",
        method="POST",
        path="/subscribers",
        says="Ask a mailbox by a letter whether it wants a list.",
        right=Scope.READERS,
        takes=bodies.SubscribeAsked,
        gives=bodies.SubscribeTold,
        does=_subscribe,
        status=202,
    ),
    Operation(
        name="leave",
        method="POST",
        path="/subscribers/leave",
        says="Take an address off one list, or all.",
        right=Scope.READERS,
        takes=bodies.LeaveAsked,
        gives=bodies.LeaveTold,
        does=_leave,
    ),
    Operation(
        name="putEntry",
        method="POST",
        path="/sources/{source}/entries",
        says="Put a page into a source of saved pages; the next draft reads it.",
        right=Scope.ENTRIES,
        takes=bodies.EntryAsked,
        gives=bodies.EntryTold,
        does=_entry,
    ),
)
