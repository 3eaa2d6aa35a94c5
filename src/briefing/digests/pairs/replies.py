"""Charges and replies: what is said against somebody, and where they, or a court, answer it.

Whoever is charged is followed through names, offices and pronouns (`people`), so that "the minister
took a gift" finds "Mr Pryce denied it" three sentences on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from briefing.digests.entries import Mark
from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.representatives import Representatives
from briefing.digests.pairs.story import Story
from briefing.digests.pairs.verdicts import Verdicts, is_plea
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense
from briefing.model.digest import PairKind

_DENIES = Sense.DENY | Sense.CLEAR
_STRONG = Sense.ACCUSE | Sense.WRONGDOING
_CHARGES = _STRONG | Sense.ATTRIBUTION | Sense.CHARGE
#: A statement about somebody that is not a charge in itself is answered by one of so many next ones.
_SOON = 6
#: A pronoun means the accused so many sentences behind the charge.
_POINTED_AT = 3
#: “The accusation dominated the session”: the charge is named among so many first characters.
_EARLY = 30
#: Stems two sentences must share when nobody in them is the same.
_ALIKE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Charge:
    """What is said of whom, and who says it."""

    place: int
    #: Everybody it may be said of.
    others: frozenset[int]
    #: Whom the charge itself names.
    accused: frozenset[int]
    accusers: frozenset[int]
    is_strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """Who contradicts a charge, is cleared of it, or takes it back."""

    place: int
    by: frozenset[int]
    taking_back: frozenset[int]


class Replies:
    """The replies that an article prints; what contradicts is looked for once."""

    def __init__(self, story: Story, representatives: Representatives) -> None:
        """Take an article, and who speaks for others in it."""
        self._story = story
        lists = story.words.lists
        self._pointing = lists[Sense.DEFINITE] | lists[Sense.PERSONS] | lists[Sense.BODIES]
        self._passive = lists[Sense.PASSIVE]
        self._spokespeople = lists[Sense.SPOKESPERSON]
        self._representatives = representatives
        self._verdicts = Verdicts(story)
        #: Whether the language's tables tell titles from names; without, nobody is followed through them.
        self._follows_people = bool(lists[Sense.TITLES])
        self._denials: dict[int, Denial] = {}
        self._denying: list[int] | None = None

    def to(self, claim: int) -> Iterator[PairAt]:
        """The replies to one sentence, if it is a charge that does not answer itself."""
        one = self._story[claim]
        is_finding = self._representatives.is_finding(one.tokens)
        if one.senses & _DENIES or not (one.senses & _CHARGES or is_finding):
            return
        is_strong = bool(one.senses & _STRONG) or self._is_named_next(claim)
        kind = PairKind.DENIAL
        found = [at for at in self._soon(claim) if self._contradicts(claim, at)]
        if is_strong or (
            not found and any(self._may_answer(claim, at) for at in self._soon(claim))
        ):
            charge = self._charge(claim, one, is_strong=is_strong)
            found = [at for at in self._candidates(claim, charge) if self._answers(charge, at)]
            if not found and not self._follows_people and one.senses & Sense.ACCUSE:
                # Whoever denies: a denial too many costs a sentence, one too few is a libel.
                found = [at for at in self._candidates(claim, charge) if at > claim][:1]
                found = found or self._spoken_after(claim)
            if not found and charge.accused:
                kind, found = PairKind.REPLY, self._other_replies(charge)
        if not found and (is_strong or is_finding):
            kind, found = self._answers_by_others(claim, one, is_strong=is_strong)
        if found:
            # What follows is the reply to it; what stands before is one only for want of that.
            answers = tuple(sorted(found, key=lambda at: (at < claim, abs(at - claim))))
            yield PairAt(kind=kind, claim=claim, answers=answers)

    def _answers_by_others(
        self, claim: int, one: Wording, *, is_strong: bool
    ) -> tuple[PairKind, list[int]]:
        """By those who speak for the accused, else by whoever clears them, else by those who decide."""
        finding = self._finding(claim, one)
        found = self._spoken_for(finding)
        if found or not (self._follows_people and finding.others):
            return PairKind.REPLY, found
        found = self._cleared_by_no_name(finding)
        found = found or (self._verdicts.on(claim, finding.others) if is_strong else [])
        return PairKind.DENIAL, found

    def _soon(self, claim: int) -> list[int]:
        """The next sentences that deny or clear."""
        near = range(claim + 1, min(claim + 1 + _SOON, len(self._story)))
        return [at for at in near if self._story[at].senses & _DENIES]

    def _contradicts(self, claim: int, at: int) -> bool:
        """True when a denial speaks of the same thing, whoever denies."""
        one, stems = self._story[at], self._story.stems
        if not one.senses & Sense.DENY:
            return False
        if claim < self._story.news_end(0) and is_plea(one):
            return True
        is_next = at == claim + 1 and one.tokens[0] in self._pointing and self._says_what_it_is(one)
        return is_next or len(stems[claim] & stems[at]) >= _ALIKE

    def _may_answer(self, claim: int, at: int) -> bool:
        """True when a denial soon after a statement, which does not charge anybody, may deny it."""
        one, stems = self._story[at], self._story.stems
        denies_it = one.senses & Sense.DENY and not stems[claim].isdisjoint(stems[at])
        return bool(one.senses & Sense.CHARGE or denies_it)

    def _says_what_it_is(self, one: Wording) -> bool:
        """True for “The figure was a misprint”: nobody denies, something is said to be untrue."""
        auxiliaries = self._story.words.lists[Sense.PASSIVE]
        return any(
            not auxiliaries.isdisjoint(one.tokens[max(0, mark.first - 2) : mark.first])
            for mark in one.marked(Sense.DENY)
        )

    def _candidates(self, claim: int, charge: _Charge) -> list[int]:
        """The sentences of denial that may answer one: of a charge in itself, all of the article."""
        every = self._every_denial() if charge.is_strong else self._soon(claim)
        return [at for at in every if at != claim]

    def _every_denial(self) -> list[int]:
        if self._denying is None:
            self._denying = self._story.having(_DENIES)
        return self._denying

    def _is_named_next(self, claim: int) -> bool:
        """True before “The accusation dominated …”: it says what this sentence was."""
        if claim + 1 >= len(self._story):
            return False
        one = self._story[claim + 1]
        return any(one.start(mark) < _EARLY for mark in one.marked(Sense.CHARGE))

    def _charge(self, place: int, one: Wording, *, is_strong: bool) -> _Charge:
        who = self._story.people
        accusing = next(iter(one.marked(Sense.ACCUSE)), None)
        accused = frozenset[int]()
        if accusing is not None:
            accusers, accused = self._sides(place, one, accusing)
        else:
            said = next(iter(one.marked(Sense.ATTRIBUTION)), None)
            wrong = next(iter(one.marked(Sense.WRONGDOING)), None)
            accusers = who.speaker(place, said) if said else frozenset()
            if wrong and one.senses & (Sense.ATTRIBUTION | Sense.CHARGE):
                accused = self._doer(place, one, wrong, accusers)
        return _Charge(
            place=place,
            others=who.among(place) - accusers,
            accused=accused,
            accusers=accusers,
            is_strong=is_strong,
        )

    def _sides(self, place: int, one: Wording, mark: Mark) -> tuple[frozenset[int], frozenset[int]]:
        """Accusers and accused on the two sides of "accused"; in the passive the other way round."""
        before = self._story.people.before(place, mark)
        behind = self._story.people.behind(place, mark)
        auxiliaries = one.tokens[max(0, mark.first - 2) : mark.first]
        is_passive = not self._story.words.lists[Sense.PASSIVE].isdisjoint(auxiliaries)
        return (behind, before) if is_passive else (before, behind)

    def _doer(
        self, place: int, one: Wording, mark: Mark, speakers: frozenset[int]
    ) -> frozenset[int]:
        """Who is said to have done wrong: the nearest before the verb, else who stands behind it."""
        who = self._story.people
        start = one.start(mark)
        before = [m for m in who.mentions(place) if m.end <= start and not m.who & speakers]
        return before[-1].who if before else who.behind(place, mark) - speakers

    def _denial(self, place: int) -> Denial:
        if place not in self._denials:
            self._denials[place] = self._read_denial(place)
        return self._denials[place]

    def _read_denial(self, place: int) -> Denial:
        by, taking_back = frozenset[int](), frozenset[int]()
        who = self._story.people
        for mark in self._story[place].marked(_DENIES):
            before = who.before(place, mark)
            if mark.senses & Sense.DENY:
                by |= before
            else:
                # “The auditor cleared him”: whom a charge is taken off stands anywhere.
                by |= who.among(place)
                taking_back |= before
        return Denial(place=place, by=by, taking_back=taking_back)

    def _answers(self, charge: _Charge, at: int) -> bool:
        distance = at - charge.place
        is_soon = 0 < distance <= _SOON
        if is_soon and self._contradicts(charge.place, at):
            return True
        if not charge.is_strong and not self._may_answer(charge.place, at):
            return False
        denial = self._denial(at)
        # Whoever made the charge may take it back.
        return bool(denial.by & charge.others or denial.taking_back & charge.accusers)

    def _other_replies(self, charge: _Charge) -> list[int]:
        """Without a word of denial: the first time the accused speak, else that they would not."""
        silent, others = list[int](), list[int]()
        for place in range(charge.place + 1, len(self._story)):
            one = self._story[place]
            if one.senses & Sense.NO_COMMENT:
                if self._story.people.among(place) & charge.accused:
                    silent.append(place)
            elif any(self._speaks(place, mark, charge) for mark in one.marked(Sense.ATTRIBUTION)):
                return [place]
            elif one.senses & Sense.ATTRIBUTION and not self._spokespeople.isdisjoint(one.tokens):
                # “A spokesman for the quarry”: of somebody the article calls by another name.
                named = self._representatives.stands_for(place)
                if not named or not named <= charge.others - charge.accused:
                    others.append(place)
        return silent[:1] or [at for at in others if at - charge.place <= _SOON][:1]

    def _spoken_after(self, claim: int) -> list[int]:
        """The first time a lawyer, a spokesman or the family is asked, for whomever; or that nobody answers."""
        for at in self._story.having(Sense.ATTRIBUTION | Sense.NO_COMMENT):
            is_spoken = not self._spokespeople.isdisjoint(self._story[at].tokens)
            if at > claim and (is_spoken or self._story[at].senses & Sense.NO_COMMENT):
                return [at]
        return []

    def _finding(self, place: int, one: Wording) -> _Charge:
        """What an inquiry says of everybody whom its sentence names but itself; whoever says it accuses them."""
        charge = self._charge(place, one, is_strong=True)
        if not self._representatives.is_finding(one.tokens):
            return charge
        named = self._story.people.mentions(place)
        begins, ends = self._representatives.finder(one)
        everybody = frozenset(
            chain.from_iterable(m.who for m in named if m.end < begins - 1 or m.start > ends)
        )
        return replace(charge, accused=everybody, others=everybody, accusers=frozenset())

    def _spoken_for(self, charge: _Charge) -> list[int]:
        """The first time that the accused speak, or somebody for them and not for a third."""
        spoken = set(self._representatives.behind(charge.place))
        for place in range(charge.place + 1, len(self._story)):
            if place in spoken:
                named = self._representatives.stands_for(place)
                if not named or named & charge.others:
                    return [place]
            for mark in self._story[place].marked(Sense.ATTRIBUTION):
                if self._speaks(place, mark, charge) or self._is_theirs(place, mark, charge):
                    return [place]
        return []

    def _cleared_by_no_name(self, charge: _Charge) -> list[int]:
        """The first later sentence that clears somebody and names nobody else: “they found him not guilty”."""
        for at in self._every_denial():
            if at <= charge.place:
                continue
            named = {who for _, _, who in self._story.people.called(at)}
            if named <= charge.others and self._is_of_somebody(at):
                return [at]
        return []

    def _is_of_somebody(self, at: int) -> bool:
        """True for “was let go”, “they found him not guilty”; “officials deny this” is of a thing of their own."""
        one, persons = self._story[at], self._story.words.lists[Sense.PERSONS]
        return bool(one.senses & Sense.CLEAR) or any(
            not persons.isdisjoint(one.tokens[: mark.first]) for mark in one.marked(Sense.DENY)
        )

    def _is_theirs(self, place: int, mark: Mark, charge: _Charge) -> bool:
        """True for “the party’s treasurer, Nan Oxley, said”: whoever speaks belongs to the accused."""
        return bool(self._story.people.owners(place, mark) & charge.accused)

    def _speaks(self, place: int, mark: Mark, charge: _Charge) -> bool:
        """True when the accused speak, and are not told; a pronoun counts near the charge only."""
        is_told = mark.first and self._story[place].tokens[mark.first - 1] in self._passive
        by = self._story.people.teller(place, mark)
        if is_told or by is None or not by.who & charge.accused:
            return False
        return not by.is_pronoun or place - charge.place <= _POINTED_AT
