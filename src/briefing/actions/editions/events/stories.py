"""Events: what each story of an edition stands for, and in which editions its event was told before."""

from dataclasses import dataclass

from briefing.actions.context import Desk
from briefing.actions.resolve_name import the_draft
from briefing.model.article import POSSIBLY_THE_SAME
from briefing.model.edition import Item, Treated, Treatment
from briefing.store import MEMORY


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """A story with what it stands for."""

    item: Item
    #: What earlier editions printed of its event, oldest first.
    before: tuple[Treated, ...] = ()
    #: Ids of pieces that may be the same, and of which nobody has said so.
    perhaps: tuple[str, ...] = ()


def events(desk: Desk, edition_id: str) -> tuple[EventLine, ...]:
    """The stories of an edition that stand for other pieces, go on from earlier editions, or may be the same.

    Raises:
        StoreError: when there is no such edition.
    """
    edition = the_draft(desk, edition_id)
    since = desk.clock().timestamp() - MEMORY
    told: dict[str, list[Treated]] = {}
    for one in desk.store.memory.of(edition.briefing, since, but=edition_id):
        if one.event and one.treatment is not Treatment.DROPPED:
            told.setdefault(one.event, []).append(one)
    lines = (
        EventLine(item=item, before=_once(told.get(item.event, [])), perhaps=_perhaps(item))
        for item in edition.items
    )
    return tuple(line for line in lines if line.item.also_in or line.before or line.perhaps)


def _once(told: list[Treated]) -> tuple[Treated, ...]:
    """Of each edition the story that was printed, not the pieces it stood for."""
    first: dict[str, Treated] = {}
    for one in told:
        first.setdefault(one.edition, one)
    return tuple(first.values())


def _perhaps(item: Item) -> tuple[str, ...]:
    flags = (flag for flag in item.article.flags if flag.startswith(POSSIBLY_THE_SAME))
    return tuple(flag.removeprefix(POSSIBLY_THE_SAME) for flag in flags)
