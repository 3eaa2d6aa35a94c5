"""Selection: from ranked sentences to a paragraph inside the word window.

It begins with the lead and goes on with the next sentence, because news is written most important
first. It departs from that with a reason: a sentence is passed over when it cannot stand here, or
when a later one is worth more by a margin. A claim is taken with its answer or not at all.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain, islice

from briefing.digests.anaphora import leaves_open
from briefing.digests.anchors import says_what
from briefing.digests.candidates import LIGHT, Candidates
from briefing.digests.pairs.due_answers import DueAnswers
from briefing.digests.pairs.pair import ANSWERS
from briefing.digests.ranking import Worth, gain_of

#: A later sentence must be worth so much more than the next one.
_MARGIN = 0.01
#: What a sentence loses for saying again what is said already, at most.
_NOVELTY = 0.7
#: With this share of its stems in those that are taken it says the same in other words.
_SAME_FACT = 0.5
#: A pair that must stand together may make a digest longer than the window, up to so many of it.
STRETCH = 1.5
#: More sentences hang together only in a text that nobody can cut.
_LARGEST_GROUP = 8
_AT_ISSUE, _NO_ROOM = "the claim at issue", "does not fit into the window"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The places selected, in order, and for each sentence why it was taken or left."""

    places: tuple[int, ...]
    reasons: tuple[str, ...]


