"""Who is who in an article: names, titles, offices and pronouns that mean the same person or body.

What links them is structure, not a list of offices: a word before a full name, or between commas
next to it, is what the person is called afterwards ("transport minister Owen Pryce", then "the
minister"); a noun that speaks is somebody.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefing.digests.entries import Mark
from briefing.digests.pairs.register import Register
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense
from briefing.digests.vocabulary import Vocabulary, words_of

_SPEAKS = Sense.ATTRIBUTION | Sense.DENY | Sense.ACCUSE
_RUN = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w’'-]*(?:\.? [^\W\d_a-zß-öø-ÿ][\w’'-]*)*")
_NAME = re.compile(r"[\w’'-]+")
_OWNER = re.compile(r"[’'](?:s|S)?$")
#: The word before a name, perhaps with a comma between.
_OFFICE_BEFORE = re.compile(r"([^\W\d_][\w-]+),? $")
#: What stands between commas behind a name.
_OFFICE_BEHIND = re.compile(r", ([^\W\d_][^,.;:()“”\"]{2,60})[,.;:]")
#: A speaker stands within so many characters before the verb, or behind it.
_NEAR, _NEXT = 60, 25
#: An office and the space behind it have no more characters.
_OFFICE = 24
#: “Mr Pryce’s lawyer”, “the lawyer of Mr Pryce”: so few words tie one to the other.
_TIED = 2
#: A name in full has so many words; what stands behind the same noun in small letters.
_FULL, _KIND_ENDS = 2, ("", "’s", "'s")
#: A pronoun means somebody named in one of so many sentences before.
_MEMORY = 3


class Mention(NamedTuple):
    """Somebody in a sentence: from which character to which, and who it may be."""

    start: int
    end: int
    who: frozenset[int]
    is_pronoun: bool = False


class People:
    """Where everybody is mentioned; sentences are looked at when they are asked about."""

    def __init__(
        self, sentences: Sequence[Wording], words: Vocabulary, stops: frozenset[str]
    ) -> None:
        """Learn every name and office.

        Args:
            sentences: the article's.
            words: the tables of its language.
            stops: words that are not part of a name.
        """
        self._sentences, self._words, self._stops = sentences, words, stops
        self._register = Register()
        self._whole = "\n".join(one.text for one in sentences)
        #: Whatever stands between two spaces: a set answers sooner than a search through the article.
        self._spaced = frozenset(self._whole.split(" ")[1:-1])
        self._persons: set[int] = set()
        self._named = [self._names(one) for one in sentences]
        for one, found in zip(sentences, self._named, strict=True):
            self._note_offices(one, found)
        self._nouns = frozenset(self._note_speakers())
        self._pronouns = words.lists[Sense.PERSONS] | words.lists[Sense.BODIES]
        self._wanted = self._pronouns | self._register.offices.keys()
        self._mentions: dict[int, tuple[Mention, ...]] = {}

    def are_nouns(self, who: frozenset[int]) -> bool:
        """True for those who are only known as a noun that speaks: “the company said”."""
        return who <= self._nouns

    def are_persons(self, who: frozenset[int]) -> bool:
        """True for those named in full, by title or as speakers; not for days, months and places."""
        return who <= self._persons

    def called(self, place: int) -> list[tuple[int, int, int]]:
        """Persons and bodies that a sentence calls by name: from where to where, and who."""
        named = self._named[place]
        return [(start, end, who) for start, end, who, _ in named if who in self._persons]

    def speaking_nouns(self, place: int) -> list[tuple[int, int, int]]:
        """Those who speak in the article and are only known by what they are: “Sellick council”."""
        one, offices = self._sentences[place], self._register.offices
        return [
            (*one.spans[at], offices[token][-1])
            for at, token in enumerate(one.tokens)
            if token in offices and offices[token][-1] in self._nouns
        ]

    def among(self, place: int) -> frozenset[int]:
        """Everybody a sentence mentions."""
        return frozenset().union(*(mention.who for mention in self.mentions(place)))

    def before(self, place: int, mark: Mark) -> frozenset[int]:
        """Who stands nearest before a verb: its subject, and whose spokesman that is."""
        near = self._near(place, mark)
        if len(near) > 1:
            between = self._sentences[place].text[near[-2].end : near[-1].start]
            if "," in between or len(between.split()) > _TIED:
                del near[:-1]
        return frozenset().union(*(mention.who for mention in near[-2:]))

    def speaker(self, place: int, mark: Mark) -> frozenset[int]:
        """Who speaks: before the verb, or right behind it ("said Mr Pryce")."""
        found = self.before(place, mark)
        teller = None if found else self.teller(place, mark)
        return teller.who if teller else found

    def teller(self, place: int, mark: Mark) -> Mention | None:
        """The one mention that is the subject of a verb of saying; None when nobody is."""
        near = self._near(place, mark)
        if near:
            return near[-1]
        end = self._sentences[place].end(mark)
        after = [m for m in self.mentions(place) if end <= m.start <= end + _NEXT]
        return after[0] if after else None

    def _near(self, place: int, mark: Mark) -> list[Mention]:
        start = self._sentences[place].start(mark)
        return [m for m in self.mentions(place) if start - _NEAR <= m.start < start]

    def owners(self, place: int, mark: Mark) -> frozenset[int]:
        """Whose somebody before a verb is: “the party’s treasurer said”."""
        one, found = self._sentences[place], set[int]()
        for at in range(mark.first):
            if one.tokens[at].endswith(("'s", "’s")):
                start, end = one.spans[at]
                found.update(self._register.offices.get(one.tokens[at][:-2], ())[-2:])
                found.update(self._register.names.get(one.text[start : end - 2], ())[-1:])
        return frozenset(found)

    def behind(self, place: int, mark: Mark) -> frozenset[int]:
        """Who stands next behind a verb: its object."""
        end = self._sentences[place].end(mark)
        after = [m for m in self.mentions(place) if end <= m.start <= end + _NEAR]
        return frozenset().union(*(mention.who for mention in after[:1]))

    def mentions(self, place: int) -> tuple[Mention, ...]:
        """Everybody in a sentence, in order."""
        if place not in self._mentions:
            self._mentions[place] = self._find(place)
        return self._mentions[place]

    def _names(self, one: Wording) -> list[tuple[int, int, int, bool]]:
        """Each run of capitalised words: from where to where, who it is, and whether in full."""
        found = []
        for run in _RUN.finditer(one.text):
            opens = run.start() == 0 or not one.text[run.start() - 1].isspace()
            if " " not in run[0] and self._is_no_name(run[0].lower(), opens=opens):
                continue
            words, titled, offices = self._trimmed(one.text, run, opens=opens)
            names = [_OWNER.sub("", word[0]) for word in words]
            is_full = titled or len(names) > 1
            if not names or not (is_full or self._is_name(names[0], opens=opens)):
                continue
            who = self._register.named(names)
            if is_full and (titled or not self._is_placed(one.text, words[0].start())):
                self._persons.add(who)
            found.append((words[0].start(), run.end(), who, is_full))
            kinds = self._kind(names, titled=titled)
            for office in (*offices, *map(str.lower, names[:-2]), *kinds):
                self._register.offices[office].append(who)
        return found

    def _is_no_name(self, low: str, *, opens: bool) -> bool:
        """True for one word that stands for nobody: “The”, “Sir”; most capitals of an article are such."""
        return low in self._words.lists[Sense.TITLES] or (opens and self._is_common(low))

    def _kind(self, names: list[str], *, titled: bool) -> list[str]:
        """What a body is called afterwards: “the party” for the Harbour Party."""
        last = names[-1].lower()
        if len(names) < _FULL or titled or last in self._stops:
            return []
        is_common = any(f"{last}{end}" in self._spaced for end in _KIND_ENDS)
        return [last] if is_common else []

    def _trimmed(
        self, text: str, run: re.Match[str], *, opens: bool
    ) -> tuple[list[re.Match[str]], bool, list[str]]:
        """A run without titles, small words and “On Saturday” before the name; whether titled, and its offices."""
        words = list(_NAME.finditer(text, run.start(), run.end()))
        titles = self._words.lists[Sense.TITLES]
        titled, offices = False, list[str]()
        while words:
            low = words[0][0].lower()
            if low not in titles and not (opens and not titled and self._is_common(low)):
                break
            titled |= low in titles
            if low not in self._stops and self._is_common(low):
                offices.append(low)  # “Mayor Ann Hale” where the article also says “the mayor”
            del words[0]
        if len(words) > 1 and not titled and self._is_placed(text, words[0].start()):
            both, name = text[words[0].start() : words[1].end()], words[1][0]
            del words[: self._whole.count(name) > self._whole.count(both)]
        return words, titled, offices

    def _is_placed(self, text: str, start: int) -> bool:
        """True behind “in”, “on” and the like, where places and days stand."""
        before = text[max(0, start - _OFFICE) : start].lower().split()[-1:]
        return not self._words.lists[Sense.PLACING].isdisjoint(before)

    def _is_name(self, word: str, *, opens: bool) -> bool:
        """True when one capitalised word is a name, and not that of a beginning."""
        if len(word) == 1 or word.lower() in self._stops:
            return False
        return not opens or f" {word}" in self._whole

    def _is_common(self, word: str) -> bool:
        """True when a word is not a name: the article writes it small elsewhere."""
        return word in self._stops or word in self._spaced

    def _note_offices(self, one: Wording, found: list[tuple[int, int, int, bool]]) -> None:
        for start, end, who, is_full in found:
            if not is_full:
                continue
            before = _OFFICE_BEFORE.search(one.text, max(0, start - _OFFICE), start)
            behind = _OFFICE_BEHIND.match(one.text, end)
            for office in (before[1] if before else "", self._head(behind[1]) if behind else ""):
                if office.islower() and office not in self._stops and not self._means(office):
                    self._register.offices[office].append(who)

    def _head(self, phrase: str) -> str:
        """The office itself in “the minister for ferries”; empty when this is not an office."""
        first, *rest = words_of(phrase)
        if first not in self._words.lists[Sense.DEFINITE]:
            return ""
        linking = self._words.lists[Sense.LINKING]
        ends = next((at for at, word in enumerate(rest) if word in linking), len(rest))
        return rest[ends - 1] if ends else ""

    def _means(self, word: str) -> bool:
        return any(not rest for rest, _ in self._words.inside.get(word, ()))

    def _note_speakers(self) -> list[int]:
        found = []
        for one in self._sentences:
            for mark in one.marks:
                if not mark.senses & _SPEAKS or not mark.first:
                    continue
                noun = one.tokens[mark.first - 1]
                if noun in self._stops or noun in self._register.offices or self._means(noun):
                    continue
                if mark.first == 1 or f" {noun} " in one.text:
                    speaker = self._register.add(f" {noun}")
                    self._register.offices[noun].append(speaker)
                    self._persons.add(speaker)
                    found.append(speaker)
        return found

    def _find(self, place: int) -> tuple[Mention, ...]:
        one = self._sentences[place]
        found = [Mention(start, end, frozenset({who})) for start, end, who, _ in self._named[place]]
        if self._wanted.isdisjoint(one.tokens):
            return tuple(found)
        for at, low in enumerate(one.tokens):
            if low not in self._wanted:
                continue
            start, end = one.spans[at]
            if any(m.start <= start < m.end for m in found):
                continue
            if low in self._pronouns:
                who = self._meant(place, start, found)
            elif self._is_definite(one, at):
                who = frozenset(self._register.offices[low][-2:])
            else:
                continue
            if who:
                found.append(Mention(start, end, who, low in self._pronouns))
        return tuple(sorted(found, key=lambda mention: mention.start))

    def _is_definite(self, one: Wording, at: int) -> bool:
        """True for “the minister”, “the transport minister”, “Ministers”; not for “made minister”."""
        if at == 0 or one.tokens[at].endswith("s"):
            return True
        before = one.tokens[max(0, at - _MEMORY) : at]
        return not self._words.lists[Sense.DEFINITE].isdisjoint(before)

    def _meant(self, place: int, start: int, found: list[Mention]) -> frozenset[int]:
        """Whom a pronoun may mean: somebody before it, else somebody in a sentence before."""
        near = self._somebody([mention for mention in found if mention.end <= start])
        if near:
            return near
        for before in range(place - 1, max(-1, place - 1 - _MEMORY), -1):
            earlier = self._somebody(self.mentions(before))
            if earlier:
                return earlier
        return frozenset()

    def _somebody(self, mentions: Sequence[Mention]) -> frozenset[int]:
        """The first and the last of the mentions that can be meant: no day, month or place."""
        able = [mention for mention in mentions if mention.who & self._persons]
        return able[0].who | able[-1].who if able else frozenset()
