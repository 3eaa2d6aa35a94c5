"""What readers had before: the stories of earlier letters, and which of them an edition could print again."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from briefing.actions.context import Desk
from briefing.actions.manifests.keep_manifest import read_manifest
from briefing.actions.resolve_name import list_of, the_draft
from briefing.clock import time_zone
from briefing.editions import edited
from briefing.editions.own_edition import Offered, StoryRef, is_updated
from briefing.model.article import Article
from briefing.model.edition import Edition, Item
from briefing.store import Earlier, HadBefore, words_of

#: Seconds: so far back a letter is remembered as one that held a story, and a week may reach.
_REMEMBERED = 31 * 86_400.0
#: Stories that are looked for in earlier letters: a bit each in a number that databases have.
_MOST = 60
#: An edition that waited longer than this before another's hour does not leave any more.
_WAITS = timedelta(days=1)
#: The words and the fingerprint of a printed piece.
_Print = tuple[str, str]


def earlier_editions(desk: Desk, edition: Edition) -> tuple[Edition, ...]:
    """The editions of a briefing since the one of the same weekday, as they were sent, newest first.

    A week in which that day had none is made up for by the next, up to a month back.
    """
    zone = time_zone(desk.config.briefing(edition.briefing).time_zone)
    weekday = edition.slot.astimezone(zone).isoweekday()
    found: list[Edition] = []
    for one in _began(desk, edition):
        if one.briefing != edition.briefing:
            continue
        sent = as_sent(desk, one.edition)
        same_day = sent.slot.astimezone(zone).date() == edition.slot.astimezone(zone).date()
        if sent.slot.astimezone(zone).isoweekday() == weekday and not same_day:
            break
        found.append(sent)
    return tuple(found)


def letters_before(
    desk: Desk, edition: Edition, offer: Sequence[Offered]
) -> tuple[HadBefore, tuple[StoryRef, ...]]:
    """Which letters held or will hold stories that are offered, and which stories those are, in one order."""
    began = _began(desk, edition)
    printed = desk.store.memory.prints({one.edition for one in began})
    held = [
        (one.number, number, prints)
        for one in began
        for number, prints in _prints(one, printed.get(one.edition, ())).items()
    ]
    waiting = tuple(_waiting(desk, edition))
    found: list[tuple[StoryRef, frozenset[tuple[int, int]], frozenset[str]]] = []
    for story in offer:
        article = story.item.article
        pairs = frozenset(
            (mailing, number) for mailing, number, prints in held if _among(article, prints)
        )
        lists = frozenset(name for name, prints in waiting if _among(article, prints))
        if pairs or lists:
            found.append((story.ref, pairs, lists))
    found = found[:_MOST]
    own = frozenset(one.number for one in began if one.briefing == edition.briefing)
    before = HadBefore(
        held_by=tuple(pairs for _, pairs, _ in found),
        own=own,
        coming=tuple(lists for *_, lists in found),
    )
    return before, tuple(ref for ref, *_ in found)


def stories_json(stories: Iterable[tuple[StoryRef, Item]]) -> str:
    """The stories of a variant as a mailing keeps them: edition, item, words and fingerprint of each."""
    told = [(*ref, words_of(item.article), item.article.fingerprint) for ref, item in stories]
    return json.dumps(told)


def refs_of(stories: str) -> tuple[StoryRef, ...]:
    """The names of the stories that `stories_json` wrote."""
    return tuple((edition, item) for edition, item, *_ in json.loads(stories))


def as_sent(desk: Desk, edition_id: str) -> Edition:
    """An edition in the version that its letters show."""
    manifest = read_manifest(desk, edition_id, desk.store.mailings.get(edition_id).hash)
    version = desk.store.drafts.version(edition_id, manifest.version if manifest else None)
    return edited(version.base, version.changes).edition


def _began(desk: Desk, edition: Edition) -> tuple[Earlier, ...]:
    since = desk.clock().timestamp() - _REMEMBERED
    return tuple(one for one in desk.store.mailings.since(since) if one.edition != edition.id)


def _waiting(desk: Desk, edition: Edition) -> Iterator[tuple[str, frozenset[_Print]]]:
    """Editions of other briefings that may leave before this one does: their lists, and what they print."""
    for briefing in desk.config.briefings:
        if briefing == edition.briefing:
            continue
        for name in desk.store.drafts.latest(briefing, 3):
            if desk.store.mailings.number(name) is not None:
                continue
            other = the_draft(desk, name)
            if edition.slot - _WAITS <= other.slot <= edition.slot:
                printed = ((words_of(one.article), one.article.fingerprint) for one in other.items)
                yield list_of(desk, other), frozenset(printed)


def _prints(one: Earlier, whole: Iterable[_Print]) -> dict[int, frozenset[_Print]]:
    """What each form of a mailing printed, by its number."""
    if not one.stories:
        return {0: frozenset(whole)}
    return {number: frozenset(_read(told)) for number, told in one.stories.items()}


def _read(stories: str) -> Iterator[_Print]:
    for _, _, words, fingerprint in json.loads(stories):
        yield words, fingerprint


def _among(article: Article, prints: frozenset[_Print]) -> bool:
    """True where a letter held the piece; what was updated since is news."""
    if any(words == words_of(article) for words, _ in prints):
        return True
    mark = article.fingerprint
    return bool(mark) and not is_updated(article) and any(other == mark for _, other in prints)
