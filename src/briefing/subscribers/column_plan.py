"""A header → which column says what; a column that might decide who gets letters is never passed over."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefing.errors import SubscriberError
from briefing.model.subscriber import Standing
from briefing.subscribers.export_words import export_words, kinds_of, plain_word
from briefing.subscribers.exporting import CHOICES, HEADER

#: What a user may name a column for.
FIELDS = ("email", "name", "tags", "language", "status", "asked", *CHOICES)
#: The headers of our own exports, those of before choices too.
_OWN = (list(HEADER), list(HEADER[: -len(CHOICES)]))
#: Parts of headers that speak of leaving in most languages of Europe, wherever they stand in a word.
_TELLING = (
    "unsub", "nonsub", "opt out", "optout", "bounce", "complain", "suppress", "blocklist", "blacklist", "blocked",
    "disabled", "deleted", "inactiv", "clean", "spam", "status", "abgemeldet", "abmeld", "désabonn", "desabonn",
    "désinscri", "desinscri", "baja", "disiscri", "uitgeschreven", "afgemeld",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPlan:
    """Which column holds what, each by its place from 0; -1 for none.

    Attributes:
        width: how many columns there are.
        names: places of the parts of a name, in the order in which they are joined.
        status: columns of words for a state.
        wanted: columns whose yes or date says that the reader gets letters, and whose no that they left.
        left: columns that say by a yes, a date or any text that the reader is gone, and how.
        asked: columns of the time at which the reader asked for letters, most telling first.
        confirmed: those of `asked` that say yes or no in place of a time.
        blank_is_no: columns of `wanted` in which an empty cell means that the reader left, because others say yes.
        unknown: columns of which nobody knows whether they decide who gets letters.
        choices: columns of what readers chose, a place for each of `CHOICES`.
        own: the file is an export of this program, whose tags stand between semicolons alone.
        titles: the header as it is written.
    """

    width: int
    email: int
    names: tuple[int, ...] = ()
    tags: int = -1
    language: int = -1
    status: tuple[int, ...] = ()
    wanted: tuple[int, ...] = ()
    left: tuple[tuple[int, Standing], ...] = ()
    asked: tuple[int, ...] = ()
    confirmed: tuple[int, ...] = ()
    blank_is_no: frozenset[int] = frozenset()
    unknown: tuple[int, ...] = ()
    choices: tuple[int, ...] = (-1,) * len(CHOICES)
    own: bool = False
    titles: tuple[str, ...] = ()
    #: Words for a state that the user explained, besides those of the table.
    words: Mapping[str, Standing] = field(default_factory=dict)

    @property
    def has_choices(self) -> bool:
        """Whether some column holds what readers chose."""
        return any(at >= 0 for at in self.choices)

    @property
    def is_plain(self) -> bool:
        """Whether a row is nothing but an address, a name and tags."""
        says_more = self.wanted or self.left or self.asked or self.status or self.unknown
        return not says_more and not self.has_choices and self.language < 0 and len(self.names) <= 1


def plan_columns(
    path: Path,
    titles: list[str],
    *,
    columns: Mapping[str, str],
    ignore: Collection[str] = (),
    words: Mapping[str, Standing] | None = None,
) -> ColumnPlan:
    """Say which column holds what.

    Args:
        path: the file, for sentences.
        titles: its first row.
        columns: a header for one of `FIELDS`, where it is not one of the usual.
        ignore: headers that say nothing about who gets letters.
        words: how a reader stands for a state's word, besides those of the table.

    Raises:
        SubscriberError: when no column holds addresses, or one that was named is not there.
    """
    own = [title.casefold() for title in titles] in _OWN
    kinds = [
        title.casefold() if own and title.casefold() in CHOICES else kind
        for title, kind in zip(titles, kinds_of(titles), strict=True)
    ]
    asked = {name: _named(path, titles, name, title) for name, title in columns.items() if title}
    for name, place in asked.items():
        kinds = [
            kind if kind != name or name in ("status", "asked") else "ignored" for kind in kinds
        ]
        kinds[place] = name
    for title in ignore:
        kinds[_named(path, titles, "--ignore", title)] = "ignored"
    if "email" not in kinds:
        raise SubscriberError(
            f"{path}:1: there is no column 'email'; found: {', '.join(titles) or 'nothing'}. "
            "The first row must name the columns; --column email=HEADER names another."
        )
    return _plan(titles, kinds, {plain_word(word): one for word, one in (words or {}).items()})


def _plan(titles: list[str], kinds: list[str], words: Mapping[str, Standing]) -> ColumnPlan:
    places = {kind: [at for at, one in enumerate(kinds) if one == kind] for kind in set(kinds)}

    def first(kind: str) -> int:
        return min(places.get(kind, [-1]), key=lambda at: _order(titles[at]) if at >= 0 else 0)

    return ColumnPlan(
        width=len(titles),
        email=first("email"),
        names=_names(places),
        tags=first("tags"),
        language=first("language"),
        status=tuple(places.get("status", ())),
        wanted=tuple(places.get("wanted", ())),
        left=tuple(
            (at, standing)
            for standing in (Standing.UNSUBSCRIBED, Standing.BOUNCED, Standing.COMPLAINED)
            for at in places.get(standing.value, ())
        ),
        asked=tuple(sorted(places.get("asked", ()), key=lambda at: _order(titles[at]))),
        unknown=tuple(places.get("", ())),
        choices=tuple(min(places.get(kind, [-1])) for kind in CHOICES),
        own=[title.casefold() for title in titles] in _OWN,
        titles=tuple(titles),
        words=words,
    )


def _names(places: Mapping[str, Iterable[int]]) -> tuple[int, ...]:
    whole = tuple(places.get("name", ()))[:1]
    parts = (*tuple(places.get("first_name", ()))[:1], *tuple(places.get("last_name", ()))[:1])
    return whole or parts


def is_telling(title: str) -> bool:
    """Whether a header that the table does not know speaks of leaving all the same."""
    return any(part in plain_word(title) for part in _TELLING)


def _order(title: str) -> int:
    return export_words().order.get(plain_word(title), -1)


def _named(path: Path, titles: list[str], name: str, title: str) -> int:
    known = [one.casefold() for one in titles]
    if title.strip().casefold() not in known:
        raise SubscriberError(
            f"{path}:1: there is no column {title!r} for {name}; found: {', '.join(titles)}."
        )
    return known.index(title.strip().casefold())