class Selector:
    """Selects from one article."""

    def __init__(
        self, found: Candidates, worth: Sequence[Worth], words: tuple[int, int], most: int
    ) -> None:
        """Lay the article out.

        Args:
            found: its sentences.
            worth: what each is worth.
            words: the window, least and most.
            most: the largest number of sentences; it grows where they are too short to fill the window.
        """
        self._found, self._worth, self._words, self._most = found, worth, words, most
        self._total = [one.total for one in worth]
        spread = Counter(chain.from_iterable(found.stems))
        count = len(found.stems) + 1
        weights = {seen: math.log(count / (seen + 0.5)) for seen in set(spread.values())}
        self._weight = {stem: weights[seen] for stem, seen in spread.items()}
        self._whole = [sum(map(self._weight.__getitem__, own)) or 1.0 for own in found.stems]
        self._chosen, self._said, self._taken = set[int](), set[str](), 0
        self._repeated = [0.0] * len(found.stems)
        self._reasons, self._is_capped, self._is_lenient = list(found.against), False, False
        #: Words that could be taken: a digest of many short sentences is not more than half of them.
        self._usable = sum(
            length for length, why in zip(found.lengths, found.against, strict=True) if not why
        )
        self._reserve = list(found.layout.reserve)
        self._due = DueAnswers(found.pairs, found.layout, words[0])

    def select(self) -> Selection:
        """Take sentences until the window is reached, and answers while there is room in it."""
        while self._taken < self._words[0]:
            self._is_capped = False
            if not self._is_half_of_many() and self._step():
                continue
            if not self._eased():
                break
        while self._further() or self._takes_perhaps():
            pass
        self._reasons = [reason or "the window was full" for reason in self._reasons]
        return Selection(places=tuple(sorted(self._chosen)), reasons=tuple(self._reasons))

    def _eased(self) -> bool:
        """Be less strict where nothing can be taken any more; False where that is as it should be."""
        if self._is_capped and not self._is_half():
            self._most += 1
        elif self._reserve:
            del self._reserve[0]
        elif self._is_half_of_many() or self._is_capped or self._is_lenient:
            return False
        else:
            # Nothing else is left: better the same subject again than half a digest.
            self._is_lenient = True
        return True

    def _is_half_of_many(self) -> bool:
        """True when half of a text of many short sentences is taken: more would be the text itself."""
        return len(self._chosen) >= self._most - 1 and self._is_half()

    def _is_half(self) -> bool:
        return not self._found.layout.is_several and 2 * self._taken >= self._usable

    def stretched(self) -> Selection | None:
        """The first sentence with its answers where they only fit into a longer window; None if not."""
        most = int(self._words[1] * STRETCH)
        for place in self._open():
            group, why = self._group(place, most, len(self._found.texts))
            if not why:
                self._take(place, group, "the lead, with what it does not stand without")
                return Selection(places=tuple(sorted(self._chosen)), reasons=tuple(self._reasons))
        return None

    def _open(self) -> Iterator[int]:
        reserved = frozenset[int]().union(*self._reserve)
        for place in self._found.layout.order:
            if not (place in self._chosen or place in reserved or self._found.against[place]):
                yield place

    def _step(self) -> bool:
        """Take one sentence with its group; False when none fits."""
        if self._further():
            return True
        places = list(self._open())
        claim = self._due.claim_behind_lead(places, self._chosen)
        fitting = ((at, group) for at in (*claim, *places) if (group := self._fits(at)) is not None)
        following, its_group = next(fitting, (-1, {}))
        if following < 0:
            return False
        lead = "the next sentence" if self._chosen else "the lead"
        place, group, why = following, its_group, _AT_ISSUE if following in claim else lead
        for other in () if following in claim else self._better(places, following):
            better = self._fits(other)
            if better is not None:
                place, group, why = other, better, self._why(other, following)
                break
        if not (self._shuts_out(group) and self._takes_perhaps(at_once=True)):
            self._take(place, group, why)
        return True

    def _further(self) -> bool:
        """Take the next best answer to a claim that is taken, where which one answers it is not sure."""
        for claim in sorted(self._chosen & self._found.pairs.unsure):
            for pair in self._found.pairs.of(claim):
                for at in pair.further:
                    group = None if at in self._chosen else self._fits(at)
                    if group is not None:
                        self._take(at, group, f"may answer sentence {claim + 1} as well")
                        return True
        return self._takes_perhaps()

    def _takes_perhaps(self, *, at_once: bool = False) -> bool:
        """Take the next of the sentences that may answer the claim; False when none is left that fits."""
        due = self._due
        if not (at_once or due.are_due(self._chosen, self._taken)):
            return False
        for at in due.in_turn() if due.are_wanted(self._chosen) else ():
            group = None if at in self._chosen else self._answer_that_fits(at)
            if group is not None:
                due.have_answered()
                self._take(at, group, f"may answer sentence {due.claim + 1}")
                return True
        return False

    def _shuts_out(self, group: Iterable[int]) -> bool:
        """True where these leave no room for what is most likely to answer the claim."""
        answers = map(self._answer_that_fits, self._due.first(self._chosen))
        best = next((one for one in answers if one), None)
        if best is None:
            return False
        both = self._chosen.union(group, best)
        is_long = self._length(both) > self._words[1]
        return is_long or len(both - self._found.layout.lines) > self._most

    def _answer_that_fits(self, place: int) -> dict[int, str] | None:
        """As `_fits`; but an answer says again what it answers, and may call people as the claim does."""
        was_lenient, self._is_lenient = self._is_lenient, True
        group = self._fits(place)
        self._is_lenient = was_lenient
        return group

    def _better(self, places: Sequence[int], following: int) -> list[int]:
        """Those that are worth more than one by the margin, less what they say again; the best first."""
        total, repeated, whole = self._total, self._repeated, self._whole
        values = {at: total[at] - _NOVELTY * repeated[at] / whole[at] for at in places}
        least = values[following] + _MARGIN
        return sorted((at for at in places if values[at] > least), key=lambda at: -values[at])

    def _fits(self, place: int) -> dict[int, str] | None:
        """A sentence with all it does not stand without; None, and why, where that cannot be taken."""
        if self._is_too_long(place):
            self._reasons[place] = _NO_ROOM
            return None
        group, self._reasons[place] = self._group(place, self._words[1], self._most)
        return None if self._reasons[place] else group

    def _is_too_long(self, place: int) -> bool:
        """True when there is no room even before its answers are looked for, which is dear."""
        needs = self._found.needs[place]
        if len(needs) >= _LARGEST_GROUP:
            return False
        group = {place, *(at for at in needs if not self._is_said_before(at))}
        return self._taken + self._length(group - self._chosen) > self._words[1]

    def _take(self, place: int, group: dict[int, str], why: str) -> None:
        for one, reason in (*group.items(), (place, why)):
            self._reasons[one] = reason
        self._chosen |= group.keys()
        self._taken += self._length(group)
        fresh = {stem for one in group for stem in self._found.stems[one]} - self._said
        self._said |= fresh
        for at, own in enumerate(self._found.stems):
            again = own & fresh
            if again:
                self._repeated[at] += sum(map(self._weight.__getitem__, again))

    def _why(self, place: int, following: int) -> str:
        """Why a later sentence is taken before the next one, in words."""
        again, whole = self._repeated, self._whole
        fresher = _NOVELTY * (again[following] / whole[following] - again[place] / whole[place])
        gain = gain_of(self._worth[place], self._worth[following], fresher)
        return f"instead of sentence {following + 1}: {gain}"

    def _group(self, place: int, most_words: int, most: int) -> tuple[dict[int, str], str]:
        """A sentence with all it does not stand without, and why that cannot be taken; empty when it can.

        Of several answers the first that fits is taken.
        """
        pairs = self._found.pairs.of(place)
        choices = [pair.answers for pair in pairs if len(pair.answers) > 1]
        is_full = len(self._needed(place, self._chosen | {place})) > _LARGEST_GROUP
        for answer in () if is_full or len(choices) != 1 else choices[0]:
            group = self._closure(place, answer)
            if not self._obstacle(place, group, most_words, most):
                return group, ""
        alone = not pairs and not self._found.needs[place]
        group = {place: ""} if alone else self._closure(place, None)
        return group, self._obstacle(place, group, most_words, most)

    def _closure(self, place: int, preferred: int | None) -> dict[int, str]:
        group: dict[int, str] = {}
        waiting = [(place, "")]
        while waiting and len(group) <= _LARGEST_GROUP:
            one, why = waiting.pop(0)
            if one in group or one in self._chosen:
                continue
            group[one] = why
            said = f"sentence {one + 1} points back to it"
            waiting += [(at, said) for at in self._needed(one, group.keys() | self._chosen)]
            for pair in self._found.pairs.of(one):
                if self._chosen.isdisjoint(pair.answers) and group.keys().isdisjoint(pair.answers):
                    at = pair.answers.index(preferred) if preferred in pair.answers else 0
                    waiting.append((pair.answers[at], ANSWERS[pair.kind].format(one + 1)))
        return group

    def _needed(self, place: int, known: Set[int]) -> list[int]:
        """What a sentence points back to and is not known, in order; at most as much as fills a group."""
        needs = sorted(self._found.needs[place] - known)
        return [*islice((at for at in needs if not self._is_said_before(at)), _LARGEST_GROUP + 1)]

    def _obstacle(self, place: int, group: dict[int, str], most_words: int, most: int) -> str:
        """Why a group cannot be taken; empty when it can."""
        for one in group:
            against = self._found.against[one]
            if against and against not in LIGHT:
                return f"needs sentence {one + 1}: {against}" if one != place else against
        if self._taken + self._length(group) > most_words:
            return _NO_ROOM
        if len((group.keys() | self._chosen) - self._found.layout.lines) > most:
            self._is_capped = True
            return "needs more sentences than a digest may have"
        taste = "" if self._is_lenient else self._repeats(place) or self._strangers(group)
        return taste or self._quotes(group)

    def _repeats(self, place: int) -> str:
        own = self._found.stems[place]
        is_said = own and len(own & self._said) > _SAME_FACT * len(own)
        is_said = is_said or any(says_what(self._found, at, place) for at in self._chosen)
        return "says again what is said" if is_said else ""

    def _is_said_before(self, place: int) -> bool:
        """True when the sentence before it is taken and says the same: what points at it points there as well."""
        return place - 1 in self._chosen and says_what(self._found, place - 1, place)

    def _strangers(self, group: dict[int, str]) -> str:
        if not self._chosen:
            return ""
        for one in sorted(group):
            for at in sorted(self._found.introduced_by[one] - self._chosen - group.keys()):
                return f"calls somebody by surname whom sentence {at + 1} introduces"
        return ""

    def _quotes(self, group: dict[int, str]) -> str:
        wording = " ".join(self._found.texts[one] for one in sorted(group))
        return "leaves a quotation open" if leaves_open(wording) else ""

    def _length(self, places: Iterable[int]) -> int:
        return sum(map(self._found.lengths.__getitem__, places))
