"""Duplicates: the same piece on several pages becomes one item that names them all."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.articles.text.fingerprint import (
    ENOUGH,
    PERHAPS,
    SAME,
    containment,
    shingles_of,
    words_of,
)
from briefing.events.features import Gist, gist_of
from briefing.events.sameness import Kinship, compare
from briefing.model.article import POSSIBLY_THE_SAME, Article, Evidence, Sponsorship, Verdict

#: A shingle in more different pieces than this is a publisher's standing text, not a copy.
_BOILERPLATE = 5
_SEVERITY = {Verdict.EDITORIAL: 0, Verdict.UNSURE: 1, Verdict.ISSUED: 2, Verdict.SPONSORED: 3}


@dataclass(slots=True)
class _Group:
    """The places of pieces that are one; `shingles` are those of its fullest."""

    places: list[int] = field(default_factory=list)
    keeper: int = 0
    shingles: frozenset[str] = frozenset()


def mark_duplicates(
    articles: Sequence[Article], apart: Collection[tuple[int, int]] = ()
) -> tuple[Article, ...]:
    """Mark pieces that repeat another.

    Shingles propose: half of the shorter one's stand in both. Names, numbers and the sentences that
    carry the news decide: see `sameness.compare`. Pieces in one frame around other news both stay.

    The fullest is kept (among equals the first) and lists the others in `seen_in`; each of them
    names it in `duplicate_of`. When one copy is labelled as paid for, the kept one takes over that
    verdict; a report that repeats half of what a body issued is asked about. Where much is shared and
    nothing decides, both are flagged "possibly the same as …" and both stay.

    Every piece is compared with one piece per group, found by an index from shingle to group, so
    the effort grows with the text and not with its square.

    Args:
        articles: in page order.
        apart: places of pairs that an editor told apart; neither is a copy of the other.
    """
    groups, perhaps = _group(articles, apart)
    marked = list(articles)
    for group in groups:
        _mark(marked, articles, group)
    for one, other in perhaps:
        here, there = groups[one].keeper, groups[other].keeper
        for place, twin in ((here, there), (there, here)):
            flag = POSSIBLY_THE_SAME + articles[twin].id
            if flag not in marked[place].flags:
                marked[place] = replace(marked[place], flags=(*marked[place].flags, flag))
    return tuple(marked)


def _group(
    articles: Sequence[Article], apart: Collection[tuple[int, int]]
) -> tuple[list[_Group], list[tuple[int, int]]]:
    groups: list[_Group] = []
    by_words: dict[tuple[str, ...], int] = {}
    index: dict[str, tuple[int, ...]] = {}
    perhaps: list[tuple[int, int]] = []
    finder = _Finder(articles, groups, apart)
    texts = [article.text for article in articles]
    all_shingles = {text: shingles_of(text) for text in texts}
    standing = _standing(articles, texts, all_shingles)
    for place, text in enumerate(texts):
        words = tuple(words_of(text))
        known = finder.allowed(place, by_words.get(words))
        shingles = frozenset[str]() if known is not None else all_shingles[text] - standing
        found, near = (known, []) if known is not None else finder.find(place, index, shingles)
        if found is None:
            found = len(groups)
            groups.append(_Group())
            perhaps += [(other, found) for other in near]
        by_words[words] = found
        _join(groups[found], articles, place, shingles)
        _note(index, shingles, found)
    return groups, perhaps


def _note(index: dict[str, tuple[int, ...]], shingles: frozenset[str], group: int) -> None:
    """Put shingles into the index. Most are nobody's yet: those are put in all at once."""
    known = index.keys() & shingles
    for shingle in known:
        holders = index[shingle]
        if len(holders) <= _BOILERPLATE and group not in holders:
            index[shingle] = (*holders, group)
    index.update(dict.fromkeys(shingles - known, (group,)))


