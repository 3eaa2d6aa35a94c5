"""Changing an edition: each change is a value, and `apply` is the only way to make one."""

from dataclasses import dataclass, replace

from briefing.errors import EditionError
from briefing.model.edition import Edition, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Put a story at another place, counted from 0; places past the end mean the end."""

    item: str
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeLead:
    """Put a story first."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Take a story out of the edition; it can be restored."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """Bring a dropped story back, as the last item."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """Give a story other words; what is None stays. A new paragraph is no longer verbatim."""

    item: str
    headline: str | None = None
    kicker: str | None = None
    paragraph: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSubject:
    """Give the edition another subject line."""

    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPreheader:
    """Give the edition another preheader."""

    preheader: str


Change = Move | MakeLead | Drop | Restore | Rewrite | SetSubject | SetPreheader


def apply(edition: Edition, change: Change) -> Edition:
    """The edition with one change made.

    Raises:
        EditionError: when the change names a story that is not where it would have to be.
    """
    match change:
        case Move(item=name, to=place):
            return _move(edition, name, place)
        case MakeLead(item=name):
            return _move(edition, name, 0)
        case Drop(item=name):
            item = _find(edition.items, name, "in the edition")
            rest = tuple(other for other in edition.items if other.id != name)
            return replace(edition, items=rest, dropped=(*edition.dropped, item))
        case Restore(item=name):
            item = _find(edition.dropped, name, "among the dropped stories")
            rest = tuple(other for other in edition.dropped if other.id != name)
            return replace(edition, items=(*edition.items, item), dropped=rest)
        case Rewrite():
            return _rewrite(edition, change)
        case SetSubject(subject=subject):
            return replace(edition, subject=subject)
        case SetPreheader(preheader=preheader):
            return replace(edition, preheader=preheader)


def _move(edition: Edition, name: str, place: int) -> Edition:
    item = _find(edition.items, name, "in the edition")
    rest = [other for other in edition.items if other.id != name]
    rest.insert(max(0, place), item)
    return replace(edition, items=tuple(rest))


def _rewrite(edition: Edition, change: Rewrite) -> Edition:
    item = _find((*edition.items, *edition.sponsored), change.item, "in the edition")
    paragraph = item.paragraph if change.paragraph is None else change.paragraph
    changed = replace(
        item,
        headline=item.headline if change.headline is None else change.headline,
        kicker=item.kicker if change.kicker is None else change.kicker,
        paragraph=paragraph,
        verbatim=paragraph == item.digest.text,
    )

    def swap(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(changed if other.id == item.id else other for other in items)

    return replace(edition, items=swap(edition.items), sponsored=swap(edition.sponsored))


def _find(items: tuple[Item, ...], name: str, where: str) -> Item:
    for item in items:
        if item.id == name:
            return item
    known = ", ".join(item.id for item in items) or "none"
    raise EditionError(f"There is no story {name!r} {where}; the stories there are: {known}.")