def _standing(
    articles: Sequence[Article], texts: Sequence[str], shingles: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Shingles in more than five different pieces of one source: its "about us", no copy of anything."""
    pieces = {(article.source, text) for article, text in zip(articles, texts, strict=True)}
    if len(pieces) <= _BOILERPLATE:
        return frozenset()
    held = defaultdict[str, Counter[str]](Counter)
    for source, text in pieces:
        held[source].update(shingles[text])
    return frozenset(
        shingle
        for counts in held.values()
        for shingle, count in counts.items()
        if count > _BOILERPLATE
    )


@dataclass(slots=True)
class _Finder:
    """Finds the group that a piece belongs to; what pieces tell is worked out where it is asked for."""

    articles: Sequence[Article]
    groups: list[_Group]
    apart: Collection[tuple[int, int]]
    _told: dict[int, Gist] = field(default_factory=dict)

    def find(
        self, place: int, index: Mapping[str, tuple[int, ...]], shingles: frozenset[str]
    ) -> tuple[int | None, list[int]]:
        """The group a piece belongs to, if any, and those it may belong to."""
        near = []
        for number in self._proposed(index, shingles):
            group = self.groups[number]
            if self.allowed(place, number) is None:
                continue
            share = containment(shingles, group.shingles)
            if share < PERHAPS:
                continue
            kinship = compare(self._tells(place), self._tells(group.keeper)).kinship
            if kinship is Kinship.SAME and share >= SAME:
                return number, []
            if kinship is not Kinship.FRAME:
                near.append(number)
        return None, near

    def allowed(self, place: int, number: int | None) -> int | None:
        """The group, unless an editor told the piece apart from one that is in it."""
        if number is None or not self.apart:
            return number
        pairs = (
            pair for one in self.groups[number].places for pair in ((place, one), (one, place))
        )
        return None if any(pair in self.apart for pair in pairs) else number

    def _proposed(
        self, index: Mapping[str, tuple[int, ...]], shingles: frozenset[str]
    ) -> list[int]:
        """Groups that share shingles with a piece, most first, and of equals the first."""
        if len(shingles) < ENOUGH:
            return []
        known = (index[shingle] for shingle in index.keys() & shingles)
        shared = Counter(
            number for holders in known if len(holders) <= _BOILERPLATE for number in holders
        )
        found = sorted(shared, key=lambda number: (-shared[number], number))
        return [number for number in found if len(self.groups[number].shingles) >= ENOUGH]

    def _tells(self, place: int) -> Gist:
        if place not in self._told:
            self._told[place] = gist_of(self.articles[place])
        return self._told[place]


def _join(group: _Group, articles: Sequence[Article], place: int, shingles: frozenset[str]) -> None:
    longer = not group.places or len(articles[place].text) > len(articles[group.keeper].text)
    group.places.append(place)
    if longer:
        group.keeper = place
        group.shingles = shingles or group.shingles


def _mark(marked: list[Article], articles: Sequence[Article], group: _Group) -> None:
    keeper = articles[group.keeper]
    others = [place for place in group.places if place != group.keeper]
    for place in others:
        marked[place] = replace(articles[place], duplicate_of=keeper.id, seen_in=())
    marked[group.keeper] = replace(
        keeper,
        duplicate_of=None,
        seen_in=tuple(articles[place].id for place in others),
        sponsorship=_severest([keeper, *(articles[place] for place in others)]),
    )


def _severest(copies: list[Article]) -> Sponsorship:
    """The verdict of the copy that is kept, unless another shows that somebody paid and nobody ruled."""
    own = copies[0].sponsorship
    worst = max(copies, key=lambda article: _SEVERITY[article.verdict])
    ruled = any(reason.where == "sponsors.rule" for reason in own.evidence)
    if ruled or _SEVERITY[worst.verdict] <= _SEVERITY[own.verdict]:
        return own
    reason = Evidence(points=0, text=f"the same piece as {worst.id}", where="another page")
    taken = replace(worst.sponsorship, evidence=(reason, *worst.sponsorship.evidence))
    if worst.verdict is Verdict.ISSUED:
        return replace(taken, verdict=Verdict.UNSURE, suspected=Verdict.ISSUED)
    return taken
